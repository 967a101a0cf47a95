'use strict';

/** Where a card or badge stands: beside its field, else below or above it, never over it. */
const CardPlace = (() => {
  /** Room to the right of a field in which a card can be read, in CSS pixels. */
  const ROOM = 260;
  const GAP = 10;
  const MARGIN = 8;
  /** A badge needs less. */
  const BADGE_GAP = 4;
  /** Below this a card cannot be read; it rather reaches out of the window. */
  const MIN_HEIGHT = 60;
  /** Above or below its field a card lies over other fields: then the rest of it is scrolled to. */
  const MAX_HEIGHT = 240;
  const MAX_WIDTH = 320;

  /**
   * @typedef {{left: number, top: number, right: number, bottom: number}} Box in CSS pixels of the window
   */

  /**
   * @param {Element} field
   * @returns {boolean}
   */
  function hasRoomBeside(field) {
    return window.innerWidth - field.getBoundingClientRect().right >= ROOM;
  }

  /**
   * @param {HTMLElement} card
   * @param {Element} field
   */
  function put(card, field) {
    card.hidden = ShownArea.of(field) === null;
    if (card.hidden) return;
    const { left, top } = card.matches('button') ? badgePlace(card, field) : cardPlace(card, field);
    const origin = Overlay.origin();
    card.style.transform = `scale(${1 / origin.scale}) `
      + `translate(${Math.round(left - origin.left)}px, ${Math.round(top - origin.top)}px)`;
  }

  /**
   * @param {HTMLElement} card
   * @param {Element} field
   */
  function cardPlace(card, field) {
    const target = field.getBoundingClientRect();
    const beside = hasRoomBeside(field);
    const width = beside ? window.innerWidth - target.right - GAP - MARGIN : shownWidth() - 2 * MARGIN;
    card.style.maxWidth = `${Math.min(MAX_WIDTH, width)}px`;
    card.style.maxHeight = '';
    const size = { width: card.offsetWidth, height: card.offsetHeight };
    if (!isField(field)) return besideButton(size, target);
    return beside ? besideField(size, target) : alongField(card, size, target);
  }

  /** @param {Element} anchor */
  function isField(anchor) {
    return Dom.matches(anchor, 'input:not([type=submit], [type=button], [type=image]), textarea, select');
  }

  /**
   * Around a button there are others, and fields: where the card lies over the fewest of them.
   * @param {{width: number, height: number}} size
   * @param {DOMRect} button
   */
  function besideButton(size, button) {
    const { width, height } = size;
    const inside = {
      left: (/** @type {number} */ left) => Math.max(MARGIN, Math.min(left, shownWidth() - MARGIN - width)),
      top: (/** @type {number} */ top) => Math.max(MARGIN, Math.min(top, window.innerHeight - MARGIN - height)),
    };
    const places = [
      besideField(size, button),
      { left: button.left, top: button.bottom + GAP / 2 },
      { left: button.left, top: button.top - GAP / 2 - height },
      { left: button.left - GAP - width, top: button.top },
    ].map(({ left, top }) => ({ left: inside.left(left), top: inside.top(top) }));
    const covered = places.map(({ left, top }) => controlsIn({ left, top, right: left + width, bottom: top + height }));
    return places[covered.indexOf(Math.min(...covered))];
  }

  /**
   * @param {Box} box
   * @returns {number} how many of the page's controls lie in it
   */
  function controlsIn(box) {
    const controls = document.querySelectorAll('input:not([type=hidden]), textarea, select, button, a[href], [role=button]');
    return [...controls].filter((control) => meet(box, control.getBoundingClientRect())).length;
  }

  /** Without the scroll bar. */
  function shownWidth() {
    return document.documentElement.clientWidth || window.innerWidth;
  }

  /**
   * Level with the field, moved up as far as needed to stay in the window and off the corner panel.
   * @param {{width: number, height: number}} size
   * @param {DOMRect} field
   */
  function besideField({ width, height }, field) {
    const left = field.right + GAP;
    const corner = Corner.rectangle();
    const meets = corner !== undefined && left + width > corner.left;
    const room = (meets ? corner.top : window.innerHeight) - MARGIN;
    // Beside another field it would seem to speak of that one: rather over the corner panel.
    const bottom = Math.max(room, Math.min(field.bottom, window.innerHeight - MARGIN));
    return { left, top: Math.max(MARGIN, Math.min(field.top, bottom - height)) };
  }

  /**
   * Below the field, or above it where it fits better there; no higher than the room it has.
   * @param {HTMLElement} card
   * @param {{width: number, height: number}} size
   * @param {DOMRect} field
   */
  function alongField(card, { width, height }, field) {
    const room = { above: field.top - GAP / 2 - MARGIN, below: window.innerHeight - field.bottom - GAP / 2 - MARGIN };
    const wanted = Math.min(height, MAX_HEIGHT);
    const above = wanted > room.below && room.above > room.below;
    const shown = Math.min(wanted, Math.max(above ? room.above : room.below, MIN_HEIGHT));
    if (shown < height) card.style.maxHeight = `${shown}px`;
    const left = Math.min(field.right, shownWidth() - MARGIN) - width;
    return { left: Math.max(MARGIN, left), top: above ? field.top - GAP / 2 - shown : field.bottom + GAP / 2 };
  }

  /**
   * Beside its field, or above its end: what stands below a field is mostly another one.
   * @param {HTMLElement} badge
   * @param {Element} field
   */
  function badgePlace(badge, field) {
    const { right, top, height } = field.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: own } = badge;
    if (right + BADGE_GAP + width <= shownWidth()) {
      return { left: right + BADGE_GAP, top: top + Math.min(0, (height - own) / 2) };
    }
    return { left: Math.min(right, shownWidth()) - width, top: top - own - 1 };
  }

  /**
   * Where a card of this size would stand beside its field; undefined where it would not.
   * @param {{width: number, height: number}} size
   * @param {Element} field
   * @returns {Box | undefined}
   */
  function boxBeside(size, field) {
    if (!hasRoomBeside(field) || ShownArea.of(field) === null) return undefined;
    const target = field.getBoundingClientRect();
    const { left, top } = isField(field) ? besideField(size, target) : besideButton(size, target);
    return { left, top, right: left + size.width, bottom: top + size.height };
  }

  /**
   * @param {Box} one
   * @param {Box} other
   * @returns {boolean} whether one lies over the other
   */
  function meet(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  return { hasRoomBeside, put, boxBeside, meet };
})();
