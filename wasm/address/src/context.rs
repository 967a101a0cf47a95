//! Conditions on the neighbours of an abbreviation, by the names that rules use.

use crate::context_condition::ContextCondition;
use crate::heads::{follows_head, follows_name, head_follows, no_name_follows};
use crate::occurrence::Occurrence;
use crate::token::Token;

/// How many tokens are searched for the road that must follow a one-letter quarter.
const ADDRESS_PART: usize = 12;

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
            Self::BeforeWord => occurrence.next_word().is_some(),
            Self::BeforeHead => before_head(occurrence),
            Self::AfterWord => occurrence.previous_word().is_some(),
            Self::BeforeName => before_name(occurrence),
            Self::NoNameFollows => no_name_follows(occurrence),
            Self::FloorAfterOrdinal => floor_after_ordinal(occurrence),
            Self::EndsName => occurrence.previous_word().is_some() && no_name_follows(occurrence),
            Self::NumberBeside => number_beside(occurrence),
            Self::UnitWord => unit_word(occurrence),
            Self::UnnamedUnit => unnamed_unit(occurrence),
            Self::PlainQuarterLetter => plain_quarter_letter(occurrence),
            Self::PlainRoadLetter => plain_road_letter(occurrence) && after_name(occurrence),
            Self::PlainNumberedRoadLetter => {
                plain_road_letter(occurrence)
                    && occurrence.tokens[occurrence.first].spaced
                    && numbered(occurrence)
            }
            Self::PlainNumberLetter => plain_number_letter(occurrence),
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
/// Skeletons of words for the number of a door.
const DOOR: [&str; 5] = ["n", "no", "nu", "numara", "num"];
/// Suffixes that make a number part of a name: "22 nolu", "22 no'lu", "2707 nci".
const ORDINAL: [&str; 7] = ["inci", "lu", "nci", "ncu", "nolu", "numarali", "uncu"];
/// Words that can replace the number of a flat or floor.
const FLOOR: [&str; 7] = ["asma", "bodrum", "giris", "no", "z", "zemin", "zk"];
/// Words that make "D 100" a highway.
const HIGHWAY: [&str; 3] = ["karayolu", "otoyolu", "yolu"];
/// Words that make a letter and a number a name: "D 400 Bulvarı", "K 1 Tipi".
const NAMED_BY_NUMBER: [&str; 12] = [
    "bulvari",
    "cadde",
    "caddesi",
    "sokak",
    "sokagi",
    "mahallesi",
    "meydani",
    "tip",
    "tipi",
    "model",
    "yol",
    "serisi",
];

fn is(token: &Token, words: &[&str]) -> bool {
    token.word().is_some_and(|word| words.contains(&word))
}

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
        && occurrence.previous().is_some()
        && !names_something(occurrence)
        && (!occurrence.previous().is_some_and(Token::is_number)
            || after_floor(occurrence)
            || after_door(occurrence))
}

/// Returns whether the number before is a floor's ("Kat:3 D 5"), so that the letter is not its suffix.
fn after_floor(occurrence: &Occurrence) -> bool {
    let mut label = occurrence.before().skip(1).take(2).skip_while(|token| token.is(':') || token.is('.'));
    label.next().and_then(Token::word).is_some_and(|word| matches!(word, "k" | "kat" | "kt"))
}

/// Returns whether the number before is labelled as a door's, and a short one follows: "No 19 D 4".
fn after_door(occurrence: &Occurrence) -> bool {
    let is_short = |token: &Token| token.is_number() && token.len() <= 3;
    let mut label = occurrence.before().skip(1).take(2).skip_while(|token| token.is(':') || token.is('.'));
    occurrence.next().is_some_and(is_short) && label.next().is_some_and(|token| is(token, &DOOR))
}

fn highway(occurrence: &Occurrence) -> bool {
    after_number(occurrence).is_some_and(|token| is(token, &HIGHWAY))
}

/// Returns whether letter and number are a name: "D 400 Bulvarı".
fn names_something(occurrence: &Occurrence) -> bool {
    after_number(occurrence).is_some_and(|token| is(token, &NAMED_BY_NUMBER))
}

/// Returns the token after the number that follows, with at most one mark between.
fn after_number<'t>(occurrence: &Occurrence<'t>) -> Option<&'t Token> {
    occurrence.following().take(3).skip_while(|token| !token.is_number()).nth(1)
}

fn before_name(occurrence: &Occurrence) -> bool {
    occurrence.next_word().is_some() && !head_follows(occurrence) && !follows_name(occurrence)
}

fn floor_after_ordinal(occurrence: &Occurrence) -> bool {
    let mut before = occurrence.before();
    occurrence.dotted
        && before.next().is_some_and(|token| token.is('.'))
        && before.next().is_some_and(|token| token.is_number() && token.len() < 3)
        && occurrence.next().is_none_or(|next| next.word().is_none() || next.len() == 1)
}

fn unnamed_unit(occurrence: &Occurrence) -> bool {
    occurrence.next().is_some_and(Token::is_number)
        && occurrence.previous().is_some()
        && !follows_name(occurrence)
}

fn plain_quarter_letter(occurrence: &Occurrence) -> bool {
    !occurrence.dotted
        && occurrence.next().is_some_and(|next| next.word().is_some() || next.is_number())
        && quarter_letter(occurrence)
        && door_follows(occurrence)
}

fn number_beside(occurrence: &Occurrence) -> bool {
    (numbered(occurrence) || number_follows(occurrence)) && !names_something(occurrence)
}

fn before_head(occurrence: &Occurrence) -> bool {
    head_follows(occurrence) || occurrence.next_word().is_some_and(|next| is(next, &["il", "ilce"]))
}

fn plain_number_letter(occurrence: &Occurrence) -> bool {
    occurrence.next().is_some_and(|next| next.spaced && next.is_number())
        && occurrence.previous_word().is_some_and(|token| is(token, &ROAD))
}

fn unit_word(occurrence: &Occurrence) -> bool {
    let is_marked = marked(occurrence);
    let stands_alone = || {
        let ends = !follows_name(occurrence) || follows_head(occurrence);
        occurrence.previous().is_some() && ends && !names_something(occurrence)
    };
    number_follows(occurrence) && !is_suffix(occurrence) && (is_marked || stands_alone())
}

/// Returns whether the number of a door follows somewhere: "N 54", "NO:5".
fn door_follows(occurrence: &Occurrence) -> bool {
    let mut following = occurrence.following().take(ADDRESS_PART).skip_while(|token| !is(token, &DOOR));
    following.nth(1).is_some_and(|token| token.is_number() || token.is(':') || token.is('.'))
}

fn plain_road_letter(occurrence: &Occurrence) -> bool {
    !occurrence.dotted
        && occurrence.next_word().is_some_and(|next| is(next, &DOOR))
        && occurrence.before().take(ADDRESS_PART).any(|token| token.is_word("m") || is(token, &QUARTER))
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
    after_name(occurrence)
        && !occurrence.before().take(ADDRESS_PART).any(|token| is(token, &QUARTER) || is(token, &ROAD))
        && occurrence.following().take(ADDRESS_PART).any(|token| is(token, &ROAD))
        && !occurrence.following().take(ADDRESS_PART).any(|token| is(token, &QUARTER))
}
