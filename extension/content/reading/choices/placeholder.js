// Tells a text that only asks to choose from one that is chosen, by how it is marked and how pale it is drawn.
import { composedParentOf } from '../../dom/composed-tree.js';
import { liveStyleOf } from '../../dom/appearance.js';
import { attributeOf, findAllIn, matchesSelector, textContentOf } from '../../dom/safe-dom.js';
import { foldWhitespace } from '../names/visible-text.js';

/** Below this contrast to its background, a text is not meant as content (WCAG 2.2, 1.4.3 asks for 4.5). */
const PALE = 3;
/** The same for a text whose markup calls it a placeholder: some components use the same name for the chosen text. */
const PALE_IF_MARKED = 4.8;
const MARKED = '[class*=placeholder i], [id$=placeholder i]';
const MAX_TEXTS = 40;

/**
 * @param {Element} anchor a choice
 * @param {string} shown the text that it shows
 * @returns {boolean} whether nothing is chosen
 */
export function isPlaceholder(anchor, shown) {
  if (shown === '') return false;
  const parts = [anchor, ...[...findAllIn(anchor, '*')].slice(0, MAX_TEXTS)];
  // An attribute says so for as long as nothing is chosen, or has the placeholder's text.
  if (parts.some((part) => matchesSelector(part, '[data-placeholder]') && ['', 'true', shown].includes(attributeOf(part, 'data-placeholder')))) return true;
  const [text] = parts.filter((part) => foldWhitespace(textContentOf(part).slice(0, 400)) === shown).slice(-1);
  if (!text) return false;
  const isMarked = matchesSelector(text, MARKED) || parts.some((part) => part !== anchor && matchesSelector(part, MARKED) && part.contains(text));
  return contrastOf(text) < (isMarked ? PALE_IF_MARKED : PALE);
}

/**
 * @param {Element} element
 * @returns {number} the contrast of its text to what is behind it (WCAG 2.2, contrast ratio); 21 where it is not known
 */
function contrastOf(element) {
  const text = channelsOf(liveStyleOf(element).color);
  let behind = [255, 255, 255, 1];
  for (let at = /** @type {Element | null} */ (element); at; at = composedParentOf(at)) {
    const color = channelsOf(liveStyleOf(at).backgroundColor);
    if (color && color[3] > 0.5) {
      behind = color;
      break;
    }
  }
  if (!text) return 21;
  const alpha = text[3] * Number(liveStyleOf(element).opacity);
  const mixed = text.map((channel, index) => alpha * channel + (1 - alpha) * behind[index]);
  const [lighter, darker] = [luminanceOf(mixed), luminanceOf(behind)].sort((one, other) => other - one);
  return (lighter + 0.05) / (darker + 0.05);
}

/**
 * @param {string} color as computed
 * @returns {number[] | null} red, green, blue (0 to 255) and alpha; null for another color space
 */
function channelsOf(color) {
  if (!/^rgba?\(/.test(color)) return null;
  const [red, green, blue, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, alpha];
}

/** @param {number[]} color */
function luminanceOf([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
