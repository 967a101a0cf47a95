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

  // No custom element: the page could define one of that name, and get at its root.
  const host = document.createElement('div');
  host.dataset.eimzaYardimcisi = '';
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(Style);
  for (const type of OURS) root.addEventListener(type, (event) => event.stopPropagation());

  /** A measure of known length, which shows how the page scales what is drawn. */
  const YARD = 100;
  const yard = document.createElement('div');
  yard.className = 'yard';
  // What is said to a screen reader stands in an element that stays: one that comes with its text is not read.
  const status = document.createElement('div');
  status.className = 'status';
  status.role = 'status';
  root.append(yard, status);

  let returns = 0;
  let shown = false;
  const guard = new MutationObserver(() => {
    if (!shown || isInPlace() || returns >= MAX_RETURNS) return;
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
    root.adoptedStyleSheets = [sheet]; // lost where the page had taken it into another document
    guard.observe(document, { childList: true });
    guard.observe(document.documentElement, { childList: true });
  }

  /** Not only in some document: a page may have put it elsewhere, to remove it unseen from there. */
  function isInPlace() {
    return host.parentNode === document.documentElement;
  }

  /** Takes the overlay off the page. */
  function hide() {
    shown = false;
    guard.disconnect();
    host.remove();
  }

  /**
   * Nothing outside of a modal dialog can be pressed, nor seen well.
   */
  function giveWay() {
    host.hidden = document.querySelector('dialog:modal') !== null;
  }

  /**
   * @param {Element} element
   * @returns {boolean} whether it is the one that everything is drawn in
   */
  function isHost(element) {
    return element === host;
  }

  /** @returns {boolean} whether the focus is on something drawn here */
  function hasFocus() {
    return document.activeElement === host;
  }

  /** @returns {Element | null} the page's field that the user is in; nothing drawn may lie over it */
  function fieldInUse() {
    const focused = document.activeElement;
    return focused && Dom.matches(focused, 'input, textarea, select') ? focused : null;
  }

  /**
   * Where the overlay's own coordinates begin in the window: not at its corner when the page has
   * transformed the root element.
   * @returns {{left: number, top: number, scale: number}} in CSS pixels of the window; how many of
   *   them one of the overlay's own is, on a page that is zoomed or scaled as a whole
   */
  function origin() {
    const { left, top, width } = yard.getBoundingClientRect();
    return { left, top, scale: width / YARD || 1 };
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
   * Has a screen reader say a text, when it pauses; the same is not said twice.
   * @param {string} text
   */
  function announce(text) {
    const wanted = showable(text);
    if (status.textContent !== wanted) status.textContent = wanted;
  }

  /**
   * Puts one drawn element in the place of another; the focus goes along.
   * @param {HTMLElement} old
   * @param {HTMLElement} made
   */
  function swap(old, made) {
    const focused = old.contains(root.activeElement);
    old.replaceWith(made);
    if (!focused) return;
    const target = made.matches('button') ? made : made.querySelector('button');
    /** @type {HTMLElement | null} */ (target)?.focus({ preventScroll: true });
  }

  /**
   * Removes a drawn element; a focus in it goes back to the page.
   * @param {HTMLElement} old
   * @param {Element} field
   */
  function drop(old, field) {
    const focused = old.contains(root.activeElement);
    old.remove();
    if (focused) /** @type {HTMLElement} */ (field).focus({ preventScroll: true });
  }

  /**
   * @param {string} text
   * @returns {string} without characters that would change how the rest is shown
   */
  function showable(text) {
    return text.replace(/\s+/g, ' ').replace(UNSHOWN, '');
  }

  return { root, show, hide, giveWay, isHost, hasFocus, fieldInUse, origin, element, button, announce, swap, drop, showable };
})();
