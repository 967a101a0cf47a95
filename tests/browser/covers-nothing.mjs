// Checks that nothing that the overlay draws covers a control, an open list, a dialog, a text that a badge must leave
// readable, or another part of the overlay. It knows nothing of how parts are placed: it samples the points of each drawn
// box and asks the browser what the page shows there.
import assert from 'node:assert/strict';

/** How long the page may move after a change, and parts follow it, in milliseconds. */
const MOVING = 3000;

/** Defines what the checks share; runs in the content script's world, where `overlayRoot` is defined. */
function tools(overlayRoot) {
  const active = (root) => (root.activeElement?.shadowRoot ? active(root.activeElement.shadowRoot) : root.activeElement);
  const parentOf = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host ?? null;
  const closest = (element, matches) => {
    for (let at = element; at; at = parentOf(at)) if (matches(at)) return at;
    return null;
  };
  const deepest = (x, y) => {
    let element = document.elementFromPoint(x, y);
    for (let root = element?.shadowRoot; root; root = element.shadowRoot) {
      const inner = root.elementFromPoint(x, y);
      if (!inner || inner === element || inner.getRootNode() !== root) break;
      element = inner;
    }
    return element;
  };
  const overlap = (one, other) => one.left < other.right - 0.5 && other.left < one.right - 0.5
    && one.top < other.bottom - 0.5 && other.top < one.bottom - 0.5;
  // The panel scrolls a card that is docked in it.
  const shownBox = (part) => {
    const [box, frame] = [part, part.parentElement?.closest('.corner')].map((each) => each?.getBoundingClientRect());
    if (!frame) return box;
    const [left, top] = [Math.max(box.left, frame.left), Math.max(box.top, frame.top)];
    return new DOMRect(left, top, Math.min(box.right, frame.right) - left, Math.min(box.bottom, frame.bottom) - top);
  };
  const parts = () => [...overlayRoot.querySelectorAll('.corner, .corner-tab, .card, .badge')]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }))
    .map((part) => ({ part, name: part.className, box: shownBox(part) }))
    .filter(({ box }) => box.width > 0);
  const nameOf = (element) => (
    `${element.localName}${element.id && `#${element.id}`} "${(element.ariaLabel ?? element.innerText ?? '').trim().slice(0, 30)}"`
  );
  const isInside = (element, ancestor) => closest(element, (at) => at === ancestor) !== null;
  return { active: () => active(document), closest, deepest, overlap, parts, nameOf, isInside };
}

/** Finds what a part covers at the points of its box, while the overlay is hidden. */
function findAtPoints({ active, closest, deepest, overlap, nameOf, isInside }, { name, box }) {
  const STEP = 4;
  const ROLES = ['button', 'link', 'option', 'menuitem', 'menuitemradio', 'menuitemcheckbox', 'combobox', 'textbox', 'searchbox',
    'spinbutton', 'slider', 'switch', 'checkbox', 'radio', 'tab', 'gridcell', 'listbox', 'menu'];
  const CONTROLS = ['input:not([type=hidden])', 'textarea', 'select', 'button', 'a[href]', 'summary', 'iframe', 'option',
    '[contenteditable]:not([contenteditable=false])', '[tabindex]:not([tabindex^="-"])', ...ROLES.map((role) => `[role=${role}]`)].join();
  // A modal dialog is the page while it is open.
  const LAYERS = 'dialog[open]:not(:modal), [popover]:popover-open, [role=dialog]:not([aria-modal=true]), [role=listbox], [role=menu]';
  const hasText = (element) => [...element.childNodes].some((node) => {
    if (node.nodeType !== 3 || node.data.trim() === '') return false;
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].some((rect) => overlap(rect, box));
  });
  // Of a menu or a dialog, what is in it is pressed, not the box around that.
  const holdsOthers = (at) => at.querySelector(`${CONTROLS}, [tabindex]`) !== null || (at !== active() && isInside(active(), at));
  const isControl = (at) => at.matches(CONTROLS) && !holdsOthers(at);
  // A list or menu in the flow of the page is not laid over it.
  const isLayer = (at) => at.matches(LAYERS) && closest(at, (each) => /absolute|fixed/.test(getComputedStyle(each).position)) !== null;
  const found = [];
  for (let y = box.top + 1; y < box.bottom; y += STEP) {
    for (let x = box.left + 1; x < box.right; x += STEP) {
      const element = deepest(x, y);
      if (!element) continue;
      const control = closest(element, isControl);
      if (control) found.push(`${name} over ${nameOf(control)}`);
      const layer = closest(element, (at) => isLayer(at) && !isInside(active(), at));
      if (layer) found.push(`${name} over the layer ${nameOf(layer)}`);
      if (name.startsWith('badge') && hasText(element)) found.push(`${name} over the text of ${nameOf(element)}`);
    }
  }
  return found;
}

/** Finds the controls under a part that take no pointer events, such as disabled ones, unless the page covers them itself. */
function findByBox({ deepest, overlap, nameOf, isInside }, { name, box }) {
  return [...document.querySelectorAll('input:not([type=hidden]), textarea, select, button')].flatMap((control) => {
    const rect = control.getBoundingClientRect();
    if (!overlap(rect, box) || !control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
    const onTop = deepest((Math.max(rect.left, box.left) + Math.min(rect.right, box.right)) / 2,
      (Math.max(rect.top, box.top) + Math.min(rect.bottom, box.bottom)) / 2);
    return onTop && (isInside(onTop, control) || isInside(control, onTop)) ? [`${name} over ${nameOf(control)}`] : [];
  });
}

/** Runs in the content script's world. Returns a line for each thing that is covered. */
function findCovered(overlayRoot, shared, ...finders) {
  const { host } = overlayRoot;
  const parts = shared.parts();
  const found = [];
  for (const [index, one] of parts.entries()) {
    for (const other of parts.slice(index + 1)) {
      const isNested = one.part.contains(other.part) || other.part.contains(one.part);
      if (!isNested && shared.overlap(one.box, other.box)) found.push(`${one.name} overlaps ${other.name}`);
    }
    const { left, top, right, bottom } = one.box;
    if (left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) found.push(`${one.name} outside the window`);
  }
  const wasHidden = host.hidden;
  host.hidden = true;
  try {
    for (const part of parts) found.push(...finders.flatMap((find) => find(shared, part)));
  } finally {
    host.hidden = wasHidden;
  }
  return [...new Set(found)];
}

/**
 * Returns what the overlay covers now, a line each.
 * @param {(expression: string) => Promise<unknown>} run from `contentScriptOf`
 * @returns {Promise<string[]>}
 */
export function covered(run) {
  return run(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    .then(() => (${findCovered})(overlayRoot, (${tools})(overlayRoot), ${findAtPoints}, ${findByBox}))`);
}

/**
 * Fails if the overlay covers anything.
 * @param {(expression: string) => Promise<unknown>} run from `contentScriptOf`
 * @param {string} what for the message
 */
export async function assertCoversNothing(run, what) {
  const end = Date.now() + MOVING;
  let found = await covered(run);
  while (found.length > 0 && Date.now() < end) found = await covered(run);
  assert.deepEqual(found, [], what);
}
