'use strict';

/**
 * Cards at the fields that hints speak of: the field's rule, what was found in its text, and
 * buttons that write it otherwise.
 */
const FieldCard = (() => {
  /**
   * @typedef {object} Card
   * @property {HTMLElement} element the card, or the badge that it is folded to
   * @property {string} from what it was drawn from
   * @property {boolean | undefined} opened as the user wanted it; undefined: by the room there is
   * @property {() => void} redraw
   *
   * @typedef {object} Acts what happens when the user presses a button
   * @property {(fixes: Fix[]) => void} fix
   * @property {(hint: SpokenHint) => void} dismiss
   */
  /** @type {Map<Element, Card>} */
  const cards = new Map();

  /**
   * @param {Element} field
   * @param {SpokenHint[]} hints those of the field
   * @param {string} checked the text of the field that they speak of
   * @param {Answer['words']} words
   * @param {Acts} acts
   */
  function draw(field, hints, checked, words, acts) {
    const known = cards.get(field);
    const redraw = () => draw(field, hints, checked, words, acts);
    const open = isOpen(field, known?.opened);
    const from = JSON.stringify([open, hints, checked, words, Write.isWritable(field), field.getAttribute('maxlength')]);
    if (known?.from === from) {
      known.redraw = redraw;
      return;
    }
    const turn = (/** @type {boolean} */ opened) => {
      const card = cards.get(field);
      if (card) card.opened = opened;
      redraw();
    };
    const element = open
      ? card(field, hints, checked, words, acts, () => turn(false))
      : badge(hints, words, () => turn(true));
    if (known) known.element.replaceWith(element);
    else Overlay.root.append(element);
    cards.set(field, { element, from, opened: known?.opened, redraw });
    CardPlace.put(element, field);
  }

  /**
   * Below or above its field a card hides what else the user fills in, so there it opens with the focus.
   * @param {Element} field
   * @param {boolean | undefined} opened as the user wanted it
   */
  function isOpen(field, opened) {
    return opened ?? (CardPlace.hasRoomBeside(field) || document.activeElement === field);
  }

  /**
   * @param {SpokenHint[]} hints
   * @param {Answer['words']} words
   * @param {() => void} unfold
   */
  function badge(hints, words, unfold) {
    const found = hints.filter((hint) => hint.severity !== 'info').length;
    const button = Overlay.button(`badge ${gravest(hints)}`, found > 0 ? String(found) : 'i', unfold);
    button.ariaLabel = Overlay.showable(words.unfold);
    return button;
  }

  /**
   * @param {Element} field
   * @param {SpokenHint[]} hints
   * @param {string} checked
   * @param {Answer['words']} words
   * @param {Acts} acts
   * @param {() => void} fold
   */
  function card(field, hints, checked, words, acts, fold) {
    const made = Overlay.element('div', `card ${gravest(hints)}`);
    made.role = 'group';
    made.ariaLabel = Overlay.showable(words.product);
    made.ariaLive = 'polite';
    for (const hint of hints) {
      made.append(hint.severity === 'info'
        ? Overlay.element('p', 'rule', hint.text)
        : finding(field, hint, checked, words, acts));
    }
    const preferred = hints.flatMap((hint) => hint.fixes.slice(0, 1));
    if (preferred.length > 0 && !Write.accepts(field, checked, preferred)) {
      made.append(copyButton(Write.corrected(checked, preferred), words));
    } else if (preferred.length > 1) {
      made.append(Overlay.button('primary', words.fixAll, () => acts.fix(preferred)));
    }
    const folding = Overlay.button('quiet fold-card', '×', fold);
    folding.ariaLabel = Overlay.showable(words.fold);
    made.append(folding);
    return made;
  }

  /**
   * @param {Element} field
   * @param {SpokenHint} hint
   * @param {string} checked
   * @param {Answer['words']} words
   * @param {Acts} acts
   */
  function finding(field, hint, checked, words, acts) {
    const row = Overlay.element('div', `finding ${hint.severity}`);
    const choices = Overlay.element('div', 'choices');
    hint.fixes.forEach((each, index) => {
      const written = checked.slice(Write.toUnits(checked, each.start), Write.toUnits(checked, each.end));
      const change = index === 0 ? `${written} → ${each.text}` : each.text;
      choices.append(Write.accepts(field, checked, [each])
        ? Overlay.button('change', change, () => acts.fix([each]))
        : Overlay.element('span', 'change', change));
    });
    // What breaks the form's rule cannot be wished away.
    if (hint.severity === 'advice') choices.append(Overlay.button('quiet', words.dismiss, () => acts.dismiss(hint)));
    const reason = Overlay.element('p', 'reason', hint.text);
    row.append(...(hint.fixes.length > 0 ? [choices, reason] : [reason, choices]));
    return row;
  }

  /**
   * @param {string} text
   * @param {Answer['words']} words
   */
  function copyButton(text, words) {
    const button = Overlay.button('primary', words.copy, async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = Overlay.showable(words.copied);
      } catch {
        // The page's permissions policy forbids it; the corrected text can still be read on the card.
      }
    });
    return button;
  }

  /** @param {SpokenHint[]} hints */
  function gravest(hints) {
    return ['error', 'advice'].find((severity) => hints.some((hint) => hint.severity === severity)) ?? 'info';
  }

  /** @param {(field: Element) => boolean} stays whether a field keeps its card */
  function keep(stays) {
    for (const [field, { element }] of cards) {
      if (stays(field)) continue;
      element.remove();
      cards.delete(field);
    }
  }

  /** Puts every card beside its field again, after the page has moved. */
  function place() {
    keep((field) => field.isConnected);
    for (const [field, known] of cards) {
      // Pressing a card's button with the keyboard must not fold the card.
      if (!Overlay.hasFocus()) known.redraw();
      CardPlace.put(/** @type {Card} */ (cards.get(field)).element, field);
    }
  }

  return { draw, keep, place };
})();
