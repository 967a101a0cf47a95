'use strict';

/** Where a card stands: beside its field, else below or above it, never over it. */
const CardPlace = (() => {
  /** Room to the right of a field in which a card can be read, in CSS pixels. */
  const ROOM = 260;
  const GAP = 10;
  const MARGIN = 8;
  /** Below this a card cannot be read; it rather reaches out of the window. */
  const MIN_HEIGHT = 60;
  /** Above or below its field a card lies over other fields: then the rest of it is scrolled to. */
  const MAX_HEIGHT = 240;

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
    const target = field.getBoundingClientRect();
    card.hidden = ShownArea.of(field) === null;
    if (card.hidden) return;
    const beside = hasRoomBeside(field);
    card.style.maxWidth = beside ? `${Math.min(320, window.innerWidth - target.right - GAP - MARGIN)}px` : '';
    card.style.maxHeight = '';
    const { left, top } = beside ? besideField(card, target) : alongField(card, target);
    const origin = Overlay.origin();
    card.style.transform = `scale(${1 / origin.scale}) `
      + `translate(${Math.round(left - origin.left)}px, ${Math.round(top - origin.top)}px)`;
  }

  /**
   * Level with the field, moved up as far as needed to stay in the window and off the corner panel.
   * @param {HTMLElement} card
   * @param {DOMRect} field
   */
  function besideField(card, field) {
    const left = field.right + GAP;
    const { offsetWidth: width, offsetHeight: height } = card;
    const corner = Corner.rectangle();
    const meets = corner !== undefined && left + width > corner.left;
    const bottom = (meets ? corner.top : window.innerHeight) - MARGIN;
    return { left, top: Math.max(MARGIN, Math.min(field.top, bottom - height)) };
  }

  /**
   * Below the field, or above it where it fits better there; no higher than the room it has.
   * @param {HTMLElement} card
   * @param {DOMRect} field
   */
  function alongField(card, field) {
    const room = { above: field.top - GAP / 2 - MARGIN, below: window.innerHeight - field.bottom - GAP / 2 - MARGIN };
    const { offsetWidth: width, offsetHeight: height } = card;
    const wanted = Math.min(height, MAX_HEIGHT);
    const above = wanted > room.below && room.above > room.below;
    const shown = Math.min(wanted, Math.max(above ? room.above : room.below, MIN_HEIGHT));
    if (shown < height) card.style.maxHeight = `${shown}px`;
    const left = Math.min(field.right, document.documentElement.clientWidth - MARGIN) - width;
    return { left: Math.max(MARGIN, left), top: above ? field.top - GAP / 2 - shown : field.bottom + GAP / 2 };
  }

  return { hasRoomBeside, put };
})();
