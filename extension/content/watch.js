'use strict';

/** Notices when the page says something else, and when it only stands elsewhere. */
const Watch = (() => {
  /** What can change the page's text, fields or visibility without changing its nodes. */
  const CONTENT = ['input', 'change', 'reset', 'focusin', 'focusout', 'transitionend', 'animationend', 'popstate'];
  const LAYOUT = ['scroll', 'resize', 'load', 'focusin', 'focusout', 'input', 'transitionend', 'animationend'];
  /** Attributes from which people see a difference; others change all the time on some pages. */
  const ATTRIBUTES = [
    'class', 'style', 'hidden', 'open', 'disabled', 'readonly', 'required', 'type', 'value', 'placeholder',
    'maxlength', 'rows', 'cols', 'dir', 'aria-label', 'aria-hidden', 'aria-readonly', 'aria-required',
  ];

  /** @type {() => void} */
  let end = () => {};

  /**
   * @param {(event?: Event) => void} changed with the user's event where there is one
   * @param {() => void} moved at most once in a frame
   */
  function start(changed, moved) {
    const stop = new AbortController();
    const options = { capture: true, passive: true, signal: stop.signal };
    let frame = 0;
    const move = () => {
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        moved();
      });
    };
    for (const type of CONTENT) window.addEventListener(type, changed, options);
    for (const type of LAYOUT) window.addEventListener(type, move, options);
    window.visualViewport?.addEventListener('resize', move, options);
    const sizes = new ResizeObserver(move);
    sizes.observe(document.documentElement);
    const content = new MutationObserver(() => {
      changed();
      move();
    });
    content.observe(document, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
    });
    end = () => {
      stop.abort();
      sizes.disconnect();
      content.disconnect();
      cancelAnimationFrame(frame);
    };
  }

  /** Notices nothing any more. */
  function stop() {
    end();
  }

  return { start, stop };
})();
