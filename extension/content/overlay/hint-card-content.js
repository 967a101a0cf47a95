// The content of a hint card and of the badge that it folds to: rules, findings, and buttons that fix them.
import { canApplyFixes, fixedText, toUtf16Offset } from '../fixes/apply-fixes.js';
import { controlOf } from '../dom/widgets.js';
import { labelOfField } from '../reading/controls.js';
import { visibleTextOf } from '../reading/names/visible-text.js';
import { createButton, createElement, displayText } from './elements.js';

/** @typedef {import('../../types/messages').Fix} Fix */
/** @typedef {import('../../types/messages').OverlayTexts} OverlayTexts */
/** @typedef {import('../../types/messages').LocalizedHint} LocalizedHint */

/** Characters that are not seen. A text with them looks like the same text without. */
const UNSEEN = String.raw`[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]`;
const EVERY_UNSEEN = new RegExp(UNSEEN, 'gu');
const RUNS_OF_UNSEEN = new RegExp(`(${UNSEEN}+)`, 'u');
/** Drawn for each of them. */
const PLACEHOLDER = '▯';

/**
 * Called when the user presses a button on a card.
 * @typedef {object} CardEvents
 * @property {(fixes: Fix[]) => void} fix
 * @property {(hint: LocalizedHint) => void} dismiss
 * @property {(action: import('../../types/messages').Action) => void} act
 */

/**
 * @param {Element} field
 * @param {LocalizedHint[]} hints
 * @param {OverlayTexts} texts
 * @param {() => void} unfold
 */
export function createBadge(field, hints, texts, unfold) {
  const found = countFindings(hints);
  const badge = createButton(`badge ${highestSeverity(hints)}`, found > 0 ? String(found) : 'i', unfold);
  badge.ariaLabel = displayText(`${found > 0 ? `${texts.findings}: ${found}` : texts.tip}, ${nameOf(field)}`);
  badge.ariaExpanded = 'false';
  return badge;
}

/**
 * @param {Element} field
 * @returns {string} its label, or the text of a button
 */
export function nameOf(field) {
  return labelOfField(field) || controlOf(field).ariaLabel || visibleTextOf(field);
}

/**
 * @param {LocalizedHint[]} hints
 * @returns {number} how many are findings, not rules
 */
export function countFindings(hints) {
  return hints.filter(isFinding).length;
}

/** @param {LocalizedHint} hint */
function isFinding({ severity }) {
  return severity !== 'info';
}

/**
 * @param {Element} field
 * @param {LocalizedHint[]} hints
 * @param {string} checked the field's text that the hints refer to
 * @param {OverlayTexts} texts
 * @param {CardEvents} events
 * @param {() => void} fold
 */
export function createCard(field, hints, checked, texts, events, fold) {
  const card = createElement('div', `card ${highestSeverity(hints)}`);
  card.role = 'group';
  card.ariaLabel = displayText(`${texts.product}, ${nameOf(field)}`);
  card.ariaDescription = displayText(texts.keys);
  // Findings come first: where the card scrolls, the rules may have to be scrolled to.
  for (const hint of [...hints.filter(isFinding), ...hints.filter((each) => !isFinding(each))]) {
    const { severity, action, actionText } = hint;
    card.append(severity === 'info'
      ? createElement('p', 'rule', hint.text)
      : createFinding(field, hint, checked, texts, events));
    if (action && actionText) card.append(createButton('act', actionText, () => events.act(action)));
  }
  const preferred = hints.flatMap((hint) => hint.fixes.slice(0, 1));
  if (preferred.length > 0 && !canApplyFixes(field, checked, preferred)) {
    card.append(createCopyButton(fixedText(checked, preferred), texts));
  } else if (preferred.length > 1) {
    card.append(createButton('primary', texts.fixAll, () => events.fix(preferred)));
  }
  const foldButton = createButton('quiet fold-card', '×', fold);
  foldButton.ariaLabel = displayText(texts.fold);
  card.append(foldButton);
  return card;
}

/**
 * @param {Element} field
 * @param {LocalizedHint} hint
 * @param {string} checked
 * @param {OverlayTexts} texts
 * @param {CardEvents} events
 */
function createFinding(field, hint, checked, texts, events) {
  const row = createElement('div', `finding ${hint.severity}`);
  const choices = createElement('div', 'choices');
  hint.fixes.forEach((fix, index) => {
    const written = checked.slice(toUtf16Offset(checked, fix.start), toUtf16Offset(checked, fix.end));
    const change = index === 0 ? `${written} → ${fix.text}` : fix.text;
    const choice = canApplyFixes(field, checked, [fix])
      ? createButton('change', change, () => events.fix([fix]))
      : createElement('span', 'change', change);
    if (looksLike(written, fix.text)) choice.replaceChildren(...withStruckOut(written));
    choices.append(choice);
  });
  // An error cannot be dismissed: the form will be rejected.
  if (hint.severity === 'advice') {
    choices.append(createButton('quiet', texts.dismiss, () => events.dismiss(hint)));
  }
  const reason = createElement('p', 'reason', hint.text);
  row.append(...(hint.fixes.length > 0 ? [choices, reason] : [reason, choices]));
  return row;
}

/**
 * Returns whether two texts differ in characters only that are not seen.
 * @param {string} written
 * @param {string} text
 */
function looksLike(written, text) {
  return written !== text && written.replace(EVERY_UNSEEN, '') === text.replace(EVERY_UNSEEN, '');
}

/**
 * Draws a text with a placeholder, struck out, for each character that is not seen and is removed.
 * @param {string} written
 * @returns {(string | HTMLElement)[]}
 */
function withStruckOut(written) {
  return written.split(RUNS_OF_UNSEEN).map((part, index) => (
    index % 2 === 0 ? displayText(part) : createElement('del', '', PLACEHOLDER.repeat([...part].length))
  ));
}

/**
 * @param {string} text
 * @param {OverlayTexts} texts
 */
function createCopyButton(text, texts) {
  const button = createButton('primary', texts.copy, async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = displayText(texts.copied);
    } catch {
      // Forbidden by the page's permissions policy; the corrected text is readable on the card.
    }
  });
  return button;
}

/** @param {LocalizedHint[]} hints */
export function highestSeverity(hints) {
  return ['error', 'advice'].find((severity) => hints.some((hint) => hint.severity === severity)) ?? 'info';
}
