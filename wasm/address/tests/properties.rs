//! Properties that hold for every text.

use eimza_address::{find_abbreviations, fix_all, rules};
use proptest::prelude::*;

/// Generates any Unicode string, and texts that resemble addresses: abbreviations, full words, numbers and
/// marks, joined and separated, in each letter case.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => proptest::sample::select(forms()),
        2 => proptest::sample::select(WORDS),
        1 => "[0-9]{1,5}".prop_map(String::leak).prop_map(|text| &*text),
    ];
    let piece = (word, 0..4_u8, proptest::sample::select(MARKS)).prop_map(|(word, case, mark)| {
        let word = match case {
            0 => word.to_uppercase(),
            1 => word.replace('i', "İ").to_uppercase(),
            _ => word.to_owned(),
        };
        word + mark
    });
    prop_oneof![
        4 => proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn forms() -> Vec<&'static str> {
    rules().iter().flat_map(|rule| &rule.forms).map(String::as_str).collect()
}

const WORDS: &[&str] =
    &["Gül", "atatürk", "mahallesi", "sokak", "Çankaya", "ankara", "blok", "mayıs", "yıl", "köyü", "a", "e"];
const MARKS: &[&str] = &["", " ", " ", " ", ".", ". ", ":", "/", "-", ", ", "\n", "'", "(", ") "];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn positions_are_ordered_and_match_the_text(text in text()) {
        let letters: Vec<char> = text.chars().collect();
        let mut end = 0;
        for finding in find_abbreviations(&text) {
            prop_assert!(finding.start >= end && finding.end > finding.start && finding.end <= letters.len());
            let there: String = letters[finding.start..finding.end].iter().collect();
            prop_assert_eq!(&there, &finding.written);
            prop_assert!(!finding.expansions.is_empty());
            end = finding.end;
        }
    }

    #[test]
    fn fixed_text_has_no_abbreviation(text in text()) {
        let fixed = fix_all(&text);
        let left: Vec<_> = find_abbreviations(&fixed).into_iter().map(|finding| finding.written).collect();
        prop_assert!(left.is_empty(), "{:?} becomes {:?}, left {:?}", text, fixed, left);
    }

    #[test]
    fn results_are_reproducible(text in text()) {
        prop_assert_eq!(find_abbreviations(&text), find_abbreviations(&text));
        prop_assert_eq!(fix_all(&fix_all(&text)), fix_all(&text));
    }
}
