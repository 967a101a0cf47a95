// Builds the elements that are drawn in the overlay.

/** Control and bidirectional formatting characters, which could make a text look like a different one. */
const INVISIBLE = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} classes
 * @param {string} [text] shown as text, never parsed as HTML
 * @returns {HTMLElementTagNameMap[T]}
 */
export function createElement(tag, classes, text = '') {
  const element = document.createElement(tag);
  element.className = classes;
  element.textContent = displayText(text);
  return element;
}

/**
 * What the buttons do. No listeners: the events of the overlay end before they reach it (`event-shield.js`).
 * @type {WeakMap<Element, () => void>}
 */
const actions = new WeakMap();

/**
 * Creates a button.
 * @param {string} classes
 * @param {string} text
 * @param {() => void} pressed called when the user presses it, not for clicks of a script
 * @returns {HTMLButtonElement}
 */
export function createButton(classes, text, pressed) {
  const button = createElement('button', classes, text);
  button.type = 'button';
  actions.set(button, pressed);
  return button;
}

/**
 * Does what a button is for.
 * @param {Element} button
 */
export function pressButton(button) {
  actions.get(button)?.();
}

/**
 * Removes the characters that would change how the rest of a text is shown, and folds white space.
 * @param {string} text
 * @returns {string}
 */
export function displayText(text) {
  return text.replace(/\s+/g, ' ').replace(INVISIBLE, '');
}
