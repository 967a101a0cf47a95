// The small panel in a corner of the window: what this page is for, what comes next, the card that has no room beside its
// field, and the hints whose badges have none. It folds to a chip. Where it stands is decided in `layout.js`.
import { createButton, createElement, displayText } from './elements.js';
import { countFindings, highestSeverity, nameOf } from './hint-card-content.js';
import { foldCard, hintsOf, openCard } from './hint-cards.js';
import { overlayRoot, reparentDrawn, replaceDrawn, whileMovingFocus } from './host.js';

/** @typedef {import('../../types/messages').Action} Action */
/** @typedef {import('../../types/messages').Answer} Answer */
/** @typedef {import('../../types/messages').ExtensionMessage} ExtensionMessage */
/** @typedef {import('../../types/messages').LocalizedHint} LocalizedHint */
/** @typedef {'panel' | 'card' | 'chip'} CornerForm with everything, with the docked card alone, or folded */

/** @type {HTMLElement | null} */
let drawn = null;
/** The input of the drawn panel, as JSON. */
let drawnFrom = '';
/** @type {{answer: Answer, act: (action: Action) => void} | null} */
let content = null;
/** Whether the user folded the panel; stored. */
let folded = false;
/** Whether the user opened it on this page: it may then cover what the focus does not need. */
let wanted = false;
let changed = () => {};

/** Loads whether the user folded the panel before. */
export async function loadFoldedState() {
  /** @type {ExtensionMessage} */
  const message = { type: 'getFolded' };
  folded = await chrome.runtime.sendMessage(message) === true;
}

/** @param {() => void} listener called after the user opened or folded the panel */
export function onCornerToggled(listener) {
  changed = listener;
}

/**
 * Sets what the panel says. `layout` draws it.
 * @param {Answer} answer
 * @param {(action: Action) => void} act called when the user presses a hint's button
 */
export function setCornerContent(answer, act) {
  content = { answer, act };
}

/** @returns {unknown} what decides on the size of the panel */
export function cornerContent() {
  return content && [content.answer.hints.filter((hint) => hint.anchor === null), content.answer.guide, content.answer.texts.fold];
}

/** @returns {{folded: boolean, wanted: boolean} | null} the user's choice; null without content */
export function cornerState() {
  return content && { folded, wanted };
}

/** Opens the panel because the user wants to see what is in it. */
export function wantCorner() {
  wanted = true;
}

/** @param {boolean} value */
async function setFolded(value) {
  folded = value;
  wanted = !value;
  if (value && drawn?.querySelector('.card')) foldCard();
  changed();
  /** @type {ExtensionMessage} */
  const message = { type: 'setFolded', folded: value };
  try {
    await chrome.runtime.sendMessage(message);
  } catch {
    // The extension was reloaded; the panel folds nevertheless.
  }
}

/**
 * Draws the panel in a form, unless it is drawn like that already.
 * @param {CornerForm} form
 * @param {Element[]} listed the fields whose badges have no room
 * @param {HTMLElement | null} docked the card that has none
 * @returns {HTMLElement}
 */
export function drawCorner(form, listed, docked) {
  const { answer, act } = /** @type {NonNullable<typeof content>} */ (content);
  // Errors come first: the rest may have to be scrolled to.
  const ofPage = answer.hints.filter((hint) => hint.anchor === null);
  const hints = [
    ...ofPage.filter((hint) => hint.severity === 'error'), ...ofPage.filter((hint) => hint.severity !== 'error'),
  ];
  const entries = listed.map((field) => [nameOf(field), hintsOf(field).hints.map(({ severity }) => severity)]);
  const from = JSON.stringify([form, answer.texts, hints, answer.guide, entries, docked !== null]);
  if (drawn && from === drawnFrom) {
    const slot = drawn.querySelector('.dock');
    if (docked && slot) reparentDrawn(docked, slot);
    return drawn;
  }
  const focused = /** @type {HTMLElement | null} */ (overlayRoot.activeElement);
  const element = form === 'chip'
    ? createButton('corner-tab', answer.texts.unfold, () => setFolded(false))
    : createPanel(answer, form === 'panel' ? hints : [], form === 'panel' && answer.guide, listed, docked, act);
  if (drawn) replaceDrawn(drawn, element);
  else overlayRoot.append(element);
  // The docked card has moved, with the focus in it.
  if (focused && element.contains(focused)) whileMovingFocus(() => focused.focus({ preventScroll: true }));
  drawn = element;
  drawnFrom = from;
  return element;
}

/**
 * @param {Answer} answer
 * @param {LocalizedHint[]} hints those of the whole page
 * @param {Answer['guide'] | false} guide
 * @param {Element[]} listed
 * @param {HTMLElement | null} docked
 * @param {(action: Action) => void} act
 */
function createPanel({ texts }, hints, guide, listed, docked, act) {
  const section = createElement('section', 'corner');
  section.role = 'complementary';
  section.ariaLabel = displayText(texts.product);
  const head = createElement('div', 'corner-head');
  head.append(createElement('span', 'corner-name', texts.product), createButton('quiet', texts.fold, () => setFolded(true)));
  section.append(head);
  if (docked) {
    const dock = createElement('div', 'dock');
    dock.append(docked);
    section.append(dock);
  }
  if (hints.length > 0 || listed.length > 0) section.append(createBody(hints, listed, act));
  if (guide) {
    const line = createElement('div', 'guide');
    const button = createButton('', guide.actionText, () => act('open-guide'));
    line.append(createElement('p', '', guide.text), button);
    section.append(line);
  }
  return section;
}

/**
 * @param {LocalizedHint[]} hints
 * @param {Element[]} listed
 * @param {(action: Action) => void} act
 */
function createBody(hints, listed, act) {
  const body = createElement('div', 'corner-body');
  for (const { text, severity, action, actionText } of hints) {
    body.append(createElement('p', severity, text));
    if (action && actionText) body.append(createButton('primary', actionText, () => act(action)));
  }
  for (const field of listed) {
    const { hints: ofField, texts } = hintsOf(field);
    const found = countFindings(ofField);
    const text = `${nameOf(field).slice(0, 60)}: ${found > 0 ? `${texts.findings} ${found}` : texts.tip}`;
    body.append(createButton(`entry ${highestSeverity(ofField)}`, text, () => {
      wantCorner();
      openCard(field);
    }));
  }
  return body;
}

/** Removes the panel; what it says is forgotten. */
export function removeCornerPanel() {
  content = null;
  wanted = false;
  hideCorner();
}

/** Removes the panel until there is room for it. */
export function hideCorner() {
  const docked = /** @type {HTMLElement | null | undefined} */ (drawn?.querySelector('.card'));
  if (docked) reparentDrawn(docked, overlayRoot);
  drawn?.remove();
  drawn = null;
  drawnFrom = '';
}
