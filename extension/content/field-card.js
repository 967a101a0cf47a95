'use strict';

/** Cards at the fields and buttons that hints speak of: which are open, and that they leave each other room. */
const FieldCard = (() => {
  /**
   * @typedef {object} Card
   * @property {HTMLElement} element the card, or the badge that it is folded to
   * @property {string} from what it was drawn from
   * @property {SpokenHint[]} hints
   * @property {boolean | undefined} opened as the user wanted it; undefined: by the room there is
   * @property {boolean} crowded whether another card stands where it would
   * @property {{width: number, height: number} | undefined} size of the open card, once it was drawn
   * @property {() => void} redraw
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
    const open = isOpen(field, hints, known);
    const from = JSON.stringify([open, hints, checked, words, Write.isWritable(field), field.getAttribute('maxlength')]);
    if (known?.from === from) {
      known.redraw = redraw;
      return;
    }
    const turn = (/** @type {boolean} */ opened) => {
      const card = cards.get(field);
      if (card) card.opened = opened;
      redraw();
      arrange();
    };
    const leave = () => {
      turn(false);
      /** @type {HTMLElement} */ (field).focus();
    };
    const element = open
      ? CardContent.card(field, hints, checked, words, acts, () => turn(false), leave)
      : CardContent.badge(field, hints, words, () => turn(true));
    if (known) Overlay.swap(known.element, element);
    else Overlay.root.append(element);
    CardPlace.put(element, field);
    const size = open ? { width: element.offsetWidth, height: element.offsetHeight } : known?.size;
    cards.set(field, { element, from, hints, opened: known?.opened, crowded: known?.crowded ?? false, size, redraw });
  }

  /**
   * @param {Element} field
   * @param {SpokenHint[]} hints
   * @param {Card | undefined} known
   */
  function isOpen(field, hints, known) {
    return known?.opened ?? (document.activeElement === field || (opensByItself(field, hints) && !known?.crowded));
  }

  /**
   * Below or above its field a card hides what else the user fills in, so there it waits for the focus;
   * and so it does where it has only tips.
   * @param {Element} field
   * @param {SpokenHint[]} hints
   */
  function opensByItself(field, hints) {
    return CardPlace.hasRoomBeside(field) && !hints.every((hint) => hint.quiet);
  }

  /** @param {(field: Element) => boolean} stays whether a field keeps its card */
  function keep(stays) {
    for (const [field, { element }] of cards) {
      if (stays(field)) continue;
      Overlay.drop(element, field);
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
    arrange();
  }

  /** Folds the cards that would lie over more important ones, and hides badges that are in the way. */
  function arrange() {
    if (!Overlay.hasFocus()) makeRoom();
    const kept = [Corner.rectangle(), Overlay.fieldInUse()?.getBoundingClientRect(), ...openCards()];
    for (const { element } of cards.values()) {
      const box = element.getBoundingClientRect();
      const inTheWay = isBadge(element) && kept.some((other) => other && CardPlace.meet(box, other));
      element.style.visibility = inTheWay ? 'hidden' : '';
    }
  }

  /** @param {HTMLElement} element */
  function isBadge(element) {
    return element.matches('button');
  }

  function openCards() {
    const open = [...cards.values()].filter(({ element }) => !isBadge(element));
    return open.map(({ element }) => element.getBoundingClientRect());
  }

  function makeRoom() {
    /** @type {{left: number, top: number, right: number, bottom: number}[]} */
    const taken = [];
    for (const field of byImportance()) {
      const card = /** @type {Card} */ (cards.get(field));
      if (!isOpen(field, card.hints, { ...card, crowded: false }) || card.size === undefined) continue;
      const box = CardPlace.boxBeside(card.size, field);
      if (box === undefined) continue;
      const isWanted = card.opened === true || document.activeElement === field;
      const crowded = !isWanted && taken.some((other) => CardPlace.meet(box, other));
      if (!crowded) taken.push(box);
      if (crowded === card.crowded) continue;
      card.crowded = crowded;
      card.redraw();
    }
  }

  /** The field that the user is in first, then what they opened, then by what the hints say. */
  function byImportance() {
    const rank = (/** @type {Element} */ field) => {
      if (document.activeElement === field) return 0;
      const { opened, hints } = /** @type {Card} */ (cards.get(field));
      return opened ? 1 : 2 + ['error', 'advice', 'info'].indexOf(CardContent.gravest(hints));
    };
    return [...cards.keys()].sort((one, other) => rank(one) - rank(other));
  }

  return { draw, keep, place, arrange };
})();
