// Reads the page into a snapshot (wasm/guide/src/snapshot.rs), with bounds on time and size for any page.
import { withAppearanceCache } from '../dom/appearance.js';
import { isBudgetSpent, isReadingPartial, startPhase, withBudget } from '../dom/budget.js';
import { withDocumentClip } from '../dom/clipping.js';
import { refOf } from '../dom/element-refs.js';
import { findMenuEntries, readButton } from './buttons.js';
import { findWidgets } from './choices/find-widgets.js';
import { MAX_TEXT, MAX_VALUE, readField, withoutEmpty } from './controls.js';
import { collectLabels, forgetLabels } from './names/label-elements.js';
import { foldWhitespace, resetTextCache } from './names/visible-text.js';
import { watchShadowRoot } from './page-changes.js';
import { PageTraversal } from './page-traversal.js';
import { isUserTyping } from './user-activity.js';
import { isReadByChecks } from './secret-names.js';
import { maskNumbers, mentionsCodes, veilSecrets } from './veil.js';

/** @typedef {import('../../types/messages').Button} Button */
/** @typedef {import('../../types/messages').Field} Field */
/** @typedef {import('../../types/messages').PageSnapshot} PageSnapshot */

const MAX_FIELDS = 500;
const MAX_BUTTONS = 500;

/**
 * @typedef {object} PageContent
 * @property {string[]} headings
 * @property {string[]} texts
 * @property {Field[]} fields
 * @property {Button[]} buttons
 * @property {string} typing
 */

/** @returns {PageSnapshot} without the keys that would be empty */
export function takeSnapshot() {
  return withBudget(() => withAppearanceCache(() => withDocumentClip(readPage)));
}

/** @returns {PageSnapshot} */
function readPage() {
  const { headings, texts, fields, buttons, typing } = readContent();
  const title = foldWhitespace(String(document.title).slice(0, MAX_VALUE)).slice(0, MAX_TEXT);
  const content = { title: veilSecrets([title])[0], headings: veilSecrets(headings), fields, buttons, texts: veilSecrets(texts) };
  const allTexts = [title, ...headings, ...texts, ...buttons.map((button) => button.text)];
  return withoutEmpty({
    url: addressOf(location).slice(0, MAX_VALUE),
    typing,
    partial: isReadingPartial(),
    ...(mentionsCodes(allTexts) ? masked(content) : content),
  });
}

/**
 * Returns the part of an address that tells which page it is: the rest, also a session in the path, may be secret.
 * @param {Location} location
 */
function addressOf({ origin, pathname }) {
  return `${origin}${pathname.split(';')[0]}`;
}

/** @returns {PageContent} */
function readContent() {
  resetTextCache();
  try {
    const traversal = new PageTraversal();
    traversal.readDocument();
    for (const root of traversal.roots) if (root instanceof ShadowRoot) watchShadowRoot(root);
    startPhase();
    collectLabels(traversal.roots);
    const found = findWidgets(traversal.candidates, traversal.buttons).slice(0, MAX_FIELDS);
    // Without a budget, parts of a field may be missing, and with them what says that it is a secret.
    const widgets = isBudgetSpent() ? [] : found;
    const read = widgets.map((widget) => ({ widget, field: readField(widget) })).filter(isNamed);
    const typed = widgets.find(({ control }) => isUserTyping(control));
    startPhase();
    return {
      headings: traversal.headings,
      texts: traversal.texts,
      fields: read.map(({ field }) => field),
      buttons: readButtons(traversal, read.map(({ widget }) => widget.anchor)),
      typing: typed ? refOf(typed.anchor, 'f') : '',
    };
  } finally {
    forgetLabels();
  }
}

/**
 * Returns whether something is a field: what only looks like one needs a label.
 * @param {{widget: import('../dom/widgets.js').Widget, field: Field}} read
 */
function isNamed({ widget, field }) {
  return widget.type === 'native' || field.label !== undefined;
}

/**
 * @param {PageTraversal} traversal
 * @param {Element[]} fields
 * @returns {Button[]} each box once, although several elements in it may be pressed
 */
function readButtons({ buttons, pressable }, fields) {
  const entries = findMenuEntries(pressable, [...buttons, ...fields]);
  /** @type {Map<string, Button>} */
  const byRef = new Map();
  for (const element of [...buttons, ...entries].slice(0, MAX_BUTTONS)) {
    if (isBudgetSpent()) break;
    const button = readButton(element);
    if (button && !byRef.has(button.ref)) byRef.set(button.ref, button);
  }
  return [...byRef.values()];
}

/**
 * Returns whether a check needs what the user typed.
 * @param {Field} field
 */
function isOfUser({ kind, label, value }) {
  return value === undefined || (kind !== 'select' && kind !== 'radio' && isReadByChecks(label ?? ''));
}

/**
 * Masks all numbers: on a page that mentions a PIN or PUK, any of them may be one. What the user typed is not masked, but
 * what the page shows is.
 * @param {{title: string} & Omit<PageContent, 'typing'>} content
 */
function masked({ title, headings, fields, buttons, texts }) {
  return {
    title: maskNumbers(title),
    headings: headings.map(maskNumbers),
    fields: fields.map((field) => withoutEmpty({
      ...field,
      label: maskNumbers(field.label ?? ''),
      placeholder: maskNumbers(field.placeholder ?? ''),
      options: (field.options ?? []).map(maskNumbers),
      value: isOfUser(field) ? field.value : maskNumbers(field.value ?? ''),
    })),
    buttons: buttons.map((button) => ({ ...button, text: maskNumbers(button.text) })),
    texts: texts.map(maskNumbers),
  };
}
