//! Comparing what was written with a list of names.

use crate::skeleton::skeleton;
use strsim::osa_distance;

/// How a text meets a list of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match<T> {
    /// It is one of them, in whatever spelling.
    Same(T),
    /// It begins like one of them: somebody may still be typing.
    Beginning,
    /// It is one of them but for a slip of the hand; of no other as near.
    Near(T),
    /// None of these.
    None,
}

/// Small ASCII letters and single spaces.
pub(super) fn skeleton_of(written: &str) -> String {
    let words: Vec<String> = written.split_whitespace().map(|word| skeleton(word.chars())).collect();
    words.join(" ")
}

/// Finds the name that `written` stands for.
pub(super) fn match_name<'n, T>(written: &str, names: impl Iterator<Item = (&'n str, T)>) -> Match<T> {
    let written = skeleton_of(written);
    let slips = match written.chars().count() {
        0..=3 => 0, // too short to guess at
        4..=6 => 1,
        _ => 2,
    };
    let mut begins = false;
    let mut nearest: Option<(usize, T)> = None;
    let mut rival = None;
    for (name, value) in names {
        let name = skeleton_of(name);
        if name == written {
            return Match::Same(value);
        }
        begins |= name.starts_with(&written);
        let distance = osa_distance(&name, &written);
        match &nearest {
            Some((least, _)) if distance > *least => {}
            Some((least, _)) if distance == *least => rival = Some(distance),
            _ => nearest = Some((distance, value)),
        }
    }
    match nearest {
        _ if begins => Match::Beginning,
        Some((distance, value)) if distance <= slips && rival != Some(distance) => Match::Near(value),
        _ => Match::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(written: &str) -> Match<&'static str> {
        match_name(
            written,
            ["Mersin", "Muğla", "Muş", "Kilis", "19 Mayıs"].map(|name| (name, name)).into_iter(),
        )
    }

    #[test]
    fn spelling_and_case_make_no_difference() {
        assert_eq!(found("MUGLA"), Match::Same("Muğla"));
        assert_eq!(found("19  mayis"), Match::Same("19 Mayıs"));
    }

    #[test]
    fn a_slip_is_near_and_two_are_near_in_a_long_name_only() {
        assert_eq!(found("Mersn"), Match::Near("Mersin"));
        assert_eq!(found("Mresin"), Match::Near("Mersin"));
        assert_eq!(found("Kils"), Match::Near("Kilis"));
        assert_eq!(found("Mrsn"), Match::None);
        assert_eq!(found("Mus"), Match::Same("Muş"));
        assert_eq!(found("Mut"), Match::None);
    }

    #[test]
    fn a_beginning_is_nothing_to_say_about() {
        assert_eq!(found("M"), Match::Beginning);
        assert_eq!(found("Mersi"), Match::Beginning);
        assert_eq!(found(""), Match::Beginning);
    }
}
