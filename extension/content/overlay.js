'use strict';

/**
 * The one element that stands in the page, and everything drawn in its closed shadow root: the
 * page neither reads nor styles it, and its own nodes stay as they are.
 */
const Overlay = (() => {
  /** A page that goes on removing the element gets its way in the end. */
  const MAX_RETURNS = 20;
  /** What the page must not take for a press or a key of its own. */
  const OURS = [
    'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'contextmenu',
    'keydown', 'keyup', 'keypress', 'wheel', 'touchstart', 'touchend',
  ];
  /** Control and bidirectional formatting characters, with which a text could show other than it is. */
  const UNSHOWN = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

  const host = document.createElement('eimza-yardimcisi');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(Style);
  root.adoptedStyleSheets = [sheet];
  for (const type of OURS) root.addEventListener(type, (event) => event.stopPropagation());

  let returns = 0;
  let shown = false;
  const guard = new MutationObserver(() => {
    if (!shown || host.isConnected || returns >= MAX_RETURNS) return;
    returns += 1;
    attach();
  });

  /** Puts the overlay over the page; does nothing where it is. */
  function show() {
    if (shown) return;
    shown = true;
    attach();
  }

  function attach() {
    guard.disconnect();
    document.documentElement.append(host);
    guard.observe(document, { childList: true });
    guard.observe(document.documentElement, { childList: true });
  }

  /** Takes the overlay off the page. */
  function hide() {
    shown = false;
    guard.disconnect();
    host.remove();
  }

  /** @returns {boolean} whether the focus is on something drawn here */
  function hasFocus() {
    return document.activeElement === host;
  }

  /**
   * Where the overlay's own coordinates begin in the window: not at its corner when the page has
   * transformed the root element.
   * @returns {{left: number, top: number}} in CSS pixels
   */
  function origin() {
    const { left, top } = host.getBoundingClientRect();
    return { left, top };
  }

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {string} classes
   * @param {string} [text] shown as text, whatever it holds
   * @returns {HTMLElementTagNameMap[T]}
   */
  function element(tag, classes, text = '') {
    const made = document.createElement(tag);
    made.className = classes;
    made.textContent = showable(text);
    return made;
  }

  /**
   * @param {string} classes
   * @param {string} text
   * @param {() => void} pressed called for presses by the user alone, not by a script
   * @returns {HTMLButtonElement} one that leaves the focus where it is when pressed with the mouse
   */
  function button(classes, text, pressed) {
    const made = element('button', classes, text);
    made.type = 'button';
    made.addEventListener('mousedown', (event) => event.preventDefault());
    made.addEventListener('click', (event) => {
      if (event.isTrusted) pressed();
    });
    return made;
  }

  /**
   * @param {string} text
   * @returns {string} without characters that would change how the rest is shown
   */
  function showable(text) {
    return text.replace(/\s+/g, ' ').replace(UNSHOWN, '');
  }

  return { root, show, hide, hasFocus, origin, element, button, showable };
})();
