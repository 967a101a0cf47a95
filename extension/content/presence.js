'use strict';

/** Where the user is and has been: the field that they are typing in, the buttons that they have come to. */
const Presence = (() => {
  const BUTTONS = 'button, input[type=submit], input[type=button], input[type=image], [role=button], a[href]';
  /** @type {WeakSet<Element>} */
  const reached = new WeakSet();
  /** @type {EventTarget | null} */
  let typing = null;

  /**
   * Takes note of what the user does; what a script does is none of it.
   * @param {Event} event
   * @returns {boolean} whether it may change what is said
   */
  function note(event) {
    // Over something the pointer is all the time: only a button that it comes to is news.
    if (!event.isTrusted) return event.type !== 'pointerover';
    if (event.type === 'input') typing = event.target;
    if (event.type === 'focusout' && event.target === typing) typing = null;
    const button = event.target instanceof Element ? event.target.closest(BUTTONS) : null;
    // A script that moves the focus makes an event that counts as the browser's own: only after a key or press it is the user's.
    const isUsers = event.type !== 'focusin' || navigator.userActivation.isActive;
    if (button === null || !isUsers || reached.has(button)) return event.type !== 'pointerover';
    reached.add(button);
    return true;
  }

  /**
   * @param {Element} button
   * @returns {boolean} whether the user has been at it, with the pointer or the keyboard
   */
  function hasReached(button) {
    return reached.has(button);
  }

  /**
   * @param {Element} field
   * @returns {boolean} whether the user has changed it and not left it yet; the browser fills in others by itself
   */
  function isTyping(field) {
    return field === typing && Dom.matches(field, ':focus');
  }

  return { note, hasReached, isTyping, BUTTONS };
})();
