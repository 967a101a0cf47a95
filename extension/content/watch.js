'use strict';

/** Notices when the page says something else, and when it only stands elsewhere. */
const Watch = (() => {
  /** What can change the page's text, fields, visibility or address without changing its nodes. */
  const CONTENT = [
    'input', 'change', 'reset', 'focusin', 'focusout', 'transitionend', 'animationend',
    'popstate', 'hashchange', 'pageshow', 'pointerover',
  ];
  const LAYOUT = ['scroll', 'resize', 'load', 'focusin', 'focusout', 'input', 'transitionend', 'animationend'];
  /** Attributes from which people see a difference; others change all the time on some pages. */
  const ATTRIBUTES = [
    'class', 'style', 'hidden', 'open', 'inert', 'disabled', 'readonly', 'required', 'type', 'value', 'placeholder',
    'maxlength', 'rows', 'cols', 'dir', 'aria-label', 'aria-hidden', 'aria-readonly', 'aria-required',
  ];
  /** No event tells of a late font, a rule on another attribute or a value that a script has set. */
  const LOOK = 250;

  /** @type {() => void} */
  let end = () => {};
  /** Fields that are looked at, with what was last seen of them. */
  /** @type {Map<Element, string>} */
  let looked = new Map();
  let looking = 0;
  /** @type {() => void} */
  let onDifference = () => {};

  /**
   * @param {(event?: Event) => void} changed with the user's event where there is one
   * @param {() => void} moved at most once in a frame
   */
  function start(changed, moved) {
    const stop = new AbortController();
    const options = { capture: true, passive: true, signal: stop.signal };
    const root = document.documentElement;
    let frame = 0;
    const move = () => {
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        moved();
      });
    };
    onDifference = () => {
      changed();
      move();
    };
    for (const type of CONTENT) window.addEventListener(type, changed, options);
    for (const type of LAYOUT) window.addEventListener(type, move, options);
    window.visualViewport?.addEventListener('resize', move, options);
    // A page may change its address and nothing else.
    window.navigation?.addEventListener('currententrychange', () => changed(), options);
    document.fonts.addEventListener('loadingdone', move, options);
    const sizes = new ResizeObserver(move);
    sizes.observe(root);
    const content = new MutationObserver(() => {
      // Opened anew with document.open(): the window's listeners are gone.
      if (document.documentElement && document.documentElement !== root) {
        end();
        start(changed, moved);
      }
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

  /**
   * Looks at these fields now and then, and at no others.
   * @param {Set<Element>} fields
   */
  function look(fields) {
    looked = new Map([...fields].map((field) => [field, seen(field)]));
    if (fields.size > 0 && looking === 0) looking = setInterval(compare, LOOK);
    if (fields.size === 0) {
      clearInterval(looking);
      looking = 0;
    }
  }

  function compare() {
    if (document.hidden) return;
    let differs = false;
    for (const [field, before] of looked) {
      const now = seen(field);
      if (now === before) continue;
      looked.set(field, now);
      differs = true;
    }
    if (differs) onDifference();
  }

  /** @param {Element} field */
  function seen(field) {
    const { left, top, width, height } = field.getBoundingClientRect();
    return [left, top, width, height, valueOf(field)].join();
  }

  /**
   * Of a button, and of what is never read, nothing.
   * @param {Element} field
   */
  function valueOf(field) {
    const typed = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
    return typed && !Sensitive.isSensitive(field, Labels.labelOf(field)) ? field.value : '';
  }

  /** Notices nothing any more. */
  function stop() {
    look(new Set());
    end();
  }

  return { start, look, stop };
})();
