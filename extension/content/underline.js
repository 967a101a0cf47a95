'use strict';

/**
 * @typedef {object} Mark an underlined part of a field's text
 * @property {number} start in UTF-16 units
 * @property {number} end in UTF-16 units, exclusive
 * @property {'error' | 'advice' | 'info'} severity
 */

/**
 * Underlines within the page's fields. No part of an input can be styled, so a transparent copy of
 * its text lies exactly over it, and only the underlines of the copy are seen.
 */
const Underline = (() => {
  /** What decides where each letter stands. */
  const COPIED = [
    'font-family', 'font-size', 'font-style', 'font-weight', 'font-stretch', 'font-variant', 'font-kerning',
    'font-feature-settings', 'font-variation-settings', 'font-optical-sizing', 'font-size-adjust',
    'letter-spacing', 'word-spacing', 'text-indent', 'text-transform', 'text-align', 'text-rendering',
    'direction', 'unicode-bidi', 'tab-size', 'line-break', 'word-break', 'overflow-wrap', 'line-height',
  ];

  /** How far an underline reaches below its line, in CSS pixels. */
  const BELOW = 4;

  /** @typedef {{box: HTMLElement, content: HTMLElement, text: string, marks: Mark[]}} Mirror */
  /** @type {Map<HTMLInputElement | HTMLTextAreaElement, Mirror>} */
  const mirrors = new Map();

  /**
   * @param {HTMLInputElement | HTMLTextAreaElement} field
   * @param {Mark[]} marks none removes the field's underlines
   */
  function draw(field, marks) {
    if (marks.length === 0) {
      remove(field);
      return;
    }
    const mirror = mirrors.get(field) ?? create(field);
    mirror.text = field.value;
    mirror.marks = [...marks].sort((one, other) => one.start - other.start);
    fill(mirror);
    placeOne(field, mirror);
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field */
  function create(field) {
    const box = Overlay.element('div', 'mirror');
    box.ariaHidden = 'true';
    const content = Overlay.element('div', 'mirror-text');
    box.append(content);
    Overlay.root.prepend(box); // beneath the cards
    const mirror = { box, content, text: '', marks: [] };
    mirrors.set(field, mirror);
    return mirror;
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field */
  function remove(field) {
    mirrors.get(field)?.box.remove();
    mirrors.delete(field);
  }

  /** @param {(field: Element) => boolean} stays whether a field keeps its underlines */
  function keep(stays) {
    for (const field of mirrors.keys()) {
      if (!stays(field)) remove(field);
    }
  }

  /** @param {Mirror} mirror */
  function fill({ content, text, marks }) {
    content.textContent = '';
    let place = 0;
    for (const { start, end, severity } of marks) {
      if (start < place) continue; // two findings at one place: the first is shown
      const span = Overlay.element('span', `mark ${severity}`);
      // As the field has it, not as it may be shown elsewhere: each letter keeps its place.
      span.textContent = text.slice(start, end);
      content.append(text.slice(place, start), span);
      place = end;
    }
    content.append(text.slice(place));
  }

  /**
   * Keeps the underlines under their words while the user types, until the new text is checked;
   * those that the edit touches go.
   * @param {EventTarget | null} target
   */
  function follow(target) {
    const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (target);
    const mirror = mirrors.get(field);
    if (!mirror || mirror.text === field.value) return;
    const [before, after] = [mirror.text, field.value];
    const shorter = Math.min(before.length, after.length);
    let head = 0;
    while (head < shorter && before[head] === after[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
    const grown = after.length - before.length;
    draw(field, mirror.marks.flatMap((mark) => {
      if (mark.end <= head) return [mark];
      if (mark.start < before.length - tail) return [];
      return [{ ...mark, start: mark.start + grown, end: mark.end + grown }];
    }));
  }

  /** Lays every copy over its field again, after the page has moved. */
  function place() {
    for (const [field, mirror] of mirrors) {
      if (!field.isConnected) remove(field);
      // A script may have set the value; no event tells of that.
      else if (mirror.text !== field.value) follow(field);
      else placeOne(field, mirror);
    }
  }

  /**
   * @param {HTMLInputElement | HTMLTextAreaElement} field
   * @param {Mirror} mirror
   */
  function placeOne(field, { box, content }) {
    const style = getComputedStyle(field);
    for (const name of COPIED) content.style.setProperty(name, style.getPropertyValue(name));
    content.lang = field.closest('[lang]')?.getAttribute('lang') ?? ''; // "i" has its own capital in Turkish
    const multiline = field instanceof HTMLTextAreaElement;
    const padding = (/** @type {string} */ side) => Number.parseFloat(style.getPropertyValue(`padding-${side}`)) || 0;
    const [top, right, bottom, left] = ['top', 'right', 'bottom', 'left'].map(padding);

    // A text area shows text up to its border, an input only within its padding.
    const inset = multiline ? { left: 0, top: 0 } : { left, top };
    const width = field.clientWidth - (multiline ? 0 : left + right);
    const height = field.clientHeight - (multiline ? 0 : top + bottom);
    if (multiline) content.style.padding = `${top}px ${right}px ${bottom}px ${left}px`;
    else content.style.lineHeight = `${height}px`; // an input centres its line
    content.style.whiteSpace = multiline ? style.whiteSpace : 'pre';
    content.style.transform = `translate(${-field.scrollLeft}px, ${-field.scrollTop}px)`;

    const outer = field.getBoundingClientRect();
    const origin = Overlay.origin();
    // Zoomed or scaled pages: laid out in the field's own pixels, then scaled with it.
    const scale = { x: outer.width / field.offsetWidth || 1, y: outer.height / field.offsetHeight || 1 };
    const x = outer.left + (field.clientLeft + inset.left) * scale.x;
    const y = outer.top + (field.clientTop + inset.top) * scale.y;
    box.style.width = `${width}px`;
    box.style.height = `${height}px`;
    box.style.transform = `scale(${1 / origin.scale}) translate(${x - origin.left}px, ${y - origin.top}px) `
      + `scale(${scale.x}, ${scale.y})`;

    const area = ShownArea.of(field);
    box.hidden = area === null;
    if (area === null) return;
    // The last line's underline may stand a little below the text, but never outside what is shown.
    const clips = [
      Math.max(0, (area.top - y) / scale.y), Math.max(0, x / scale.x + width - area.right / scale.x),
      Math.max(-BELOW, y / scale.y + height - area.bottom / scale.y), Math.max(0, (area.left - x) / scale.x),
    ];
    box.style.clipPath = `inset(${clips.map((clip) => `${clip}px`).join(' ')})`;
  }

  return { draw, keep, follow, place };
})();
