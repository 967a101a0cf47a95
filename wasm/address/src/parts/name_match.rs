//! Matching a text against a list of names.

use crate::skeleton::skeleton;
use strsim::osa_distance;

/// How a text matches a list of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match<T> {
    /// It is a spelling of this name.
    Same(T),
    /// It is the beginning of a name; the user may still be typing.
    Beginning,
    /// It is a typo of this name, and of no other at the same distance.
    Near(T),
    /// It matches no name.
    None,
}

/// Returns the skeletons of the words, separated by single spaces.
pub(super) fn skeleton_of(written: &str) -> String {
    let words: Vec<String> = written.split_whitespace().map(|word| skeleton(word.chars())).collect();
    words.join(" ")
}

/// Finds the name that `written` means.
pub(super) fn match_name<'n, T>(written: &str, names: impl Iterator<Item = (&'n str, T)>) -> Match<T> {
    let written = skeleton_of(written);
    let max_distance = match written.chars().count() {
        0..=3 => 0, // too short to correct
        4..=6 => 1,
        _ => 2,
    };
    let mut begins = false;
    let mut nearest: Option<(usize, T)> = None;
    let mut tied_distance = None;
    for (name, value) in names {
        let name = skeleton_of(name);
        if name == written {
            return Match::Same(value);
        }
        begins |= name.starts_with(&written);
        let distance = osa_distance(&name, &written);
        match &nearest {
            Some((least, _)) if distance > *least => {}
            Some((least, _)) if distance == *least => tied_distance = Some(distance),
            _ => nearest = Some((distance, value)),
        }
    }
    match nearest {
        _ if begins => Match::Beginning,
        Some((distance, value)) if distance <= max_distance && tied_distance != Some(distance) => {
            Match::Near(value)
        }
        _ => Match::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn match_of(written: &str) -> Match<&'static str> {
        match_name(
            written,
            ["Mersin", "Muğla", "Muş", "Kilis", "19 Mayıs"].map(|name| (name, name)).into_iter(),
        )
    }

    #[test]
    fn ignores_spelling_and_case() {
        assert_eq!(match_of("MUGLA"), Match::Same("Muğla"));
        assert_eq!(match_of("19  mayis"), Match::Same("19 Mayıs"));
    }

    #[test]
    fn accepts_one_typo_and_two_in_long_names() {
        assert_eq!(match_of("Mersn"), Match::Near("Mersin"));
        assert_eq!(match_of("Mresin"), Match::Near("Mersin"));
        assert_eq!(match_of("Kils"), Match::Near("Kilis"));
        assert_eq!(match_of("Mrsn"), Match::None);
        assert_eq!(match_of("Mus"), Match::Same("Muş"));
        assert_eq!(match_of("Mut"), Match::None);
        assert_eq!(match_of("Kiri"), Match::None);
    }

    #[test]
    fn a_typo_of_two_names_is_a_typo_of_neither() {
        for names in [["Mersin", "Mardin"], ["Mardin", "Mersin"]] {
            assert_eq!(match_name("Marsin", names.into_iter().map(|name| (name, name))), Match::None);
        }
    }

    #[test]
    fn accepts_beginnings_of_names() {
        assert_eq!(match_of("M"), Match::Beginning);
        assert_eq!(match_of("Mersi"), Match::Beginning);
        assert_eq!(match_of(""), Match::Beginning);
    }
}
