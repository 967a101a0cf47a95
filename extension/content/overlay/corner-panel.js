// The small panel at the bottom right: what this page is for, and what comes next.
import { FOLDED_KEY } from '../../shared/storage-keys.js';
import { boxesOverlap } from './boxes.js';
import { createButton, createElement, displayText } from './elements.js';
import { focusedField, overlayRoot, replaceDrawn } from './host.js';

/** @typedef {import('../../types/messages').Action} Action */
/** @typedef {import('../../types/messages').Answer} Answer */
/** @typedef {import('../../types/messages').LocalizedHint} LocalizedHint */

/** Below this window width, in CSS pixels, the panel would cover the page, so it starts folded. */
const NARROW = 720;

/** @type {HTMLElement | null} */
let drawn = null;
/** The input of the drawn panel, as JSON. */
let drawnFrom = '';
let folded = false;

/** Loads whether the user folded the panel before. Call it when the page is shown: before, it may have no width. */
export async function loadFoldedState() {
  folded = window.innerWidth < NARROW;
  const { [FOLDED_KEY]: stored } = await chrome.storage.local.get(FOLDED_KEY);
  if (typeof stored === 'boolean') folded = stored;
}

/**
 * @param {Answer} answer
 * @param {(action: Action) => void} act called when the user presses a hint's button
 */
export function drawCornerPanel(answer, act) {
  // Errors come first: the rest may have to be scrolled to.
  const ofPage = answer.hints.filter((hint) => hint.anchor === null);
  const hints = [
    ...ofPage.filter((hint) => hint.severity === 'error'), ...ofPage.filter((hint) => hint.severity !== 'error'),
  ];
  const from = JSON.stringify([folded, answer.texts, hints, answer.guide]);
  if (from === drawnFrom) return;
  drawnFrom = from;
  const setFolded = (/** @type {boolean} */ value) => {
    folded = value;
    storeFoldedState();
    drawCornerPanel(answer, act);
  };
  const element = folded
    ? createButton('corner-tab', answer.texts.unfold, () => setFolded(false))
    : createPanel(answer, hints, () => setFolded(true), act);
  if (drawn) replaceDrawn(drawn, element);
  else overlayRoot.append(element);
  drawn = element;
  yieldToFocusedField();
}

async function storeFoldedState() {
  try {
    await chrome.storage.local.set({ [FOLDED_KEY]: folded });
  } catch {
    // The extension was reloaded; the panel folds nevertheless.
  }
}

/**
 * @param {Answer} answer
 * @param {LocalizedHint[]} hints those of the whole page
 * @param {() => void} fold
 * @param {(action: Action) => void} act
 */
function createPanel({ texts, guide }, hints, fold, act) {
  const section = createElement('section', 'corner');
  section.role = 'complementary';
  section.ariaLabel = displayText(texts.product);
  const head = createElement('div', 'corner-head');
  head.append(createElement('span', 'corner-name', texts.product), createButton('quiet', texts.fold, fold));
  const body = createElement('div', 'corner-body');
  for (const { text, severity, action, actionText } of hints) {
    body.append(createElement('p', severity, text));
    if (action && actionText) body.append(createButton('primary', actionText, () => act(action)));
  }
  section.append(head, body);
  if (guide) {
    const line = createElement('div', 'guide');
    const button = createButton('', guide.actionText, () => act('open-guide'));
    line.append(createElement('p', '', guide.text), button);
    section.append(line);
  }
  return section;
}

/** Removes the panel. */
export function removeCornerPanel() {
  drawn?.remove();
  drawn = null;
  drawnFrom = '';
}

/** Hides the panel while it covers the focused field. */
export function yieldToFocusedField() {
  const field = focusedField();
  if (!drawn) return;
  const covers = field !== null && boxesOverlap(drawn.getBoundingClientRect(), field.getBoundingClientRect());
  drawn.style.visibility = covers ? 'hidden' : '';
}

/** @returns {DOMRect | undefined} the panel's box in the window; undefined while it is hidden or not drawn */
export function cornerPanelBox() {
  return drawn?.style.visibility === 'hidden' ? undefined : drawn?.getBoundingClientRect();
}
