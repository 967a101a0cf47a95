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
    if (!Labels.isVisible(field)) return null;
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
    for (let box = field.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflow !== 'visible') clipTo(box.getBoundingClientRect());
    }
    return area.left < area.right && area.top < area.bottom ? area : null;
  }

  return { of };
})();
