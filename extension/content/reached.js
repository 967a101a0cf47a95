'use strict';

/**
 * Which buttons the user has been at, with the pointer or the keyboard. Whoever reaches the button that sends a form
 * has done with its fields.
 */
const Reached = (() => {
  const BUTTONS = 'button, input[type=submit], input[type=button], input[type=image], [role=button], a[href]';
  /** @type {WeakSet<Element>} */
  const reached = new WeakSet();

  /**
   * @param {Event} event
   * @returns {boolean} whether the user came to a button for the first time
   */
  function note(event) {
    const target = event.isTrusted && event.target instanceof Element ? event.target.closest(BUTTONS) : null;
    if (!target || reached.has(target)) return false;
    reached.add(target);
    return true;
  }

  /**
   * @param {Element} button
   * @returns {boolean}
   */
  function has(button) {
    return reached.has(button);
  }

  return { note, has, BUTTONS };
})();
