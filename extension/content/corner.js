'use strict';

/**
 * @typedef {object} SpokenHint a hint as the user reads it: wasm/app/src/answer.rs
 * @property {string} id
 * @property {string | null} anchor the name of its field or button; null for the whole page
 * @property {'error' | 'advice' | 'info'} severity
 * @property {string} text
 * @property {Fix[]} fixes of one and the same range, the preferred one first
 * @property {string} [action]
 * @property {string} [actionText]
 * @property {true} [quiet] a tip that waits until the user is at its field
 *
 * @typedef {object} Answer
 * @property {string | null} page the recognised page; null for none
 * @property {string | null} place the page and its screen
 * @property {Record<'product' | 'fold' | 'unfold' | 'fixAll' | 'copy' | 'copied' | 'dismiss' | 'findings' | 'tip', string>} words
 * @property {SpokenHint[]} hints
 * @property {{text: string, actionText: string}} [guide] which step of which procedure this page is
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
    // What is wrong comes first: the rest may have to be scrolled to.
    const whole = answer.hints.filter((hint) => hint.anchor === null);
    const hints = [...whole.filter((hint) => hint.severity === 'error'), ...whole.filter((hint) => hint.severity !== 'error')];
    const from = JSON.stringify([folded, answer.words, hints, answer.guide]);
    if (from === drawnFrom) return;
    drawnFrom = from;
    const fold = (/** @type {boolean} */ wanted) => {
      folded = wanted;
      remember();
      draw(answer, act);
    };
    const made = folded
      ? Overlay.button('corner-tab', answer.words.unfold, () => fold(false))
      : panel(answer, hints, () => fold(true), act);
    if (drawn) Overlay.swap(drawn, made);
    else Overlay.root.append(made);
    drawn = made;
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
   * @param {Answer} answer
   * @param {SpokenHint[]} hints those of the whole page
   * @param {() => void} fold
   * @param {(action: string) => void} act
   */
  function panel({ words, guide }, hints, fold, act) {
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
    if (guide) section.append(guideLine(guide, act));
    return section;
  }

  /**
   * @param {{text: string, actionText: string}} guide
   * @param {(action: string) => void} act
   */
  function guideLine({ text, actionText }, act) {
    const line = Overlay.element('div', 'guide');
    line.append(Overlay.element('p', '', text), Overlay.button('', actionText, () => act('open-guide')));
    return line;
  }

  /** Removes the panel. */
  function clear() {
    drawn?.remove();
    drawn = null;
    drawnFrom = '';
  }

  /** Lets the user see the field that they are in, where the panel would lie over it. */
  function giveWay() {
    const field = Overlay.fieldInUse();
    if (!drawn) return;
    const inTheWay = field !== null && CardPlace.meet(drawn.getBoundingClientRect(), field.getBoundingClientRect());
    drawn.style.visibility = inTheWay ? 'hidden' : '';
  }

  /** @returns {DOMRect | undefined} where it stands in the window */
  function rectangle() {
    return drawn?.style.visibility === 'hidden' ? undefined : drawn?.getBoundingClientRect();
  }

  return { recall, draw, clear, giveWay, rectangle };
})();
