// The page's label elements and the controls that they belong to.
import { spendNodes } from '../../dom/budget.js';
import { pageVersion } from '../page-version.js';

/**
 * The labels of each control, while a snapshot is taken.
 * @type {Map<Element, HTMLLabelElement[]> | null}
 */
let labelsByControl = null;

/**
 * The labels that were found last, with what they are valid for.
 * @type {{version: number, roots: number, labels: Map<Element, HTMLLabelElement[]>} | undefined}
 */
let last;

/**
 * Finds the labels of all controls at once: `control.labels` searches the whole page again after every change.
 * @param {(Document | ShadowRoot)[]} roots the document and the open shadow roots
 */
export function collectLabels(roots) {
  const version = pageVersion();
  if (last?.version !== version || last.roots !== roots.length || document.readyState !== 'complete') {
    last = { version, roots: roots.length, labels: new Map() };
    labelsByControl = last.labels;
    for (const root of roots) collectIn(root, labelsByControl);
  } else {
    labelsByControl = last.labels;
  }
}

/** Forgets the labels at the end of a reading. */
export function forgetLabels() {
  labelsByControl = null;
}

/**
 * @param {Document | ShadowRoot} root
 * @param {Map<Element, HTMLLabelElement[]>} found
 */
function collectIn(root, found) {
  /** @type {Element | null} */
  let outer = null;
  for (const label of root.querySelectorAll('label')) {
    if (!spendNodes()) {
      last = undefined; // incomplete
      return;
    }
    // HTML forbids nested labels; looking up the control of each would take time quadratic in their depth.
    if (outer?.contains(label)) continue;
    outer = label;
    const { control } = label;
    if (control === null) continue;
    const others = found.get(control);
    if (others) others.push(label);
    else found.set(control, [label]);
  }
}

/**
 * @param {Element} control
 * @returns {HTMLLabelElement[]} the labels of a control, or of the custom element that it is drawn in
 */
export function labelElementsOf(control) {
  for (let at = /** @type {Element | null} */ (control); at; at = hostOf(at)) {
    const labels = labelsByControl
      ? labelsByControl.get(at) : [.../** @type {HTMLInputElement} */ (at).labels ?? []];
    if (labels && labels.length > 0) return labels;
  }
  return [];
}

/** @param {Element} element */
function hostOf(element) {
  const root = Node.prototype.getRootNode.call(element);
  return root instanceof ShadowRoot ? root.host : null;
}
