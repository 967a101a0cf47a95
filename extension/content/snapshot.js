'use strict';

/**
 * @typedef {object} SnapshotField one form field; keys that would be empty are absent
 * @property {string} ref names the element for the hints that answer
 * @property {string} kind text, textarea, select, radio, checkbox, date, tel, email, number, password
 * @property {string} [label]
 * @property {string} [name]
 * @property {string} [id]
 * @property {string} [placeholder]
 * @property {string} [value] the text in it; of a select the chosen option's text; of a radio button
 *   or check box its value while it is chosen; never that of a sensitive field
 * @property {string[]} [options]
 * @property {true} [required]
 * @property {true} [readonly]
 * @property {true} [unread] its value is never read, so nobody knows whether it is empty
 *
 * @typedef {object} PageSnapshot a page as a person sees it: wasm/guide/src/snapshot.rs
 * @property {string} url
 * @property {string} [title]
 * @property {string[]} [headings]
 * @property {SnapshotField[]} [fields]
 * @property {{ref: string, text: string, reached?: true}[]} [buttons] `reached` once the user has been at it
 * @property {string[]} [texts]
 * @property {string} [typing] the name of the field that the user is typing in
 */

/** Reads the page. Bounded, so that no page can make it slow or large. */
const Snapshot = (() => {
  const MAX_NODES = 20_000;
  /** Deeper than the HTML parser nests. */
  const MAX_DEPTH = 512;
  const MAX_FIELDS = 500;
  const MAX_BUTTONS = 500;
  const MAX_OPTIONS = 400;
  const MAX_TEXTS = 400;
  const MAX_TEXT = 300;
  const MAX_VALUE = 2000;

  const UNREAD = 'script, style, noscript, template, textarea, select, iframe, object, svg, [contenteditable]';
  const FIELDS = 'input:not([type=hidden], [type=submit], [type=button], [type=image], [type=reset]), textarea, select';
  const NOTED = [Labels.HEADINGS, FIELDS, Presence.BUTTONS].join(', ');
  const mayBeNoted = Dom.firstLook(NOTED);
  const mayMatter = Dom.firstLook(`${NOTED}, ${UNREAD}`);
  const [isUnread, isField, isHeading, isButton] = [UNREAD, FIELDS, Labels.HEADINGS, Presence.BUTTONS].map(Dom.matcher);
  const KINDS = new Set(['radio', 'checkbox', 'date', 'tel', 'email', 'number', 'password']);

  /** @returns {PageSnapshot} */
  function take() {
    return Looks.during(() => Labels.during(read));
  }

  /** @returns {PageSnapshot} */
  function read() {
    const reading = new Reading();
    if (document.body) reading.enter(document.body, 0);
    reading.endText();
    const title = Labels.folded(String(document.title).slice(0, MAX_VALUE)).slice(0, MAX_TEXT);
    const { headings, fields, buttons, texts } = reading;
    const words = [title, ...headings, ...texts, ...buttons.map((button) => button.text)];
    return withoutEmpty({
      url: location.href.slice(0, MAX_VALUE),
      typing: reading.typing,
      ...(Sensitive.speakOfCodes(words) ? veiled(title, reading) : { title, headings, fields, buttons, texts }),
    });
  }

  /**
   * @param {string} title
   * @param {Reading} reading
   */
  function veiled(title, { headings, fields, buttons, texts }) {
    const { veil } = Sensitive;
    return {
      title: veil(title),
      headings: headings.map(veil),
      fields: fields.map((field) => withoutEmpty({
        ...field,
        label: veil(field.label ?? ''),
        placeholder: veil(field.placeholder ?? ''),
        options: (field.options ?? []).map(veil),
      })),
      buttons: buttons.map((button) => ({ ...button, text: veil(button.text) })),
      texts: texts.map(veil),
    };
  }

  /** One walk over the page, in document order. */
  class Reading {
    /** @type {string[]} */ headings = [];
    /** @type {SnapshotField[]} */ fields = [];
    /** @type {{ref: string, text: string, reached?: true}[]} */ buttons = [];
    /** @type {string[]} */ texts = [];
    typing = '';
    /** What is still entered: at first everything. */
    /** @type {{has: (element: Element) => boolean}} */
    #open = { has: () => true };
    /** What may be noted still, once it is wanted. */
    /** @type {Element[] | null} */
    #ahead = null;
    /** The last element that was come to. */
    /** @type {Element} */
    #at = document.body;
    #nodes = 0;
    #text = '';

    /**
     * @param {Element} element
     * @param {number} depth
     */
    enter(element, depth) {
      if (!this.#open.has(element)) return;
      const look = Looks.of(element);
      if (look.display === 'none' || depth > MAX_DEPTH) return;
      if (mayMatter(element)) {
        this.#note(element, look);
        if (isUnread(element)) return;
      }
      const inline = look.inline || look.display === 'contents';
      if (!inline || element.tagName === 'BR') this.endText();
      for (let child = Dom.firstOf(element); child; child = Dom.nextOf(child)) {
        this.#nodes += 1;
        if (this.#nodes > MAX_NODES) return;
        if (child instanceof Element) {
          this.#at = child;
          this.enter(child, depth + 1);
        } else if (child instanceof Text && this.texts.length < MAX_TEXTS && look.visible) {
          this.#add(child.data);
        }
      }
      if (!inline) this.endText();
    }

    /** What stands in one line of text may be spread over several inline elements. */
    endText() {
      const text = Labels.folded(this.#text).slice(0, MAX_TEXT);
      this.#text = '';
      if (text !== '' && this.texts.length < MAX_TEXTS) this.#tell(this.texts, text, MAX_TEXTS);
    }

    /**
     * @template T
     * @param {T[]} list one that is not full
     * @param {T} item
     * @param {number} most
     */
    #tell(list, item, most) {
      list.push(item);
      if (list.length === most) this.#narrow();
    }

    /** Once there are texts enough, elements are entered only for what else is in them. */
    #narrow() {
      if (this.texts.length < MAX_TEXTS) return;
      this.#ahead ??= this.#lookAhead();
      if (this.#ahead === null) return;
      const sought = [
        ...(this.fields.length < MAX_FIELDS ? [isField] : []),
        ...(this.buttons.length < MAX_BUTTONS ? [isButton] : []),
        ...(this.headings.length < MAX_TEXTS ? [isHeading] : []),
      ];
      // While all three are sought, an element too many costs less than to ask of each.
      const found = sought.length === 3
        ? this.#ahead : this.#ahead.filter((element) => sought.some((is) => is(element)));
      this.#open = Dom.withAncestors(found);
    }

    /** @returns {Element[] | null} what may be noted from here on; null where the page is so large that nodes have to be counted */
    #lookAhead() {
      if (Dom.nodesIn(document.body) > MAX_NODES) return null;
      const ahead = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
      walker.currentNode = this.#at;
      for (let each = walker.nextNode(); each; each = walker.nextNode()) {
        const element = /** @type {Element} */ (each);
        if (mayBeNoted(element)) ahead.push(element);
      }
      return ahead;
    }

    /** @param {string} part */
    #add(part) {
      // White space may still be folded away, so more is kept than will be told.
      if (this.#text.length < 4 * MAX_TEXT) this.#text += part.slice(0, 4 * MAX_TEXT);
    }

    /**
     * @param {Element} element
     * @param {ReturnType<typeof Looks.of>} look
     */
    #note(element, look) {
      if (this.headings.length < MAX_TEXTS && isHeading(element) && look.visible) {
        const text = Labels.textOf(element).slice(0, MAX_TEXT);
        if (text !== '') this.#tell(this.headings, text, MAX_TEXTS);
      }
      if (this.fields.length < MAX_FIELDS && isField(element) && look.visible) {
        this.#tell(this.fields, readField(/** @type {any} */ (element)), MAX_FIELDS);
        if (Presence.isTyping(element)) this.typing = Anchors.nameOf(element, 'f');
      }
      if (this.buttons.length < MAX_BUTTONS && isButton(element) && look.visible) {
        const text = buttonText(element);
        if (text === '') return;
        const button = withoutEmpty({ ref: Anchors.nameOf(element, 'b'), text, reached: Presence.hasReached(element) });
        this.#tell(this.buttons, button, MAX_BUTTONS);
      }
    }
  }

  /**
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field
   * @returns {SnapshotField}
   */
  function readField(field) {
    const label = Labels.labelOf(field);
    // Without a name nobody knows what it is: it may be a code.
    const unread = Sensitive.isSensitive(field, label) || label === '';
    const options = field instanceof HTMLSelectElement ? [...field.options].slice(0, MAX_OPTIONS) : [];
    return withoutEmpty({
      ref: Anchors.nameOf(field, 'f'),
      kind: kindOf(field),
      label,
      name: field.name.slice(0, MAX_TEXT),
      id: field.id.slice(0, MAX_TEXT),
      placeholder: Labels.folded(Dom.attribute(field, 'placeholder')),
      value: unread ? '' : valueOf(field),
      options: options.map((option) => Labels.optionText(option).slice(0, MAX_TEXT)),
      required: field.required || field.ariaRequired === 'true',
      readonly: field.matches(':disabled') || ('readOnly' in field && field.readOnly) || field.ariaReadOnly === 'true',
      unread,
    });
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field */
  function kindOf(field) {
    if (field instanceof HTMLTextAreaElement) return 'textarea';
    if (field instanceof HTMLSelectElement) return 'select';
    return KINDS.has(field.type) ? field.type : 'text';
  }

  /**
   * The value of a field that is not sensitive. A very long one is left out whole: positions in a
   * part of it would mislead.
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field
   * @returns {string}
   */
  function valueOf(field) {
    const chosen = field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')
      ? field.checked : field.type !== 'file';
    if (!chosen) return '';
    const value = field instanceof HTMLSelectElement
      ? [...field.selectedOptions].slice(0, 1).map(Labels.optionText).join('') : field.value;
    return value.length > MAX_VALUE ? '' : value;
  }

  /** @param {Element} element */
  function buttonText(element) {
    const written = element instanceof HTMLInputElement ? element.value || element.alt : Labels.textOf(element);
    const text = written || Dom.attribute(element, 'aria-label') || Dom.attribute(element, 'title');
    return Labels.folded(text.slice(0, MAX_VALUE)).slice(0, MAX_TEXT);
  }

  /**
   * @template {object} T
   * @param {T} object
   * @returns {any} without the keys whose value is empty or false
   */
  function withoutEmpty(object) {
    /** @type {any} */
    const kept = {};
    for (const key in object) {
      const value = object[key];
      if (value !== '' && value !== false && !(Array.isArray(value) && value.length === 0)) kept[key] = value;
    }
    return kept;
  }

  return { take, valueOf };
})();
