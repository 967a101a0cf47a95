// Decides in which frames the content script works.

/**
 * Returns whether this is the page in the window itself, or a frame in a page of the same origin. A known page in the
 * frame of another site may be covered by that site, so it gets no hints.
 * @returns {boolean}
 */
export function isInOwnFrame() {
  for (let frame = /** @type {Window} */ (window); frame !== frame.parent; frame = frame.parent) {
    try {
      if (frame.parent.location.origin !== location.origin) return false;
    } catch {
      return false; // another site
    }
  }
  return true;
}
