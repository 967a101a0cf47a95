//! The letter case of an expansion.

use crate::letters::{is_letter, lower, upper};
use crate::rule::Case;
use crate::site::{Site, written};

/// How far the words around are asked, in tokens: an address part is seldom longer.
const BEFORE: usize = 12;
/// The town that follows is often in capitals when the rest is not: the words after count less far.
const AFTER: usize = 4;

/// How a piece of text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Capital,
    Mixed,
    Small,
}

/// The expansion, written as the abbreviation's rule and place want it.
pub fn apply(site: &Site, case: Case, expansion: &str) -> String {
    match style(site, case) {
        Style::Capital => upper(expansion),
        Style::Mixed => expansion.to_owned(),
        Style::Small => lower(expansion),
    }
}

fn style(site: &Site, case: Case) -> Style {
    let abbreviation: String = site.text[site.start()..site.end()].iter().collect();
    let own = style_of(&abbreviation);
    match case {
        Case::Small if own == Style::Capital => Style::Capital,
        Case::Small => Style::Small,
        // A capital by itself says nothing about the capitals of a whole word.
        Case::Writer if own == Style::Capital && only_initials(&abbreviation) => around(site),
        Case::Around if own == Style::Capital => around(site),
        Case::Next if own == Style::Capital => {
            site.next_word().map_or(Style::Mixed, |next| style_of(&written(site.text, next)))
        }
        Case::Writer | Case::Around | Case::Next => own,
    }
}

/// Capital where all words around are. One that is not tells how the writer writes.
fn around(site: &Site) -> Style {
    let before = site.before().take(BEFORE);
    let mut words = before.chain(site.following().take(AFTER)).filter(|token| token.word().is_some() && token.len() > 1);
    let mut capitals = words.by_ref().map(|token| style_of(&written(site.text, token)) == Style::Capital).peekable();
    if capitals.peek().is_some() && capitals.all(|capital| capital) { Style::Capital } else { Style::Mixed }
}

fn style_of(text: &str) -> Style {
    let small = text.chars().any(char::is_lowercase);
    let first_small = text.chars().find(|&letter| is_letter(letter)).is_some_and(char::is_lowercase);
    match (small, first_small) {
        (false, _) => Style::Capital,
        (true, true) => Style::Small,
        (true, false) => Style::Mixed,
    }
}

fn only_initials(abbreviation: &str) -> bool {
    abbreviation.split('.').all(|part| part.chars().count() <= 1)
}

#[cfg(test)]
mod tests {
    use crate::fix_all;

    #[test]
    fn capitals_small_and_mixed_letters_are_kept() {
        assert_eq!(fix_all("GÜL MAH. lale mah. Nar Mah."), "GÜL MAHALLESİ lale mahallesi Nar Mahallesi");
    }

    #[test]
    fn a_capital_alone_looks_at_the_words_around() {
        assert_eq!(fix_all("Gül Sokak D:5"), "Gül Sokak Daire:5");
        assert_eq!(fix_all("GÜL SOKAK D:5"), "GÜL SOKAK DAİRE:5");
        assert_eq!(fix_all("Gül Sokak D:5 ÜSKÜDAR"), "Gül Sokak Daire:5 ÜSKÜDAR");
    }

    #[test]
    fn a_small_letter_alone_stays_small() {
        assert_eq!(fix_all("gül sokak d:5"), "gül sokak daire:5");
    }
}
