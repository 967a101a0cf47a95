// Draws the worker's answer to a snapshot.
import { isEditingHost } from '../dom/editable-text.js';
import { elementByRef } from '../dom/element-refs.js';
import { applyFixes, toUtf16Offset } from '../fixes/apply-fixes.js';
import { dismissHint, isDismissed } from '../fixes/dismissed-hints.js';
import { controlOf, hasFocusWithin } from '../dom/widgets.js';
import { pollFields } from '../reading/page-changes.js';
import { valueOfField } from '../reading/controls.js';
import { onCornerToggled, removeCornerPanel, setCornerContent } from './corner-panel.js';
import { installEventShield } from './event-shield.js';
import { keepHints, onCardToggled, setHints } from './hint-cards.js';
import { announce, hideOverlay, overlayHasFocus, showOverlay } from './host.js';
import { listenToKeyboard } from './keyboard.js';
import { watchLayers } from './layers.js';
import { invalidateLayout, layOut, removeLayout } from './layout.js';
import { watchLook } from './page-look.js';
import { drawUnderlines, keepUnderlines, repositionUnderlines } from './underlines.js';
import { watchOuterWindows } from './visible-window.js';

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
  start();
  showOverlay();
  setCornerContent(answer, events.act);
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
    if (hasFocusWithin(field)) announcement = announcementOf(hints);
  }
  if (!overlayHasFocus()) announce(announcement);
  keepHints((field) => drawnFields.has(field));
  layOut();
  const controls = new Set([...drawnFields].map(controlOf));
  keepUnderlines((control) => controls.has(control));
  pollFields(drawnFields);
}

/** Removes everything that is drawn. */
export function removeAnswer() {
  pollFields(new Set());
  keepUnderlines(() => false);
  removeLayout();
  removeCornerPanel();
  hideOverlay();
}

/** Repositions everything after the page's layout has changed. */
export function repositionAnswer() {
  repositionUnderlines();
  layOut();
}

/** Lays everything out anew. */
function redraw() {
  invalidateLayout();
  layOut();
}

let started = false;

/** Starts to listen to what the user does in the overlay, before the first drawing. */
function start() {
  installEventShield(); // again if the page removed the window's listeners
  if (started) return;
  started = true;
  onCardToggled(redraw);
  onCornerToggled(redraw);
  watchLayers(redraw);
  watchLook();
  watchOuterWindows(repositionAnswer);
  listenToKeyboard(redraw);
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
  const control = controlOf(field);
  if (control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement || isEditingHost(control)) {
    const fixable = checked === '' ? [] : hints;
    drawUnderlines(control, fixable.flatMap(({ fixes, severity }) => fixes.slice(0, 1).map(({ start, end }) => (
      { start: toUtf16Offset(checked, start), end: toUtf16Offset(checked, end), severity }
    ))));
  }
  setHints(field, hints, checked, texts, {
    fix(fixes) {
      if (!applyFixes(control, checked, fixes)) events.rejected();
      events.changed();
    },
    dismiss(hint) {
      dismissHint(hint, checked);
      events.changed();
    },
    act: events.act,
  });
}
