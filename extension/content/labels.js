'use strict';

/**
 * What a person reads as a field's name. Kamu SM's markup is not known and old pages label with
 * table cells or bare text, so each way is tried, the surest first.
 */
const Labels = (() => {
  const MAX_LENGTH = 2000;
  const CONTROLS = 'input:not([type=hidden]), textarea, select, button';
  const HEADINGS = 'h1, h2, h3, h4, h5, h6, legend, caption, [role=heading]';
  const isUnread = Dom.matcher('script, style, noscript, template, textarea, select, button, [contenteditable]');
  /** How far up a label in bare text may stand. */
  const LEVELS = 3;
  /** Most texts are folded as they stand, and to look is quicker than to fold. */
  const UNFOLDED = /^\s|\s\s|[^\S ]|\s$/;
  const END = Symbol('a control or a heading');
  /** So many nodes are looked at for one snapshot; what comes after stays without a name. */
  const BUDGET = 60_000;

  let left = BUDGET;
  /** Texts that were read for this snapshot. */
  /** @type {Map<Node, string>} */
  let known = new Map();
  /** The page's labels by their fields, while a snapshot is taken. */
  /** @type {Map<Element, HTMLLabelElement[]> | null} */
  let labels = null;

  /**
   * @template T
   * @param {() => T} read takes a snapshot; must not change the page
   * @returns {T}
   */
  function during(read) {
    left = BUDGET;
    known = new Map();
    labels = labelsByField();
    try {
      return read();
    } finally {
      labels = null;
    }
  }

  /** A field that is asked for its labels searches the whole page after every change: this is one search for all fields. */
  function labelsByField() {
    /** @type {Map<Element, HTMLLabelElement[]>} */
    const found = new Map();
    /** @type {Element | null} */
    let outer = null;
    for (const label of document.querySelectorAll('label')) {
      left -= 1;
      if (left <= 0) break;
      // HTML has no label in a label; a search for the field of each would take as long as they are deep.
      if (outer?.contains(label)) continue;
      outer = label;
      const field = label.control;
      if (field === null) continue;
      const others = found.get(field);
      if (others) others.push(label);
      else found.set(field, [label]);
    }
    return found;
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field */
  function labelsOf(field) {
    return labels ? labels.get(field) ?? [] : [...field.labels ?? []];
  }

  /**
   * The visible text of a node without the text of controls in it, white space folded.
   * @param {Node} node
   * @returns {string}
   */
  function textOf(node) {
    let text = known.get(node);
    if (text === undefined) {
      text = readText(node);
      known.set(node, text);
    }
    return text;
  }

  /** @param {Node} node */
  function readText(node) {
    if (node instanceof Element && !Looks.of(node).visible) return '';
    const parts = [];
    let length = 0;
    for (let each = /** @type {Node | null} */ (node); each && left > 0 && length <= MAX_LENGTH;) {
      const part = each === node || isRead(each) ? partOf(each) : null;
      if (part !== null) {
        left -= 1;
        parts.push(part);
        length += part.length;
      }
      each = Dom.after(each, node, part !== null);
    }
    return folded(parts.join('')).slice(0, MAX_LENGTH);
  }

  /**
   * @param {Node} node
   * @returns {boolean} whether it and what is in it belongs to the text around it
   */
  function isRead(node) {
    return !(node instanceof Element) || (!isUnread(node) && Looks.of(node).visible);
  }

  /**
   * @param {Node} node
   * @returns {string | null} what stands for the node itself in a text; null for comments and the like
   */
  function partOf(node) {
    if (node instanceof Element) return gapBefore(node);
    return node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '').slice(0, 4 * MAX_LENGTH) : null;
  }

  /**
   * Inline elements may stand within a word, others begin a new one.
   * @param {Element} element
   */
  function gapBefore(element) {
    return Looks.of(element).inline && element.tagName !== 'BR' ? '' : ' ';
  }

  /**
   * @param {string} text
   * @returns {string}
   */
  function folded(text) {
    return UNFOLDED.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
  }

  /**
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field
   * @returns {string} at most 2,000 characters; empty where nothing names the field
   */
  function labelOf(field) {
    const ticked = field.type === 'radio' || field.type === 'checkbox';
    const label = labelsOf(field).map(textOf).join(' ')
      || referenced(field)
      || folded(Dom.attribute(field, 'aria-label'))
      || (ticked ? textBeside(field, Dom.nextOf) : '')
      || cellBefore(field)
      || textBeside(field, Dom.previousOf)
      || folded(Dom.attribute(field, 'placeholder'))
      || prompt(field);
    return label.slice(0, MAX_LENGTH);
  }

  /**
   * A list has no placeholder; an entry that chooses nothing stands in for one.
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field
   */
  function prompt(field) {
    const first = field instanceof HTMLSelectElement ? field.options[0] : undefined;
    return first?.value === '' ? optionText(first) : '';
  }

  /**
   * @param {HTMLOptionElement} option
   * @returns {string} what it reads; of a very long one the beginning
   */
  function optionText(option) {
    return folded((option.textContent ?? '').slice(0, 2 * MAX_LENGTH));
  }

  /** @param {Element} field */
  function referenced(field) {
    const ids = folded(Dom.attribute(field, 'aria-labelledby')).split(' ');
    const named = ids.map((id) => document.getElementById(id)).filter((each) => each !== null);
    return named.map(textOf).join(' ');
  }

  /** @param {Element} field */
  function cellBefore(field) {
    for (let cell = field.closest('td, th')?.previousElementSibling; cell; cell = cell.previousElementSibling) {
      left -= 1;
      if (left <= 0 || Dom.contains(cell, CONTROLS)) return '';
      const text = textOf(cell);
      if (isName(text)) return text;
    }
    return '';
  }

  /**
   * The nearest line of text on one side that is a name, up to the next control or heading.
   * @param {Element} field
   * @param {(of: Node) => Node | null} side `Dom.previousOf` or `Dom.nextOf`
   */
  function textBeside(field, side) {
    let place = /** @type {Element | null} */ (field);
    for (let level = 0; place && level < LEVELS && !Dom.matches(place, 'form, fieldset, td, body'); level += 1) {
      for (const line of linesBeside(place, side)) {
        if (line === END) return '';
        if (isName(line)) return line;
      }
      place = Dom.parentOf(place);
    }
    return '';
  }

  /**
   * Lines of text among the siblings, nearest first; `END` where a control or a heading stands.
   * @param {Element} place
   * @param {(of: Node) => Node | null} side
   * @returns {Generator<string | typeof END>}
   */
  function* linesBeside(place, side) {
    let line = '';
    for (let node = side(place); node && left > 0; node = side(node)) {
      left -= 1;
      const ends = node instanceof Element && endsSearch(node);
      if (ends || (node instanceof Element && gapBefore(node) !== '')) {
        yield folded(line);
        line = '';
      }
      if (ends) {
        yield END;
      } else if (node.nodeType !== Node.COMMENT_NODE) {
        const text = node.nodeType === Node.TEXT_NODE ? node.nodeValue ?? '' : textOf(node);
        line = side === Dom.previousOf ? text + line : line + text;
      }
    }
    yield folded(line);
  }

  /** @param {Element} element */
  function endsSearch(element) {
    const ends = `${CONTROLS}, ${HEADINGS}`;
    return Dom.matches(element, ends) || Dom.contains(element, ends);
  }

  /**
   * A rule or an explanation beside a field is not its name, nor is a lone star.
   * @param {string} text
   */
  function isName(text) {
    const explains = text.length > 80 || (/[.!?]$/.test(text) && text.split(' ').length > 4);
    return /\p{L}/u.test(text) && !explains;
  }

  return { during, labelOf, textOf, optionText, folded, HEADINGS };
})();
