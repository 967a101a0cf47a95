// Underlines parts of the text that the user edits in place. Its letters have boxes of their own, so no mirror is needed.
import { editableRange, editableText } from '../dom/editable-text.js';
import { boxesOverlap, intersection } from '../dom/boxes.js';
import { createElement } from './elements.js';
import { movePart, overlayRoot } from './host.js';
import { moveMarks } from './marks.js';
import { visibleAreaOf } from './visible-area.js';

/** @typedef {import('./marks.js').Mark} Mark */

/** How far an underline extends below its line, in CSS pixels. */
const DEPTH = 3;

/** @type {Map<Element, {layer: HTMLElement, text: string, marks: Mark[]}>} */
const drawn = new Map();

/**
 * @param {Element} field
 * @param {Mark[]} marks of its text; an empty list removes its underlines
 */
export function underlineEditable(field, marks) {
  if (marks.length === 0) {
    drawn.get(field)?.layer.remove();
    drawn.delete(field);
    return;
  }
  const layer = drawn.get(field)?.layer ?? createElement('div', '');
  layer.ariaHidden = 'true';
  if (!layer.isConnected) overlayRoot.prepend(layer); // beneath the cards
  drawn.set(field, { layer, text: editableText(field), marks });
  align(field);
}

/**
 * Removes the underlines of all other fields.
 * @param {(field: Element) => boolean} isKept
 */
export function keepEditableUnderlines(isKept) {
  for (const field of drawn.keys()) if (!isKept(field)) underlineEditable(field, []);
}

/** Realigns every underline with its words after the layout or the text has changed. */
export function repositionEditableUnderlines() {
  for (const [field, { text, marks }] of drawn) {
    if (!field.isConnected) {
      underlineEditable(field, []);
      continue;
    }
    const now = editableText(field);
    if (now === text) align(field);
    else underlineEditable(field, moveMarks(marks, text, now));
  }
}

/** @param {Element} field */
function align(field) {
  const { layer, text, marks } = /** @type {NonNullable<ReturnType<typeof drawn.get>>} */ (drawn.get(field));
  const area = visibleAreaOf(field);
  const lines = area === null ? [] : marks.flatMap(({ start, end, severity }) => (
    [...editableRange(field, start, end).getClientRects()].filter((box) => boxesOverlap(box, area)).map((box, index) => {
      const { left, right, top, bottom } = intersection(box, area);
      const line = createElement('div', `mark line ${severity}`, index === 0 ? text.slice(start, end) : '');
      line.style.width = `${right - left}px`;
      line.style.height = `${bottom - top + DEPTH}px`;
      return { line, left, top };
    })
  ));
  layer.replaceChildren(...lines.map(({ line }) => line));
  for (const { line, left, top } of lines) movePart(line, { left, top });
}
