// Checks that nothing that the overlay draws covers a control, an open list, a dialog, a text that a badge must leave
// readable, or another part of the overlay. It knows nothing of how parts are placed: it samples the points of each drawn
// box and asks the browser what the page shows there.
import assert from 'node:assert/strict';

/** Runs in the content script's world, where `overlayRoot` is defined. Returns a line for each thing that is covered. */
function findCovered(overlayRoot) {
  const STEP = 4;
  const PARTS = '.corner, .corner-tab, .card, .badge';
  const CONTROLS = [
    'input:not([type=hidden])', 'textarea', 'select', 'button', 'a[href]', 'summary', 'iframe', 'option',
    '[contenteditable]:not([contenteditable=false])', '[tabindex]:not([tabindex^="-"])',
    ...['button', 'link', 'option', 'menuitem', 'menuitemradio', 'menuitemcheckbox', 'combobox', 'textbox', 'searchbox',
      'spinbutton', 'slider', 'switch', 'checkbox', 'radio', 'tab', 'gridcell', 'listbox', 'menu'].map((role) => `[role=${role}]`),
  ].join(', ');
  const { host } = overlayRoot;
  const active = (root) => (root.activeElement?.shadowRoot ? active(root.activeElement.shadowRoot) : root.activeElement);
  const parentOf = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host ?? null;
  const isInside = (element, ancestor) => {
    for (let at = element; at; at = parentOf(at)) if (at === ancestor) return true;
    return false;
  };
  const closest = (element, matches) => {
    for (let at = element; at; at = parentOf(at)) if (matches(at)) return at;
    return null;
  };
  const deepest = (x, y) => {
    let root = document;
    for (let last = null; ;) {
      const element = root.elementFromPoint(x, y);
      if (!element || element === last || !element.shadowRoot) return element ?? last;
      last = element;
      root = element.shadowRoot;
    }
  };
  const nameOf = (element) => `${element.localName}${element.id && `#${element.id}`} "${(element.ariaLabel ?? element.innerText ?? '').trim().slice(0, 30)}"`;
  const boxOf = ({ left, top, right, bottom }) => ({ left, top, right, bottom });
  const overlap = (one, other) => one.left < other.right - 0.5 && other.left < one.right - 0.5
    && one.top < other.bottom - 0.5 && other.top < one.bottom - 0.5;
  const parts = [...overlayRoot.querySelectorAll(PARTS)]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }) && part.getBoundingClientRect().width > 0)
    .map((part) => ({ part, name: part.className, box: boxOf(part.getBoundingClientRect()) }));
  const found = new Set();
  for (const [index, one] of parts.entries()) {
    for (const other of parts.slice(index + 1)) {
      const nested = one.part.contains(other.part) || other.part.contains(one.part);
      if (!nested && overlap(one.box, other.box)) found.add(`${one.name} overlaps ${other.name}`);
    }
    const { left, top, right, bottom } = one.box;
    if (left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) found.add(`${one.name} outside the window`);
  }
  /** The element of an open list, dialog or other layer over the page; not one that holds the focus or the whole page. */
  const layerAt = (element) => closest(element, (at) => {
    if (at.matches('dialog[open], :popover-open, [role=dialog], [role=listbox], [role=menu]')) return !isInside(active(document), at);
    return false;
  });
  const textAt = (element, box) => [...element.childNodes].some((node) => {
    if (node.nodeType !== 3 || node.data.trim() === '') return false;
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].some((rect) => overlap(rect, box));
  });
  const wasHidden = host.hidden;
  host.hidden = true;
  try {
    for (const { name, box } of parts) {
      for (let y = box.top + 1; y < box.bottom; y += STEP) {
        for (let x = box.left + 1; x < box.right; x += STEP) {
          const element = deepest(x, y);
          if (!element) continue;
          const control = closest(element, (at) => at.matches(CONTROLS));
          if (control && control !== document.body) found.add(`${name} over ${nameOf(control)}`);
          const layer = layerAt(element);
          if (layer) found.add(`${name} over the layer ${nameOf(layer)}`);
          if (name.startsWith('badge') && textAt(element, box)) found.add(`${name} over the text of ${nameOf(element)}`);
        }
      }
      // Controls that take no pointer, such as disabled ones.
      for (const control of document.querySelectorAll('input:not([type=hidden]), textarea, select, button')) {
        const rect = control.getBoundingClientRect();
        if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || !overlap(rect, box)) continue;
        const onTop = deepest((Math.max(rect.left, box.left) + Math.min(rect.right, box.right)) / 2,
          (Math.max(rect.top, box.top) + Math.min(rect.bottom, box.bottom)) / 2);
        // Another element of the page covers a control outside of its own branch: the control is not seen there.
        if (onTop && (isInside(onTop, control) || isInside(control, onTop))) found.add(`${name} over ${nameOf(control)}`);
      }
    }
  } finally {
    host.hidden = wasHidden;
  }
  return [...found];
}

/**
 * Returns what the overlay covers now, a line each.
 * @param {(expression: string) => Promise<unknown>} run from `contentScriptOf`
 * @returns {Promise<string[]>}
 */
export function covered(run) {
  return run(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    .then(() => (${findCovered})(overlayRoot))`);
}

/**
 * Fails if the overlay covers anything.
 * @param {(expression: string) => Promise<unknown>} run from `contentScriptOf`
 * @param {string} what for the message
 */
export async function assertCoversNothing(run, what) {
  assert.deepEqual(await covered(run), [], what);
}
