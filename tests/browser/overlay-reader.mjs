// The overlay, read and operated as by a user. Its closed shadow root is open to the debugger only.
import { until } from './until.mjs';

const HOST = 'data-eimza-yardimcisi';

export class Overlay {
  #page;
  #session;

  /** @param {import('playwright-core').Page} page */
  static async on(page) {
    const overlay = new Overlay();
    overlay.#page = page;
    overlay.#session = await page.context().newCDPSession(page);
    return overlay;
  }

  /** Returns all nodes of the shadow root in document order; none while nothing is drawn. */
  async nodes() {
    const { root } = await this.#session.send('DOM.getDocument', { depth: -1, pierce: true });
    const host = withShadowRoots(root).find((node) => node.attributes?.includes(HOST));
    return (host?.shadowRoots ?? []).flatMap(flatten);
  }

  /** Returns its text. */
  async text() {
    return (await this.nodes()).filter((node) => node.nodeType === 3).map((node) => node.nodeValue).join(' ');
  }

  /** Returns the texts of its buttons. */
  async buttons() {
    return (await this.nodes()).filter((node) => node.nodeName === 'BUTTON').map(textOf);
  }

  /** Returns the center of the first element of this tag with this text; null where it is not rendered. */
  async positionOf(tag, text) {
    const node = (await this.nodes()).find((each) => each.nodeName === tag && textOf(each).includes(text));
    if (!node) return null;
    const { quads } = await this.#session.send('DOM.getContentQuads', { backendNodeId: node.backendNodeId })
      .catch(() => ({ quads: [] }));
    if (quads.length === 0) return null;
    const [x1, y1, x2, , , y3] = quads[0];
    return { x: (x1 + x2) / 2, y: (y1 + y3) / 2 };
  }

  /** Opens the card of a field by its badge: the nth in the order of the hints. */
  async pressBadge(index = 0) {
    const { left, right, middle } = await this.box('badge', index);
    await this.#page.mouse.click((left + right) / 2, middle);
  }

  /** Clicks the first button with this text, once it no longer moves. */
  async press(text) {
    let before = '';
    const position = await until(`a button "${text}"`, async () => {
      const now = await this.positionOf('BUTTON', text);
      const unmoved = now !== null && before === JSON.stringify(now);
      before = JSON.stringify(now);
      return unmoved && now;
    });
    await this.#page.mouse.click(position.x, position.y);
  }

  /** Waits until it contains a text. */
  waitForText(text) {
    return until(`the overlay’s text "${text}"`, async () => (await this.text()).includes(text));
  }

  /** Waits until it has this many elements of a class. */
  waitForCount(count, cssClass) {
    return until(`${count} × ${cssClass}`, async () => (await this.textsOf(cssClass)).length === count);
  }

  /** Returns the box of the nth element of a class in the window; retries while it is being redrawn. */
  box(cssClass, index) {
    return until(`${cssClass} ${index}`, async () => {
      const node = (await this.nodes()).filter((each) => classes(each).includes(cssClass))[index];
      const quads = node && await this.#session.send('DOM.getContentQuads', { backendNodeId: node.backendNodeId }).catch(() => undefined);
      if (!quads?.quads.length) return undefined;
      const [[left, top, right, , , bottom]] = quads.quads;
      return { left, right, middle: (top + bottom) / 2 };
    });
  }

  /** Returns the texts of the elements of a class. */
  async textsOf(cssClass) {
    return (await this.nodes()).filter((node) => classes(node).includes(cssClass)).map(textOf);
  }
}

function flatten(node) {
  return [node, ...(node.children ?? []).flatMap(flatten)];
}

/** Returns the nodes of the page, those in its shadow roots included: a dialog in one may hold the overlay. */
function withShadowRoots(node) {
  return [node, ...[...(node.children ?? []), ...(node.shadowRoots ?? [])].flatMap(withShadowRoots)];
}

function textOf(node) {
  return node.nodeType === 3 ? node.nodeValue : (node.children ?? []).map(textOf).join('');
}

function classes(node) {
  const attributes = node.attributes ?? [];
  const index = attributes.indexOf('class');
  return index < 0 ? [] : attributes[index + 1].split(' ');
}
