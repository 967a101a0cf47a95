// The last thing that is drawn: the extension was updated or removed, and this script can no longer ask for hints.
import { createElement } from './elements.js';
import { overlayRoot, showOverlay } from './host.js';

/**
 * Draws the notice. It never reloads the page itself, because what the user typed would be lost.
 * @param {string} text
 */
export function drawReloadNotice(text) {
  const notice = createElement('section', 'corner');
  const body = createElement('div', 'corner-body');
  const line = createElement('p', 'advice', text);
  line.role = 'status';
  body.append(line);
  notice.append(body);
  overlayRoot.append(notice);
  showOverlay();
}
