'use strict';

/**
 * @typedef {object} Acts what happens when the user presses a button on a card
 * @property {(fixes: Fix[]) => void} fix
 * @property {(hint: SpokenHint) => void} dismiss
 * @property {(action: string) => void} act
 */

/** What stands on a card: the field's rule, what was found in its text, buttons that write it otherwise. */
const CardContent = (() => {
  /**
   * @param {Element} field
   * @param {SpokenHint[]} hints
   * @param {Answer['words']} words
   * @param {() => void} unfold
   */
  function badge(field, hints, words, unfold) {
    const found = hints.filter((hint) => hint.severity !== 'info').length;
    const button = Overlay.button(`badge ${gravest(hints)}`, found > 0 ? String(found) : 'i', unfold);
    const name = field.matches('input, textarea, select') ? Labels.labelOf(/** @type {HTMLInputElement} */ (field)) : Labels.textOf(field);
    button.ariaLabel = Overlay.showable(`${found > 0 ? `${words.findings}: ${found}` : words.tip}, ${name}`);
    button.ariaExpanded = 'false';
    return button;
  }

  /**
   * @param {Element} field
   * @param {SpokenHint[]} hints
   * @param {string} checked
   * @param {Answer['words']} words
   * @param {Acts} acts
   * @param {() => void} fold
   * @param {() => void} leave called for the Escape key
   */
  function card(field, hints, checked, words, acts, fold, leave) {
    const made = Overlay.element('div', `card ${gravest(hints)}`);
    made.role = 'group';
    made.ariaLabel = Overlay.showable(words.product);
    for (const hint of hints) {
      const { severity, action, actionText } = hint;
      made.append(severity === 'info'
        ? Overlay.element('p', 'rule', hint.text)
        : finding(field, hint, checked, words, acts));
      if (action && actionText) made.append(Overlay.button('act', actionText, () => acts.act(action)));
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
    made.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') leave();
    });
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

  return { badge, card, gravest };
})();
