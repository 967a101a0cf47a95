// Underlines parts of the text in the page's fields. Part of an input cannot be styled, so a transparent copy of its text,
// the mirror, is laid exactly over the field, and only the underlines of the copy are visible.
import { composedClosest, composedParentOf } from '../dom/composed-tree.js';
import { liveStyleOf } from '../dom/appearance.js';
import { keepEditableUnderlines, repositionEditableUnderlines, underlineEditable } from './editable-underlines.js';
import { createElement } from './elements.js';
import { overlayOrigin, overlayRoot } from './host.js';
import { moveMarks } from './marks.js';
import { isTyping, lookVersion, noteTyping } from './page-look.js';
import { visibleAreaOf } from './visible-area.js';

/** @typedef {import('./marks.js').Mark} Mark */

/** The properties that determine where each letter is. */
const COPIED_PROPERTIES = [
  'font-family', 'font-size', 'font-style', 'font-weight', 'font-stretch', 'font-variant', 'font-kerning',
  'font-feature-settings', 'font-variation-settings', 'font-optical-sizing', 'font-size-adjust',
  'letter-spacing', 'word-spacing', 'text-indent', 'text-transform', 'text-align', 'text-rendering',
  'direction', 'unicode-bidi', 'tab-size', 'line-break', 'word-break', 'overflow-wrap', 'line-height',
];

/** How far an underline extends below its line, in CSS pixels. */
const UNDERLINE_DEPTH = 4;

/**
 * @typedef {object} Mirror
 * @property {HTMLElement} box
 * @property {HTMLElement} content
 * @property {string} text
 * @property {Mark[]} marks
 * @property {string} alignedTo the field's box, on the look of the page, that it is aligned to
 */
/** @type {Map<HTMLInputElement | HTMLTextAreaElement, Mirror>} */
const mirrors = new Map();

/**
 * @param {Element} field an input, a text area, or one that is edited in place
 * @param {Mark[]} marks an empty list removes the field's underlines
 */
export function drawUnderlines(field, marks) {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    underlineEditable(field, marks);
    return;
  }
  if (marks.length === 0) {
    remove(field);
    return;
  }
  const mirror = mirrors.get(field) ?? createMirror(field);
  const sorted = [...marks].sort((one, other) => one.start - other.start);
  const text = field.value;
  const isFilled = mirror.text === text && JSON.stringify(mirror.marks) === JSON.stringify(sorted);
  alignMirror(field, mirror);
  if (isFilled) return;
  mirror.text = text;
  mirror.marks = sorted;
  fillMirror(mirror);
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field */
function createMirror(field) {
  const box = createElement('div', 'mirror');
  box.ariaHidden = 'true';
  const content = createElement('div', 'mirror-text');
  box.append(content);
  overlayRoot.prepend(box); // beneath the cards
  const mirror = { box, content, text: '', marks: [], alignedTo: '' };
  mirrors.set(field, mirror);
  return mirror;
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field */
function remove(field) {
  mirrors.get(field)?.box.remove();
  mirrors.delete(field);
}

/**
 * Removes the underlines of all other fields.
 * @param {(field: Element) => boolean} isKept
 */
export function keepUnderlines(isKept) {
  for (const field of mirrors.keys()) {
    if (!isKept(field)) remove(field);
  }
  keepEditableUnderlines(isKept);
}

/** @param {Mirror} mirror */
function fillMirror({ content, text, marks }) {
  content.textContent = '';
  let position = 0;
  for (const { start, end, severity } of marks) {
    if (start < position) continue; // overlaps the previous mark, which is shown
    const span = createElement('span', `mark ${severity}`);
    // Unfiltered, unlike all other drawn text: each letter must keep its position.
    span.textContent = text.slice(start, end);
    content.append(text.slice(position, start), span);
    position = end;
  }
  content.append(text.slice(position));
}

/**
 * Moves the underlines with their words while the user types, until the new text is checked. Removes those that the
 * edit touches.
 * @param {EventTarget | null} target
 */
export function followEdit(target) {
  noteTyping();
  followText(/** @type {HTMLInputElement | HTMLTextAreaElement} */ (target));
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field */
function followText(field) {
  const mirror = mirrors.get(field);
  if (!mirror || mirror.text === field.value) return;
  drawUnderlines(field, moveMarks(mirror.marks, mirror.text, field.value));
}

/** Realigns every mirror with its field after the layout has changed. */
export function repositionUnderlines() {
  for (const [field, mirror] of mirrors) {
    if (!field.isConnected) remove(field);
    // A script may have set the value, which fires no event.
    else if (mirror.text !== field.value) followText(field);
    else alignMirror(field, mirror);
  }
  repositionEditableUnderlines();
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {Mirror} mirror
 */
function alignMirror(field, mirror) {
  const { box, content } = mirror;
  const { left: fieldLeft, top: fieldTop, width: fieldWidth, height: fieldHeight } = field.getBoundingClientRect();
  const scroll = `translate(${-field.scrollLeft}px, ${-field.scrollTop}px)`;
  if (content.style.transform !== scroll) content.style.transform = scroll;
  // A scroll bar takes its width from the text.
  const place = [lookVersion(), fieldLeft, fieldTop, fieldWidth, fieldHeight, field.clientWidth, field.clientHeight].join();
  if (place === mirror.alignedTo && isTyping()) return;
  mirror.alignedTo = place;
  const style = getComputedStyle(field);
  for (const name of COPIED_PROPERTIES) content.style.setProperty(name, style.getPropertyValue(name));
  content.lang = composedClosest(field, '[lang]')?.getAttribute('lang') ?? ''; // "i" has another capital letter in Turkish
  const multiline = field instanceof HTMLTextAreaElement;
  const padding = (/** @type {string} */ side) => Number.parseFloat(style.getPropertyValue(`padding-${side}`)) || 0;
  const [top, right, bottom, left] = ['top', 'right', 'bottom', 'left'].map(padding);

  // A text area shows its text up to the border, an input only within the padding.
  const inset = multiline ? { left: 0, top: 0 } : { left, top };
  const width = field.clientWidth - (multiline ? 0 : left + right);
  const height = field.clientHeight - (multiline ? 0 : top + bottom);
  if (multiline) content.style.padding = `${top}px ${right}px ${bottom}px ${left}px`;
  else content.style.lineHeight = `${height}px`; // an input centers its line
  content.style.whiteSpace = multiline ? style.whiteSpace : 'pre';

  const outer = field.getBoundingClientRect();
  const origin = overlayOrigin();
  // On zoomed or scaled pages: laid out in the field's own pixels, then scaled like the field.
  const scale = { x: outer.width / field.offsetWidth || 1, y: outer.height / field.offsetHeight || 1 };
  const x = outer.left + (field.clientLeft + inset.left) * scale.x;
  const y = outer.top + (field.clientTop + inset.top) * scale.y;
  box.style.width = `${width}px`;
  box.style.height = `${height}px`;
  box.style.transform = `scale(${1 / origin.scale}) translate(${x - origin.left}px, ${y - origin.top}px) `
    + `scale(${scale.x}, ${scale.y})`;

  const area = isTurned(field) ? null : visibleAreaOf(field);
  box.hidden = area === null;
  if (area === null) return;
  // The last line's underline may extend below the text, but not beyond the visible area.
  const clips = [
    Math.max(0, (area.top - y) / scale.y), Math.max(0, x / scale.x + width - area.right / scale.x),
    Math.max(-UNDERLINE_DEPTH, y / scale.y + height - area.bottom / scale.y), Math.max(0, (area.left - x) / scale.x),
  ];
  box.style.clipPath = `inset(${clips.map((clip) => `${clip}px`).join(' ')})`;
}

/**
 * Returns whether a field is rotated or skewed: its box in the window does not show where its letters are.
 * @param {Element} field
 */
function isTurned(field) {
  for (let at = /** @type {Element | null} */ (field); at; at = composedParentOf(at)) {
    const { transform, rotate, offsetPath } = liveStyleOf(at);
    if (rotate !== 'none' || (offsetPath ?? 'none') !== 'none') return true;
    if (transform === 'none') continue;
    const matrix = new DOMMatrixReadOnly(transform);
    if (!matrix.is2D || Math.abs(matrix.b) > 1e-6 || Math.abs(matrix.c) > 1e-6) return true;
  }
  return false;
}
