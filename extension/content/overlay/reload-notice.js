// The last thing that is drawn: the extension was updated or removed, and this script can no longer ask for hints.
import { createButton, createElement, displayText } from './elements.js';
import { hideOverlay, overlayRoot, showOverlay } from './host.js';

/**
 * Draws the notice. It never reloads the page itself, because what the user typed would be lost.
 * @param {string} text
 * @param {string} close names the button that removes it
 */
export function drawReloadNotice(text, close) {
  const notice = createElement('section', 'corner');
  const body = createElement('div', 'corner-body');
  const line = createElement('p', 'advice', text);
  line.role = 'status';
  const button = createButton('quiet', '×', () => {
    notice.remove();
    hideOverlay();
  });
  button.ariaLabel = displayText(close);
  body.append(line, button);
  notice.append(body);
  overlayRoot.append(notice);
  showOverlay();
}
