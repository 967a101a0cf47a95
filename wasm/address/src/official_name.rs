//! Words within official names that look like abbreviations.

use crate::heads::ends_part;
use crate::occurrence::{Occurrence, letters};
use crate::rule::{Category, Rule};
use crate::skeleton::spells;
use crate::token::Token;

/// Skeletons of the full words for a quarter.
const QUARTER: [&str; 3] = ["mahalle", "mahallesi", "mah"];

/// Provinces that look like a word cut short.
const PROVINCES: [&str; 2] = ["kars", "van"];

/// Returns whether the abbreviation is part of an official name: "ANBAR SB MAHALLESİ", "SİT MAHALLESİ", or of
/// a longer acronym ("E.Ü.A.Ş.").
pub fn has(occurrence: &Occurrence, rule: &Rule) -> bool {
    is_end_of_acronym(occurrence) || names_quarter(occurrence, rule) || is_province(occurrence)
}

/// Returns whether it is a province without diacritics and the dot of a sentence: "Merkez/KARS.".
fn is_province(occurrence: &Occurrence) -> bool {
    occurrence.dotted
        && occurrence.after == occurrence.first + 2
        && (occurrence.next().is_none() || occurrence.previous().is_some_and(|token| token.is('/')))
        && PROVINCES
            .iter()
            .any(|province| spells(letters(occurrence.text, &occurrence.tokens[occurrence.first]), province))
}

fn names_quarter(occurrence: &Occurrence, rule: &Rule) -> bool {
    let mut following = occurrence.following().skip_while(|token| token.is_number() && !token.spaced);
    let Some(next) = following.next() else { return false };
    let before_quarter = next.word().is_some_and(|word| QUARTER.contains(&word));
    match rule.category {
        Category::Quarter | Category::Measure => before_quarter,
        Category::Institution | Category::Building => before_quarter && !occurrence.dotted,
        // A title without a name.
        Category::Title | Category::Rank => !occurrence.dotted && ends_part(next),
        _ => false,
    }
}

/// Returns whether letters with dots precede without white space.
fn is_end_of_acronym(occurrence: &Occurrence) -> bool {
    let is_letter = |token: &Token| token.word().is_some() && token.len() == 1;
    let first = &occurrence.tokens[occurrence.first];
    let mut before = occurrence.before();
    is_letter(first)
        && !first.spaced
        && before.next().is_some_and(|dot| dot.is('.') && !dot.spaced)
        && before.next().is_some_and(is_letter)
}
