'use strict';

/** How much of a field can be seen. */
const ShownArea = (() => {
  /**
   * A field's rectangle as far as the window and the scrolling boxes around it show it.
   * @param {Element} field
   * @returns {{left: number, top: number, right: number, bottom: number} | null} in CSS pixels of the
   *   window; null where nothing of it can be seen
   */
  function of(field) {
    if (!Looks.of(field).visible || field.closest('[inert]')) return null;
    const { left, top, right, bottom } = field.getBoundingClientRect();
    const area = { left, top, right, bottom };
    const clipTo = (/** @type {{left: number, top: number, right: number, bottom: number}} */ clip) => {
      area.left = Math.max(area.left, clip.left);
      area.top = Math.max(area.top, clip.top);
      area.right = Math.min(area.right, clip.right);
      area.bottom = Math.min(area.bottom, clip.bottom);
    };
    clipTo({ left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight });
    // What the root and the body clip is what the window clips.
    for (let box = Dom.parentOf(field); box && box !== document.body; box = Dom.parentOf(box)) {
      if (getComputedStyle(box).overflow !== 'visible') clipTo(box.getBoundingClientRect());
    }
    return area.left < area.right && area.top < area.bottom && !isCovered(field, area) ? area : null;
  }

  /**
   * Whether something of the page lies over the middle of what is shown: a waiting screen, a header
   * that stays in place.
   * @param {Element} field
   * @param {{left: number, top: number, right: number, bottom: number}} area
   */
  function isCovered(field, { left, top, right, bottom }) {
    const [hit] = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2)
      .filter((element) => !Overlay.isHost(element));
    const labels = /** @type {HTMLInputElement} */ (field).labels ?? [];
    const belongs = (/** @type {Element} */ element) => element.contains(field) || field.contains(element)
      || [...labels].some((label) => label.contains(element));
    return hit !== undefined && !belongs(hit);
  }

  return { of };
})();
