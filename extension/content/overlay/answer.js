// Draws the worker's answer to a snapshot.
import { elementByRef } from '../dom/element-refs.js';
import { applyFixes, toUtf16Offset } from '../fixes/apply-fixes.js';
import { dismissHint, isDismissed } from '../fixes/dismissed-hints.js';
import { pollFields } from '../reading/page-changes.js';
import { valueOfField } from '../reading/controls.js';
import { drawCornerPanel, removeCornerPanel, yieldToFocusedField } from './corner-panel.js';
import { arrangeHintCards, drawHintCard, keepHintCards, repositionHintCards } from './hint-cards.js';
import { announce, hideOverlay, overlayHasFocus, showOverlay, yieldToModalDialog } from './host.js';
import { drawUnderlines, keepUnderlines, repositionUnderlines } from './underlines.js';

/** @typedef {import('../../types/messages').Answer} Answer */
/** @typedef {import('../../types/messages').PageSnapshot} PageSnapshot */
/** @typedef {import('../../types/messages').LocalizedHint} LocalizedHint */

/**
 * @typedef {object} AnswerEvents
 * @property {(action: import('../../types/messages').Action) => void} act the user pressed a hint's button
 * @property {() => void} changed the user applied a fix or dismissed a hint
 * @property {() => void} outdated a field no longer has the text that was checked
 * @property {() => void} rejected a fix could not be applied for the same reason
 */

/**
 * Draws an answer; removes everything for an unknown page.
 * @param {Answer | null} answer
 * @param {PageSnapshot} snapshot the one that it answers
 * @param {AnswerEvents} events
 */
export function drawAnswer(answer, snapshot, events) {
  if (answer === null || answer.page === null) {
    removeAnswer();
    return;
  }
  showOverlay();
  yieldToModalDialog();
  drawCornerPanel(answer, events.act);
  const fieldsByRef = new Map((snapshot.fields ?? []).map((field) => [field.ref, field]));
  /** @type {Set<Element>} */
  const drawnFields = new Set();
  let announcement = '';
  for (const [ref, all] of groupByAnchor(answer.hints)) {
    const field = elementByRef(ref);
    const checked = fieldsByRef.get(ref)?.value ?? '';
    const hints = all.filter((hint) => !isDismissed(hint, checked));
    if (!field || hints.length === 0) continue;
    drawnFields.add(field);
    if (hasCheckedText(field, checked)) drawField(field, hints, checked, answer.texts, events);
    else events.outdated();
    if (field === document.activeElement) announcement = announcementOf(hints);
  }
  if (!overlayHasFocus()) announce(announcement);
  keepHintCards((field) => drawnFields.has(field));
  arrangeHintCards();
  keepUnderlines((field) => drawnFields.has(field));
  pollFields(drawnFields);
}

/** Removes everything that is drawn. */
export function removeAnswer() {
  pollFields(new Set());
  keepUnderlines(() => false);
  keepHintCards(() => false);
  removeCornerPanel();
  hideOverlay();
}

/** Repositions everything after the page's layout has changed. */
export function repositionAnswer() {
  yieldToModalDialog();
  yieldToFocusedField();
  repositionUnderlines();
  repositionHintCards();
}

/**
 * Returns the findings in a field as one text for the live region.
 * @param {LocalizedHint[]} hints
 */
function announcementOf(hints) {
  const findings = hints.filter((hint) => hint.severity !== 'info');
  return findings.map((hint) => [hint.fixes[0]?.text, hint.text].filter(Boolean).join(': ')).join(' ');
}

/** @param {LocalizedHint[]} hints */
function groupByAnchor(hints) {
  /** @type {Map<string, LocalizedHint[]>} */
  const groups = new Map();
  for (const hint of hints) {
    if (hint.anchor === null) continue;
    groups.set(hint.anchor, [...groups.get(hint.anchor) ?? [], hint]);
  }
  return groups;
}

/**
 * Returns whether a field still has the text that was checked. A text that was not read has no fixes.
 * @param {Element} field
 * @param {string} checked
 */
function hasCheckedText(field, checked) {
  return checked === '' || valueOfField(field) === checked;
}

/**
 * @param {Element} field
 * @param {LocalizedHint[]} hints
 * @param {string} checked
 * @param {Answer['texts']} texts
 * @param {AnswerEvents} events
 */
function drawField(field, hints, checked, texts, events) {
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
    const fixable = checked === '' ? [] : hints;
    drawUnderlines(field, fixable.flatMap(({ fixes, severity }) => fixes.slice(0, 1).map(({ start, end }) => (
      { start: toUtf16Offset(checked, start), end: toUtf16Offset(checked, end), severity }
    ))));
  }
  drawHintCard(field, hints, checked, texts, {
    fix(fixes) {
      if (!applyFixes(field, checked, fixes)) events.rejected();
      events.changed();
    },
    dismiss(hint) {
      dismissHint(hint, checked);
      events.changed();
    },
    act: events.act,
  });
}
