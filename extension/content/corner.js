'use strict';

/**
 * @typedef {object} SpokenHint a hint as the user reads it: wasm/app/src/answer.rs
 * @property {string} id
 * @property {string | null} anchor the name of its field; null for the whole page
 * @property {'error' | 'advice' | 'info'} severity
 * @property {string} text
 * @property {Fix[]} fixes of one and the same range, the preferred one first
 * @property {string} [action]
 * @property {string} [actionText]
 *
 * @typedef {object} Answer
 * @property {string | null} page the recognised page; null for none
 * @property {string | null} place the page and its screen
 * @property {Record<'product' | 'fold' | 'unfold' | 'fixAll' | 'copy' | 'copied' | 'dismiss', string>} words
 * @property {SpokenHint[]} hints
 */

/** The small panel at the bottom right: what this page is for and what comes next. */
const Corner = (() => {
  const KEY = 'overlayFolded';
  /** Below this width the panel would hide the page, so it starts folded. */
  const NARROW = 720;

  /** @type {HTMLElement | null} */
  let drawn = null;
  let drawnFrom = '';
  let folded = window.innerWidth < NARROW;

  /** Learns whether the user has folded the panel before. */
  async function recall() {
    const { [KEY]: remembered } = await chrome.storage.local.get(KEY);
    if (typeof remembered === 'boolean') folded = remembered;
  }

  /**
   * @param {Answer} answer
   * @param {(action: string) => void} act called when the user presses a hint's button
   */
  function draw(answer, act) {
    const hints = answer.hints.filter((hint) => hint.anchor === null);
    const from = JSON.stringify([folded, answer.words, hints]);
    if (from === drawnFrom) return;
    clear();
    drawnFrom = from;
    const fold = (/** @type {boolean} */ wanted) => {
      folded = wanted;
      remember();
      draw(answer, act);
    };
    drawn = folded
      ? Overlay.button('corner-tab', answer.words.unfold, () => fold(false))
      : panel(answer.words, hints, () => fold(true), act);
    Overlay.root.append(drawn);
    giveWay();
  }

  async function remember() {
    try {
      await chrome.storage.local.set({ [KEY]: folded });
    } catch {
      // The extension was reloaded meanwhile; it is folded all the same.
    }
  }

  /**
   * @param {Answer['words']} words
   * @param {SpokenHint[]} hints
   * @param {() => void} fold
   * @param {(action: string) => void} act
   */
  function panel(words, hints, fold, act) {
    const section = Overlay.element('section', 'corner');
    section.role = 'complementary';
    section.ariaLabel = Overlay.showable(words.product);
    const head = Overlay.element('div', 'corner-head');
    head.append(Overlay.element('span', 'corner-name', words.product), Overlay.button('quiet', words.fold, fold));
    const body = Overlay.element('div', 'corner-body');
    for (const { text, severity, action, actionText } of hints) {
      body.append(Overlay.element('p', severity, text));
      if (action && actionText) body.append(Overlay.button('primary', actionText, () => act(action)));
    }
    section.append(head, body);
    return section;
  }

  /** Removes the panel. */
  function clear() {
    drawn?.remove();
    drawn = null;
    drawnFrom = '';
  }

  /** Lets the user see the field that they are in, where the panel would lie over it. */
  function giveWay() {
    const field = document.activeElement;
    if (!drawn || !field) return;
    const [mine, its] = [drawn.getBoundingClientRect(), field.getBoundingClientRect()];
    const inTheWay = field.matches('input, textarea, select')
      && its.right > mine.left && its.bottom > mine.top && its.left < mine.right && its.top < mine.bottom;
    drawn.style.visibility = inTheWay ? 'hidden' : '';
  }

  /** @returns {DOMRect | undefined} where it stands in the window */
  function rectangle() {
    return drawn?.getBoundingClientRect();
  }

  return { recall, draw, clear, giveWay, rectangle };
})();
