// Observes the page for changes of its content and of its layout.
import { labelOf } from './labels.js';
import { isSensitiveField } from './sensitive-fields.js';

/** Events that may change text, fields, visibility or address without changing nodes. */
const CONTENT_EVENTS = [
  'input', 'change', 'reset', 'focusin', 'focusout', 'transitionend', 'animationend',
  'popstate', 'hashchange', 'pageshow', 'pointerover',
];
const LAYOUT_EVENTS = ['scroll', 'resize', 'load', 'focusin', 'focusout', 'input', 'transitionend', 'animationend'];
/** Attributes that make a visible difference; others change constantly on some pages. */
const ATTRIBUTES = [
  'class', 'style', 'hidden', 'open', 'inert', 'disabled', 'readonly', 'required', 'type', 'value', 'placeholder',
  'maxlength', 'rows', 'cols', 'dir', 'aria-label', 'aria-hidden', 'aria-readonly', 'aria-required',
];
/**
 * Interval, in milliseconds, of polling the fields with hints: late fonts, rules on other attributes and values set by
 * scripts fire no event.
 */
const POLL_INTERVAL = 250;

/** @type {() => void} */
let end = () => {};
/**
 * Polled fields with their last state.
 * @type {Map<Element, string>}
 */
let polled = new Map();
let pollTimer = 0;
/** @type {() => void} */
let onPolledChange = () => {};

/**
 * Starts observing the page.
 * @param {(event?: Event) => void} changed called for changes of the content, with the user's event where there is one
 * @param {() => void} moved called for changes of the layout, at most once per frame
 */
export function startWatching(changed, moved) {
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  const root = document.documentElement;
  let frame = 0;
  const move = () => {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      moved();
    });
  };
  onPolledChange = () => {
    changed();
    move();
  };
  for (const type of CONTENT_EVENTS) window.addEventListener(type, changed, options);
  for (const type of LAYOUT_EVENTS) window.addEventListener(type, move, options);
  window.visualViewport?.addEventListener('resize', move, options);
  // A page may change only its address.
  window.navigation?.addEventListener('currententrychange', () => changed(), options);
  document.fonts.addEventListener('loadingdone', move, options);
  const sizes = new ResizeObserver(move);
  sizes.observe(root);
  const content = new MutationObserver(() => {
    // document.open() replaced the document, and removed the window's listeners.
    if (document.documentElement && document.documentElement !== root) {
      end();
      startWatching(changed, moved);
    }
    changed();
    move();
  });
  content.observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
  end = () => {
    stop.abort();
    sizes.disconnect();
    content.disconnect();
    cancelAnimationFrame(frame);
  };
}

/**
 * Polls these fields from now on, and no others.
 * @param {Set<Element>} fields
 */
export function pollFields(fields) {
  polled = new Map([...fields].map((field) => [field, stateOf(field)]));
  if (fields.size > 0 && pollTimer === 0) pollTimer = setInterval(compare, POLL_INTERVAL);
  if (fields.size === 0) {
    clearInterval(pollTimer);
    pollTimer = 0;
  }
}

function compare() {
  if (document.hidden) return;
  let differs = false;
  for (const [field, before] of polled) {
    const now = stateOf(field);
    if (now === before) continue;
    polled.set(field, now);
    differs = true;
  }
  if (differs) onPolledChange();
}

/** @param {Element} field */
function stateOf(field) {
  const { left, top, width, height } = field.getBoundingClientRect();
  return [left, top, width, height, valueOf(field)].join();
}

/**
 * Returns the value of a field; empty for buttons and for fields whose values are never read.
 * @param {Element} field
 */
function valueOf(field) {
  const typed = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
  return typed && !isSensitiveField(field, labelOf(field)) ? field.value : '';
}

/** Stops observing and polling. */
export function stopWatching() {
  pollFields(new Set());
  end();
}
