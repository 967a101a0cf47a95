//! Any text typed as an address: no panic, positions lie within the text, and a text whose abbreviations were
//! written out contains none.
#![no_main]

use eimza_address::{AddressParts, check_parts, find_abbreviations, fix_all, in_official_order};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let letters: Vec<char> = text.chars().collect();
    for finding in find_abbreviations(text) {
        let surface: String = letters[finding.start..finding.end].iter().collect();
        assert_eq!(surface, finding.written);
    }
    let fixed = fix_all(text);
    assert!(find_abbreviations(&fixed).is_empty(), "{text:?} becomes {fixed:?}");

    // The same text in every part, split at a character.
    let (head, tail) = text.split_at(text.char_indices().nth(letters.len() / 2).map_or(0, |(at, _)| at));
    let parts = AddressParts {
        province: Some(head),
        district: Some(tail),
        quarter: Some(head),
        postal_code: Some(tail),
        address: Some(text),
        quarters: None,
    };
    let _ = in_official_order(&parts);
    for remark in check_parts(&parts) {
        assert!(remark.range.start <= remark.range.end && remark.range.end <= letters.len());
    }
    let _ = check_parts(&AddressParts { address: Some(text), ..AddressParts::default() });
});
