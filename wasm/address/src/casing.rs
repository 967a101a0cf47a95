//! The letter case of an expansion.

use crate::occurrence::{Occurrence, letters};
use crate::rule::Case;
use crate::skeleton::is_letter;
use eimza_turkish::{lower, upper};

/// The number of tokens before the abbreviation that are considered: a part of an address is seldom longer.
const TOKENS_BEFORE: usize = 12;
/// The number of tokens after it. Fewer, because the town at the end is often in capitals when the rest is
/// not.
const TOKENS_AFTER: usize = 4;

/// The letter case of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Upper,
    Mixed,
    Lower,
}

/// Returns the expansion in the letter case that the rule and the occurrence determine.
pub fn apply(occurrence: &Occurrence, case: Case, expansion: &str) -> String {
    match style(occurrence, case) {
        Style::Upper => upper(expansion),
        Style::Mixed => expansion.to_owned(),
        Style::Lower => lower(expansion),
    }
}

fn style(occurrence: &Occurrence, case: Case) -> Style {
    let abbreviation = &occurrence.text[occurrence.start()..occurrence.end()];
    let own = style_of(abbreviation.iter().copied());
    match case {
        Case::Small if own == Style::Upper => Style::Upper,
        Case::Small => Style::Lower,
        // A single capital does not determine the letter case of the whole word.
        Case::Writer if own == Style::Upper && only_initials(abbreviation) => surrounding_style(occurrence),
        Case::Around if own == Style::Upper => surrounding_style(occurrence),
        Case::Next if own == Style::Upper => {
            occurrence.next_word().map_or(Style::Mixed, |next| style_of(letters(occurrence.text, next)))
        }
        Case::Writer | Case::Around | Case::Next => own,
    }
}

/// Returns the letter case of the surrounding words: capitals only if all of them are in capitals.
fn surrounding_style(occurrence: &Occurrence) -> Style {
    let before = occurrence.before().take(TOKENS_BEFORE);
    let words = before
        .chain(occurrence.following().take(TOKENS_AFTER))
        .filter(|token| token.word().is_some() && token.len() > 1);
    let mut styles = words.map(|token| style_of(letters(occurrence.text, token))).peekable();
    let any = styles.peek().is_some();
    if any && styles.all(|style| style == Style::Upper) { Style::Upper } else { Style::Mixed }
}

fn style_of(letters: impl Iterator<Item = char>) -> Style {
    let mut letters = letters.filter(|&letter| is_letter(letter));
    match letters.next() {
        Some(first) if first.is_lowercase() => Style::Lower,
        _ if letters.any(char::is_lowercase) => Style::Mixed,
        _ => Style::Upper,
    }
}

fn only_initials(abbreviation: &[char]) -> bool {
    abbreviation.split(|&letter| letter == '.').all(|part| part.len() <= 1)
}

#[cfg(test)]
mod tests {
    use crate::fix_all;

    #[test]
    fn keeps_letter_case() {
        assert_eq!(fix_all("GÜL MAH. lale mah. Nar Mah."), "GÜL MAHALLESİ lale mahallesi Nar Mahallesi");
    }

    #[test]
    fn a_single_capital_follows_the_surrounding_words() {
        assert_eq!(fix_all("Gül Sokak D:5"), "Gül Sokak Daire:5");
        assert_eq!(fix_all("GÜL SOKAK D:5"), "GÜL SOKAK DAİRE:5");
        assert_eq!(fix_all("Gül Sokak D:5 ÜSKÜDAR"), "Gül Sokak Daire:5 ÜSKÜDAR");
    }

    #[test]
    fn a_single_lower_case_letter_stays_lower_case() {
        assert_eq!(fix_all("gül sokak d:5"), "gül sokak daire:5");
    }
}
