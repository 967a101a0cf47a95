//! Whole addresses, as a user types them.

use eimza_address::{Severity, find_abbreviations, fix_all};

/// What is found: written, expansions, severity.
fn found(text: &str) -> Vec<(String, Vec<String>, Severity)> {
    find_abbreviations(text)
        .into_iter()
        .map(|finding| (finding.written, finding.expansions, finding.severity))
        .collect()
}

#[test]
fn a_common_address_has_its_three_findings() {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        found("Atatürk Mah. 1234. Sok. No:5"),
        [
            ("Mah.".to_owned(), words(&["Mahallesi"]), Severity::Error),
            ("Sok.".to_owned(), words(&["Sokak"]), Severity::Error),
            ("No".to_owned(), words(&["Numara"]), Severity::Advice),
        ]
    );
    assert_eq!(fix_all("Atatürk Mah. 1234. Sok. No:5"), "Atatürk Mahallesi 1234. Sokak Numara:5");
}

#[test]
fn a_named_street_offers_both_usages() {
    assert_eq!(find_abbreviations("Gül Sok.")[0].expansions, ["Sokak", "Sokağı"]);
}

#[test]
fn a_named_avenue_prefers_the_possessive_and_a_numbered_one_does_not() {
    assert_eq!(find_abbreviations("Gül Cad.")[0].expansions[0], "Caddesi");
    assert_eq!(find_abbreviations("1964. Cad.")[0].expansions, ["Cadde", "Caddesi"]);
}

#[test]
fn glued_parts_are_written_apart() {
    assert_eq!(fix_all("LALE MAH.İZZETTİN SOK.NO:5"), "LALE MAHALLESİ İZZETTİN SOKAK NUMARA:5");
    assert_eq!(fix_all("2040.sk no117"), "2040.sokak numara 117");
    assert_eq!(fix_all("LALE BULVARINO:38"), "LALE BULVARI NUMARA:38");
    assert_eq!(fix_all("40Cad"), "40 Cadde");
}

#[test]
fn full_words_ordinals_dates_and_codes_are_accepted() {
    for text in [
        "Lale Mahallesi 1234. Sokak Numara 5",
        "75. Yıl Mahallesi 2. Kısım 3. Etap",
        "19 Mayıs Caddesi, 15 Temmuz Meydanı",
        "E-5 Karayolu üzeri, D-100, O-4",
        "B Blok 28/A, A2 Blok 118 D",
        "Kat.3 Daire 5, 4. kat",
        "Gül Sokağı",
        "TURGUT. REİS SOKAK.",
        "",
    ] {
        assert_eq!(found(text), [], "{text:?}");
    }
}

#[test]
fn the_spelling_of_i_does_not_matter() {
    for written in ["SİT.", "SIT.", "Sit.", "sıt.", "Si\u{307}t."] {
        let findings = find_abbreviations(&format!("Lale {written}"));
        assert_eq!(findings.len(), 1, "{written:?}");
        assert_eq!(findings[0].written, written);
        assert_eq!(findings[0].expansions[0].to_lowercase().replace('\u{307}', ""), "sitesi");
    }
}

#[test]
fn links_are_left_alone() {
    assert_eq!(found("mah.sok@ornek.com.tr https://cad.ornek.com.tr"), []);
}

#[test]
fn no_context_reaches_over_a_line_end() {
    assert_eq!(find_abbreviations("Daire 1234\nSok. 5")[0].expansions, ["Sokak", "Sokağı"]);
}

#[test]
fn findings_are_ordered_and_apart() {
    let findings = find_abbreviations("PROF.DR.LALE MAH.NAR CAD.NO:5 D:3 K.ÇEKMECE/İST.");
    assert!(findings.len() > 6);
    assert!(findings.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn there_is_no_replacement_beyond_the_last_expansion() {
    assert_eq!(find_abbreviations("Lale Mah.")[0].replacement(1), None);
}

/// Deep repetition of what conditions look at: a quadratic or recursive search would not come back.
#[test]
fn a_megabyte_is_checked_to_its_end() {
    for piece in ["Lale Mah. 12. Sok. D:no M. x S. ", "G.O.-/...", "mah"] {
        let text = piece.repeat(1_000_000 / piece.len());
        let last = find_abbreviations(&text).last().map_or(0, |finding| finding.end);
        assert!(last <= text.chars().count(), "{piece:?}");
    }
}
