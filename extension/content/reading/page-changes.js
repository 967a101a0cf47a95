// Observes the page for changes of its content and of its layout.
import { comparableValueOf } from './controls.js';
import { notePageChange } from './page-version.js';

/** Events that may change text, fields, visibility or address without changing nodes. */
const CONTENT_EVENTS = [
  'input', 'change', 'reset', 'focusin', 'focusout', 'transitionend', 'animationend',
  'popstate', 'hashchange', 'pageshow', 'pointerover',
];
const LAYOUT_EVENTS = ['scroll', 'resize', 'load', 'focusin', 'focusout', 'input', 'transitionend', 'animationend'];
/** Events after which other styles may apply. */
const STYLE_EVENTS = ['change', 'reset', 'focusin', 'focusout', 'transitionend', 'animationend', 'pageshow', 'load', 'resize'];
/** Attributes that make a visible difference; others change constantly on some pages. */
const ATTRIBUTES = [
  'class', 'style', 'hidden', 'open', 'inert', 'disabled', 'readonly', 'required', 'type', 'value', 'placeholder',
  'maxlength', 'rows', 'cols', 'dir', 'role', 'tabindex', 'contenteditable', 'for', 'alt', 'aria-label', 'aria-labelledby', 'aria-hidden',
  'aria-readonly', 'aria-required', 'aria-disabled', 'aria-expanded', 'aria-checked', 'aria-pressed', 'aria-selected', 'aria-modal',
];
/**
 * Interval, in milliseconds, of polling the fields with hints: late fonts, rules on other attributes and values set by
 * scripts fire no event.
 */
const POLL_INTERVAL = 250;

/** Events that do not leave a shadow root. */
const INNER_EVENTS = ['change', 'reset', 'transitionend', 'animationend'];

/** @type {() => void} */
let end = () => {};
/**
 * Observes a further shadow root.
 * @type {(root: ShadowRoot) => void}
 */
let watch = () => {};
/** @type {WeakSet<ShadowRoot>} */
let watched = new WeakSet();
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
  for (const type of STYLE_EVENTS) window.addEventListener(type, notePageChange, options);
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
    notePageChange();
    changed();
    move();
  });
  const observed = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES };
  content.observe(document, observed);
  watched = new WeakSet();
  watch = (shadowRoot) => {
    content.observe(shadowRoot, observed);
    for (const type of INNER_EVENTS) {
      shadowRoot.addEventListener(type, changed, options);
      shadowRoot.addEventListener(type, move, options);
    }
  };
  end = () => {
    stop.abort();
    sizes.disconnect();
    content.disconnect();
    cancelAnimationFrame(frame);
  };
}

/**
 * Observes a shadow root of the page too; the page's own changes and events end there.
 * @param {ShadowRoot} root
 */
export function watchShadowRoot(root) {
  if (watched.has(root)) return;
  watched.add(root);
  watch(root);
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
  return [left, top, width, height, comparableValueOf(field)].join();
}

/** Stops observing and polling. */
export function stopWatching() {
  pollFields(new Set());
  end();
}
