// Reading and pressing what the content script draws: a closed shadow root, open to the debugger only.
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

  /** All nodes of the shadow root, in document order; none where nothing is drawn. */
  async nodes() {
    const { root } = await this.#session.send('DOM.getDocument', { depth: -1, pierce: true });
    const host = flatten(root).find((node) => node.attributes?.includes(HOST));
    return (host?.shadowRoots ?? []).flatMap(flatten);
  }

  /** Everything that can be read in it. */
  async text() {
    return (await this.nodes()).filter((node) => node.nodeType === 3).map((node) => node.nodeValue).join(' ');
  }

  /** The texts of its buttons. */
  async buttons() {
    return (await this.nodes()).filter((node) => node.nodeName === 'BUTTON').map(textOf);
  }

  /** The middle of the first element of this kind that reads so. */
  async place(tag, text) {
    const found = (await this.nodes()).find((node) => node.nodeName === tag && textOf(node).includes(text));
    if (!found) return null;
    const { quads } = await this.#session.send('DOM.getContentQuads', { backendNodeId: found.backendNodeId })
      .catch(() => ({ quads: [] }));
    if (quads.length === 0) return null;
    const [x1, y1, x2, , , y3] = quads[0];
    return { x: (x1 + x2) / 2, y: (y1 + y3) / 2 };
  }

  /** Presses the first button that reads so, with the mouse, once it stands still as for a person's eye. */
  async press(text) {
    let before = '';
    const place = await until(`a button "${text}"`, async () => {
      const now = await this.place('BUTTON', text);
      const still = now !== null && before === JSON.stringify(now);
      before = JSON.stringify(now);
      return still && now;
    });
    await this.#page.mouse.click(place.x, place.y);
  }

  /** Waits until it says so. */
  says(text) {
    return until(`the overlay saying "${text}"`, async () => (await this.text()).includes(text));
  }

  /** Waits until it has this many elements of a class. */
  shows(count, cssClass) {
    return until(`${count} × ${cssClass}`, async () => (await this.ofClass(cssClass)).length === count);
  }

  /** Where the nth element of a class lies in the window; one that is just being drawn anew is looked for again. */
  box(cssClass, index) {
    return until(`${cssClass} ${index}`, async () => {
      const node = (await this.nodes()).filter((each) => classes(each).includes(cssClass))[index];
      const quads = node && await this.#session.send('DOM.getContentQuads', { backendNodeId: node.backendNodeId }).catch(() => undefined);
      if (!quads?.quads.length) return undefined;
      const [[left, top, right, , , bottom]] = quads.quads;
      return { left, right, middle: (top + bottom) / 2 };
    });
  }

  /** The elements of a class, with their text. */
  async ofClass(cssClass) {
    return (await this.nodes()).filter((node) => classes(node).includes(cssClass)).map(textOf);
  }
}

function flatten(node) {
  return [node, ...(node.children ?? []).flatMap(flatten)];
}

function textOf(node) {
  return node.nodeType === 3 ? node.nodeValue : (node.children ?? []).map(textOf).join('');
}

function classes(node) {
  const attributes = node.attributes ?? [];
  const index = attributes.indexOf('class');
  return index < 0 ? [] : attributes[index + 1].split(' ');
}
