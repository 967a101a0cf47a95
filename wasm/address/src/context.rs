//! Conditions on the place of an abbreviation, by the names that rules use.

use crate::site::Site;
use crate::token::Token;
use serde::Deserialize;

/// How far a one-letter quarter looks for the road that must follow, in tokens.
const ADDRESS_PART: usize = 12;

/// What must be true of the neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// A number stands before: "1234. Sok.", "22 nolu Sok.", "986/1 Sok.".
    Numbered,
    /// A number, a floor name or a numeral sign follows: "Dk:5", "Kt. Zemin".
    NumberFollows,
    /// A colon or its own dot, then a number: "N.16", "N:16".
    MarkedNumberFollows,
    /// A flat or floor of one letter: "D:5", "K.3", "D 5", but not "118 D", "28/D" or "D-100".
    UnitLetter,
    /// Not the word "no'lu", which official names carry.
    NotNumbered,
    /// Five digits follow: a postal code.
    PostalCode,
    /// The place of a town: behind a slash or a dash, or last on the line.
    Town,
    /// A road of one letter: a name before, a door number or the end behind ("IŞIKLAR C. NO: 11").
    RoadLetter,
    /// A numbered road of one letter before its door number: "45. S. NO:9".
    NumberedRoadLetter,
    /// A quarter of one letter: a name before, a road behind, no other quarter on the line.
    QuarterLetter,
    /// A block's letter or number stands before: "F-1 Bl", "A Bl".
    AfterBlockCode,
    /// No quarter follows, for then it belongs to the quarter's official name: "Dudullu OSB Mahallesi".
    NotQuarterName,
    /// No "alanı" follows, for then it is the word of the law: "1. derece sit alanı".
    NotProtectedSite,
}

impl Condition {
    /// Whether it holds there.
    pub fn holds(self, site: &Site) -> bool {
        match self {
            Self::Numbered => numbered(site),
            Self::NumberFollows => number_follows(site),
            Self::MarkedNumberFollows => marked(site) && number_follows(site) && !is_suffix(site),
            Self::UnitLetter => unit_letter(site),
            Self::NotNumbered => {
                !site.next().is_some_and(|next| (next.is('\'') || next.is('’')) && !next.spaced)
            }
            Self::PostalCode => number_after_marks(site).is_some_and(|number| number.len() == 5),
            Self::Town => town(site),
            Self::RoadLetter => road_letter(site),
            Self::NumberedRoadLetter => {
                numbered(site)
                    && site.tokens[site.first].spaced
                    && site.next().is_some_and(|next| next.is_word("no") || next.is_word("n"))
            }
            Self::QuarterLetter => quarter_letter(site),
            Self::AfterBlockCode => site
                .previous()
                .is_some_and(|token| token.is_number() || (token.word().is_some() && token.len() == 1)),
            Self::NotProtectedSite => {
                !site.next_word().and_then(Token::word).is_some_and(|word| word.starts_with("alan"))
            }
            Self::NotQuarterName => {
                !site.next_word().and_then(Token::word).is_some_and(|word| QUARTER.contains(&word))
            }
        }
    }
}

/// Skeletons of words for a quarter.
const QUARTER: [&str; 5] = ["mah", "mahalle", "mahallesi", "mh", "mhl"];
/// Skeletons of words for a road.
const ROAD: [&str; 13] =
    ["bul", "bulv", "bulvari", "blv", "c", "cad", "caddesi", "cd", "s", "sk", "sok", "sokagi", "sokak"];
/// What makes a number a name's number: "22 nolu", "22 no'lu", "2707 nci".
const ORDINAL: [&str; 7] = ["inci", "lu", "nci", "ncu", "nolu", "numarali", "uncu"];
/// What can stand in the place of a flat's or floor's number.
const FLOOR: [&str; 7] = ["asma", "bodrum", "giris", "no", "z", "zemin", "zk"];
/// What makes "D 100" a highway.
const HIGHWAY: [&str; 3] = ["karayolu", "otoyolu", "yolu"];

fn numbered(site: &Site) -> bool {
    let mut before = site.before().skip_while(|token| token.is('.'));
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

fn marked(site: &Site) -> bool {
    site.dotted || site.next().is_some_and(|next| next.is(':'))
}

fn number_follows(site: &Site) -> bool {
    let value = site.following().find(|token| !(token.is(':') || token.is('.') || token.is('-')));
    value.is_some_and(|token| token.is_number() || token.word().is_some_and(|word| FLOOR.contains(&word)))
}

fn number_after_marks<'t>(site: &Site<'t>) -> Option<&'t Token> {
    site.following().find(|token| !(token.is(':') || token.is('.'))).filter(|token| token.is_number())
}

/// Leans on a door number as its letter: "28/D", "26-K".
fn is_suffix(site: &Site) -> bool {
    let mut before = site.before();
    let joined = before.next().is_some_and(|token| token.is('/') || token.is('-'));
    joined && before.next().is_some_and(Token::is_number)
}

fn unit_letter(site: &Site) -> bool {
    if !number_follows(site) || highway(site) {
        return false;
    }
    let Some(next) = site.next() else { return false };
    if next.is(':') {
        return true;
    }
    if is_suffix(site) {
        return false;
    }
    if site.dotted {
        return true;
    }
    next.spaced && !next.is('-') && (!site.previous().is_some_and(Token::is_number) || after_floor(site))
}

/// The number before is a floor's ("Kat:3 D 5"), so the letter is not its suffix.
fn after_floor(site: &Site) -> bool {
    let mut label = site.before().skip(1).take(2).skip_while(|token| token.is(':') || token.is('.'));
    label.next().and_then(Token::word).is_some_and(|word| matches!(word, "k" | "kat" | "kt"))
}

fn highway(site: &Site) -> bool {
    // The number stands behind one mark at most.
    let mut following = site.following().take(3).skip_while(|token| !token.is_number()).skip(1);
    following.next().and_then(Token::word).is_some_and(|word| HIGHWAY.contains(&word))
}

fn town(site: &Site) -> bool {
    let separated =
        site.previous().is_some_and(|token| token.is('/') || token.is('-') || token.is('–') || token.is(','));
    separated || (site.previous().is_some() && site.next().is_none())
}

/// A name: a word of more than one letter that no dot closes.
fn after_name(site: &Site) -> bool {
    site.tokens[site.first].spaced
        && site.previous().is_some_and(|token| token.word().is_some() && token.len() > 1)
}

fn road_letter(site: &Site) -> bool {
    after_name(site)
        && site
            .next()
            .is_none_or(|next| next.is(',') || next.is_number() || next.is_word("no") || next.is_word("n"))
}

fn quarter_letter(site: &Site) -> bool {
    let is = |token: &Token, words: &[&str]| token.word().is_some_and(|word| words.contains(&word));
    after_name(site)
        && !site.before().take(ADDRESS_PART).any(|token| is(token, &QUARTER) || is(token, &ROAD))
        && site.following().take(ADDRESS_PART).any(|token| is(token, &ROAD))
        && !site.following().take(ADDRESS_PART).any(|token| is(token, &QUARTER))
}
