//! An address has the same abbreviations however its letters are encoded.

use eimza_address::{Abbreviation, AddressParts, check_parts, find_abbreviations, fix_all, rules};
use eimza_turkish::NormalizedText;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const INVISIBLE: &[char] = &[
    '\u{ad}', '\u{34f}', '\u{61c}', '\u{115f}', '\u{180e}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}',
    '\u{202a}', '\u{202c}', '\u{2060}', '\u{2066}', '\u{fe0f}', '\u{feff}',
];

/// The texts of all rules, with and without abbreviations, and whole addresses.
fn addresses() -> Vec<String> {
    let of_rules = rules()
        .iter()
        .flat_map(|rule| rule.fires.iter().map(|(text, ..)| text.clone()).chain(rule.silent.iter().cloned()));
    let whole = [
        "Atatürk Mah. 1234. Sok. No:5 D:3 Yenişehir/MERSİN",
        "LALE MAH.İZZETTİN SOK.NO:5",
        "KORUHÜYÜK 4, Nöbethane Cad. 12/A",
        "PROF.DR.LALE MAH.NAR CAD.NO:5 D:3 K.ÇEKMECE/İST.",
        "Şht. Ömer Çğ. Blv. İşh. Kt:2 Çankaya",
        "Gülveren Mah.si Akasya Sok.ğı Çrş.nde Müd.lüğü Üniv.'nin",
        "Küç. San. Sit. Çarş. Karş. İSTİKLAL M ZAFER S № 54",
    ];
    of_rules.chain(whole.map(str::to_owned)).collect()
}

/// An address in another encoding.
struct Variant {
    text: String,
    /// The letter of the address that each code point belongs to; none for an invisible character.
    origin: Vec<Option<usize>>,
}

impl Variant {
    /// Decomposes some letters of an address, and puts some invisible characters after its letters and marks.
    fn of(
        address: &str,
        mut decomposes: impl FnMut(usize) -> bool,
        mut inserts: impl FnMut(usize) -> Option<char>,
    ) -> Self {
        let mut variant = Self { text: String::new(), origin: Vec::new() };
        for (at, letter) in address.chars().enumerate() {
            let parts: Vec<char> =
                if decomposes(at) { [letter].into_iter().nfd().collect() } else { vec![letter] };
            for part in parts {
                variant.text.push(part);
                variant.origin.push(Some(at));
                if let Some(invisible) = inserts(variant.origin.len()) {
                    variant.text.push(invisible);
                    variant.origin.push(None);
                }
            }
        }
        variant
    }

    /// Asserts that it has the same abbreviations as the address, at the same letters.
    fn check(&self, address: &str) {
        let expected = find_abbreviations(address);
        let found = find_abbreviations(&self.text);
        assert_eq!(found.len(), expected.len(), "{address:?} {:?}", self.text);
        let letters: Vec<char> = self.text.chars().collect();
        for (found, expected) in found.iter().zip(&expected) {
            let range = found.start..found.end;
            assert_eq!(found.written, letters[range.clone()].iter().collect::<String>(), "{:?}", self.text);
            let here =
                |at: &usize| self.origin[*at].is_some_and(|at| (expected.start..expected.end).contains(&at));
            let belonging: Vec<usize> = (0..letters.len()).filter(here).collect();
            assert_eq!(belonging.first(), Some(&range.start), "{address:?} {:?}", self.text);
            assert_eq!(belonging.last(), Some(&(range.end - 1)), "{address:?} {:?}", self.text);
            let moved = Abbreviation {
                start: expected.start,
                end: expected.end,
                written: normalized(&found.written),
                ..found.clone()
            };
            assert_eq!(moved, *expected, "{address:?} {:?}", self.text);
        }
        assert_eq!(normalized(&fix_all(&self.text)), fix_all(address), "{:?}", self.text);
    }
}

fn normalized(text: &str) -> String {
    NormalizedText::of(text).into_text().into_owned()
}

#[test]
fn decomposed_addresses_have_the_same_abbreviations() {
    for address in addresses() {
        Variant::of(&address, |_| true, |_| None).check(&address);
        for only in 0..address.chars().count() {
            Variant::of(&address, |at| at == only, |_| None).check(&address);
        }
    }
}

#[test]
fn addresses_with_one_invisible_character_have_the_same_abbreviations() {
    for address in addresses() {
        for &invisible in INVISIBLE {
            Variant::of(&address, |_| false, |_| Some(invisible)).check(&address);
        }
        for place in 0..address.chars().count() {
            Variant::of(&address, |_| false, |at| (at == place).then_some('\u{200b}')).check(&address);
        }
    }
}

#[test]
fn a_fix_leaves_no_half_letter() {
    let fixed = |text: &str| normalized(&fix_all(text));
    assert_eq!(fixed("KORUHU\u{308}YU\u{308}K 4"), "KORUHÜYÜK 4");
    assert_eq!(fixed("No\u{308}bethane Caddesi"), "Nöbethane Caddesi");
    assert_eq!(fixed("No\u{ad}bet\u{200b}hane Caddesi"), "Nobethane Caddesi");
    assert_eq!(fixed("Gu\u{308}l S\u{327}ht. Sok."), "Gül Şehit Sokak");
    // A mark that the letter cannot have makes another word of it.
    assert_eq!(fixed("Gül Mah\u{333}. 5"), "Gül Mah\u{333}. 5");
}

#[test]
fn issues_of_other_encodings_are_at_the_same_letters() {
    let issues = check_parts(&AddressParts {
        province: Some("Mug\u{306}l\u{ad}aa"),
        district: Some(" Mentes\u{327}e"),
        postal_code: Some("33\u{200b}110"),
        address: Some("Lale Sokak 5 Yenis\u{327}eh\u{200b}r/MERSI\u{307}N"),
        ..AddressParts::default()
    });
    let found: Vec<_> = issues.iter().map(|issue| (issue.range.clone(), issue.written.as_str())).collect();
    assert_eq!(found, [(0..8, "Muğlaa")]);
    let issues = check_parts(&AddressParts {
        address: Some("Lale Sokak 5 Yenis\u{327}eh\u{200b}r/MERSI\u{307}N"),
        ..AddressParts::default()
    });
    assert_eq!((issues[0].range.clone(), issues[0].written.as_str()), (13..23, "Yenişehr"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_encoding_has_the_same_abbreviations(
        address in proptest::sample::select(addresses()),
        decomposed in proptest::collection::vec(any::<bool>(), 200),
        invisible in proptest::collection::vec(
            proptest::option::weighted(0.3, proptest::sample::select(INVISIBLE)), 400),
    ) {
        let at_index = |at: usize| decomposed.get(at).copied().unwrap_or(false);
        let insert = |at: usize| invisible.get(at).copied().flatten();
        Variant::of(&address, at_index, insert).check(&address);
    }
}
