// A notice in place of the overlay: the extension was updated under the open page and answers only after a reload.
import { createButton, createElement, displayText } from './elements.js';
import { installEventShield } from './event-shield.js';
import { hideOverlay, overlayRoot, showOverlay } from './host.js';
import { placeInCorner } from './corner-place.js';
import { Obstacles } from './obstacles.js';
import { visibleWindow } from './visible-window.js';

/** @type {AbortController | null} */
let shown = null;

/**
 * Shows a notice. Nothing else may be drawn at the time (`removeAnswer`).
 * @param {string} text
 * @param {string} close names the button that removes it
 */
export function drawReloadNotice(text, close) {
  removeReloadNotice();
  shown = new AbortController();
  installEventShield();
  showOverlay();
  const notice = createElement('section', 'corner notice');
  notice.role = 'status';
  const button = createButton('quiet fold-card', '×', removeReloadNotice);
  button.ariaLabel = displayText(close);
  notice.append(createElement('p', '', text), button);
  overlayRoot.append(notice);
  const place = () => {
    const bounds = visibleWindow();
    notice.hidden = !placeInCorner(notice, bounds, new Obstacles([], null, bounds));
  };
  place();
  const { signal } = shown;
  signal.addEventListener('abort', () => notice.remove());
  for (const type of ['resize', 'scroll', 'focusin']) window.addEventListener(type, place, { capture: true, passive: true, signal });
}

/** Removes the notice. */
export function removeReloadNotice() {
  if (!shown) return;
  shown.abort();
  shown = null;
  hideOverlay();
}
