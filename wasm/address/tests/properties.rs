//! Properties that hold for every text.

use eimza_address::{AddressParts, find_abbreviations, fix_all, in_official_order, rules};
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

const WORDS: &[&str] = &[
    "Gül",
    "atatürk",
    "mahallesi",
    "sokak",
    "Çankaya",
    "ankara",
    "blok",
    "mayıs",
    "yıl",
    "köyü",
    "a",
    "e",
    "si",
    "ğı",
    "nde",
    "Hstn.",
    "çarş.",
    "karş.",
    "Da:",
    "lis.",
];
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
    fn fixes_change_no_other_letter(text in text()) {
        let findings = find_abbreviations(&text);
        let mut rest: Vec<char> = text.chars().collect();
        let mut fixed = rest.clone();
        for finding in findings.iter().rev() {
            let replacement = finding.replacement(0).unwrap();
            let trimmed = replacement.trim_matches(' ');
            prop_assert_eq!(trimmed, finding.expansions[0].as_str());
            fixed.splice(finding.start..finding.end, replacement.chars());
            rest.drain(finding.start..finding.end);
        }
        // What remains around the replacements is what was around the abbreviations.
        let mut left = fixed;
        let mut moved = 0;
        for finding in &findings {
            let length = finding.replacement(0).unwrap().chars().count();
            let start = finding.start - moved;
            left.drain(start..start + length);
            moved += finding.end - finding.start;
        }
        prop_assert_eq!(left, rest);
    }

    #[test]
    fn writing_out_is_idempotent(text in text()) {
        let once = in_official_order(&AddressParts { address: Some(&text), ..AddressParts::default() });
        if let Some(once) = once {
            let twice = in_official_order(&AddressParts { address: Some(&once), ..AddressParts::default() });
            prop_assert_eq!(twice, Some(once));
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
