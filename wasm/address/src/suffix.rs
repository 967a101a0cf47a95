//! A suffix that is written behind an abbreviation: "Cad.si", "Sok.ğı", "Mah.'nde", "Cd'de".

use crate::inflection::{inflected, possessive};
use crate::occurrence::{Occurrence, letters};
use crate::rule::Rule;
use crate::skeleton::skeleton;
use eimza_turkish::{lower, upper};

/// Longer endings are words.
const LONGEST: usize = 7;

/// Returns the occurrence with the suffix behind it and the full word with that suffix; none where a name or
/// another abbreviation follows.
pub fn of<'t>(occurrence: &Occurrence<'t>, rule: &Rule) -> Option<(Occurrence<'t>, String)> {
    let word = rule.word.as_ref()?;
    let mark = occurrence.tokens.get(occurrence.after)?;
    if mark.spaced {
        return None;
    }
    let apostrophe = mark.is('\'') || mark.is('’') || mark.is('`') || mark.is('´');
    if !apostrophe && !occurrence.dotted {
        return None;
    }
    let at = occurrence.after + usize::from(apostrophe);
    let token = occurrence.tokens.get(at).filter(|token| !token.spaced && token.word().is_some())?;
    if token.len() > LONGEST || is_unit(occurrence, at, apostrophe) {
        return None;
    }
    let written: String = letters(occurrence.text, token).collect();
    let abbreviation = &occurrence.text[occurrence.start()..occurrence.end()];
    let capitals = abbreviation.iter().all(|letter| !letter.is_lowercase());
    let ending = lower(&written);
    let of_name = rule.expansions.iter().find(|full| **full != *word).filter(|_| rule.head);
    let inflected = inflected(word, &of_name.map_or_else(|| possessive(word), Clone::clone), &ending)?;
    // In capitals, a suffix looks like the first word of a name ("MAH.SU SOKAK"): only the exact ending is one.
    let is_suffix = if written == ending {
        true
    } else {
        capitals
            && written == upper(&written)
            && written.chars().count() > 1
            && skeleton(inflected.chars()).ends_with(&skeleton(ending.chars()))
    };
    let whole = Occurrence { after: at + 1, dotted: true, ..*occurrence };
    is_suffix.then_some((whole, inflected))
}

/// Returns whether a word behind an abbreviation is the beginning of another part: "Sk.da:5", "Cad.i Blok".
fn is_unit(occurrence: &Occurrence, at: usize, apostrophe: bool) -> bool {
    let Some(next) = occurrence.tokens.get(at + 1) else { return false };
    let single = occurrence.tokens[at].len() == 1;
    let value = next.is(':') || next.is('.') || next.is_number();
    (!apostrophe && (value && (single || !next.spaced || occurrence.tokens[at].is_word("da"))))
        || (single
            && (next.is('-') || next.is('/') || next.word().is_some_and(|word| word.starts_with("bl"))))
}
