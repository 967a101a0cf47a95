//! Conditions on the neighbours of an abbreviation, by the names that rules use.

use crate::occurrence::Occurrence;
use crate::token::Token;
use serde::Deserialize;

/// How many tokens are searched for the road that must follow a one-letter quarter.
const ADDRESS_PART: usize = 12;

/// A condition on the neighbours of an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContextCondition {
    /// A number precedes: "1234. Sok.", "22 nolu Sok.", "986/1 Sok.".
    Numbered,
    /// A number, a floor name or a numeral sign follows: "Dk:5", "Kt. Zemin".
    NumberFollows,
    /// A colon or its own dot, then a number: "N.16", "N:16".
    MarkedNumberFollows,
    /// A flat or floor of one letter: "D:5", "K.3", "D 5", but not "118 D", "28/D" or "D-100".
    UnitLetter,
    /// Not the word "no'lu", which is part of official names.
    NotNumbered,
    /// Five digits follow: a postal code.
    PostalCode,
    /// In the position of a town: after a slash or a dash, or last on the line.
    Town,
    /// A road of one letter: a name precedes, a door number or the end of the line follows ("IŞIKLAR C. NO:
    /// 11").
    RoadLetter,
    /// A numbered road of one letter before its door number: "45. S. NO:9".
    NumberedRoadLetter,
    /// A quarter of one letter: a name precedes, a road follows, and there is no other quarter on the line.
    QuarterLetter,
    /// A block's letter or number precedes: "F-1 Bl", "A Bl".
    AfterBlockCode,
    /// No quarter follows; otherwise the abbreviation is part of the quarter's official name: "Dudullu OSB
    /// Mahallesi".
    NotQuarterName,
    /// No "alanı" follows; otherwise it is the legal term: "1. derece sit alanı".
    NotProtectedSite,
}

impl ContextCondition {
    /// Returns whether the condition holds for an occurrence.
    pub fn holds(self, occurrence: &Occurrence) -> bool {
        match self {
            Self::Numbered => numbered(occurrence),
            Self::NumberFollows => number_follows(occurrence),
            Self::MarkedNumberFollows => {
                marked(occurrence) && number_follows(occurrence) && !is_suffix(occurrence)
            }
            Self::UnitLetter => unit_letter(occurrence),
            Self::NotNumbered => {
                !occurrence.next().is_some_and(|next| (next.is('\'') || next.is('’')) && !next.spaced)
            }
            Self::PostalCode => number_after_marks(occurrence).is_some_and(|number| number.len() == 5),
            Self::Town => town(occurrence),
            Self::RoadLetter => road_letter(occurrence),
            Self::NumberedRoadLetter => {
                numbered(occurrence)
                    && occurrence.tokens[occurrence.first].spaced
                    && occurrence.next().is_some_and(|next| next.is_word("no") || next.is_word("n"))
            }
            Self::QuarterLetter => quarter_letter(occurrence),
            Self::AfterBlockCode => occurrence
                .previous()
                .is_some_and(|token| token.is_number() || (token.word().is_some() && token.len() == 1)),
            Self::NotProtectedSite => {
                !occurrence.next_word().and_then(Token::word).is_some_and(|word| word.starts_with("alan"))
            }
            Self::NotQuarterName => {
                !occurrence.next_word().and_then(Token::word).is_some_and(|word| QUARTER.contains(&word))
            }
        }
    }
}

/// Skeletons of words for a quarter.
const QUARTER: [&str; 5] = ["mah", "mahalle", "mahallesi", "mh", "mhl"];
/// Skeletons of words for a road.
const ROAD: [&str; 13] =
    ["bul", "bulv", "bulvari", "blv", "c", "cad", "caddesi", "cd", "s", "sk", "sok", "sokagi", "sokak"];
/// Suffixes that make a number part of a name: "22 nolu", "22 no'lu", "2707 nci".
const ORDINAL: [&str; 7] = ["inci", "lu", "nci", "ncu", "nolu", "numarali", "uncu"];
/// Words that can replace the number of a flat or floor.
const FLOOR: [&str; 7] = ["asma", "bodrum", "giris", "no", "z", "zemin", "zk"];
/// Words that make "D 100" a highway.
const HIGHWAY: [&str; 3] = ["karayolu", "otoyolu", "yolu"];

fn numbered(occurrence: &Occurrence) -> bool {
    let mut before = occurrence.before().skip_while(|token| token.is('.'));
    let Some(nearest) = before.next() else { return false };
    match nearest.word() {
        None => nearest.is_number(),
        Some(word) if ORDINAL.contains(&word) => true,
        Some(_) => {
            // "986/A Sok."
            nearest.len() == 1
                && before.next().is_some_and(|token| token.is('/') || token.is('-'))
                && before.next().is_some_and(Token::is_number)
        }
    }
}

fn marked(occurrence: &Occurrence) -> bool {
    occurrence.dotted || occurrence.next().is_some_and(|next| next.is(':'))
}

fn number_follows(occurrence: &Occurrence) -> bool {
    let value = occurrence.following().find(|token| !(token.is(':') || token.is('.') || token.is('-')));
    value.is_some_and(|token| token.is_number() || token.word().is_some_and(|word| FLOOR.contains(&word)))
}

fn number_after_marks<'t>(occurrence: &Occurrence<'t>) -> Option<&'t Token> {
    occurrence.following().find(|token| !(token.is(':') || token.is('.'))).filter(|token| token.is_number())
}

/// Returns whether it is the letter of a door number: "28/D", "26-K".
fn is_suffix(occurrence: &Occurrence) -> bool {
    let mut before = occurrence.before();
    let joined = before.next().is_some_and(|token| token.is('/') || token.is('-'));
    joined && before.next().is_some_and(Token::is_number)
}

fn unit_letter(occurrence: &Occurrence) -> bool {
    if !number_follows(occurrence) || highway(occurrence) {
        return false;
    }
    let Some(next) = occurrence.next() else { return false };
    if next.is(':') {
        return true;
    }
    if is_suffix(occurrence) {
        return false;
    }
    if occurrence.dotted {
        return true;
    }
    next.spaced
        && !next.is('-')
        && (!occurrence.previous().is_some_and(Token::is_number) || after_floor(occurrence))
}

/// Returns whether the number before is a floor's ("Kat:3 D 5"), so that the letter is not its suffix.
fn after_floor(occurrence: &Occurrence) -> bool {
    let mut label = occurrence.before().skip(1).take(2).skip_while(|token| token.is(':') || token.is('.'));
    label.next().and_then(Token::word).is_some_and(|word| matches!(word, "k" | "kat" | "kt"))
}

fn highway(occurrence: &Occurrence) -> bool {
    // At most one mark precedes the number.
    let mut following = occurrence.following().take(3).skip_while(|token| !token.is_number()).skip(1);
    following.next().and_then(Token::word).is_some_and(|word| HIGHWAY.contains(&word))
}

fn town(occurrence: &Occurrence) -> bool {
    let separated = occurrence
        .previous()
        .is_some_and(|token| token.is('/') || token.is('-') || token.is('–') || token.is(','));
    separated || (occurrence.previous().is_some() && occurrence.next().is_none())
}

/// Returns whether a name precedes: a word of more than one letter without a dot after it.
fn after_name(occurrence: &Occurrence) -> bool {
    occurrence.tokens[occurrence.first].spaced
        && occurrence.previous().is_some_and(|token| token.word().is_some() && token.len() > 1)
}

fn road_letter(occurrence: &Occurrence) -> bool {
    after_name(occurrence)
        && occurrence
            .next()
            .is_none_or(|next| next.is(',') || next.is_number() || next.is_word("no") || next.is_word("n"))
}

fn quarter_letter(occurrence: &Occurrence) -> bool {
    let is = |token: &Token, words: &[&str]| token.word().is_some_and(|word| words.contains(&word));
    after_name(occurrence)
        && !occurrence.before().take(ADDRESS_PART).any(|token| is(token, &QUARTER) || is(token, &ROAD))
        && occurrence.following().take(ADDRESS_PART).any(|token| is(token, &ROAD))
        && !occurrence.following().take(ADDRESS_PART).any(|token| is(token, &QUARTER))
}
