//! Abbreviations in whole addresses.

use eimza_address::{Severity, find_abbreviations, fix_all};

/// Returns the abbreviations of a text: as written, expansions, severity.
fn abbreviations(text: &str) -> Vec<(String, Vec<String>, Severity)> {
    find_abbreviations(text)
        .into_iter()
        .map(|finding| (finding.written, finding.expansions, finding.severity))
        .collect()
}

#[test]
fn finds_three_abbreviations_in_a_common_address() {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        abbreviations("Atatürk Mah. 1234. Sok. No:5"),
        [
            ("Mah.".to_owned(), words(&["Mahallesi"]), Severity::Error),
            ("Sok.".to_owned(), words(&["Sokak"]), Severity::Error),
            ("No".to_owned(), words(&["Numara"]), Severity::Advice),
        ]
    );
    assert_eq!(fix_all("Atatürk Mah. 1234. Sok. No:5"), "Atatürk Mahallesi 1234. Sokak Numara:5");
}

#[test]
fn named_streets_offer_both_usages() {
    assert_eq!(find_abbreviations("Gül Sok.")[0].expansions, ["Sokak", "Sokağı"]);
}

#[test]
fn named_avenues_prefer_the_possessive_and_numbered_ones_do_not() {
    assert_eq!(find_abbreviations("Gül Cad.")[0].expansions[0], "Caddesi");
    assert_eq!(find_abbreviations("1964. Cad.")[0].expansions, ["Cadde", "Caddesi"]);
}

#[test]
fn separates_joined_parts() {
    assert_eq!(fix_all("LALE MAH.İZZETTİN SOK.NO:5"), "LALE MAHALLESİ İZZETTİN SOKAK NUMARA:5");
    assert_eq!(fix_all("2040.sk no117"), "2040.sokak numara 117");
    assert_eq!(fix_all("LALE BULVARINO:38"), "LALE BULVARI NUMARA:38");
    assert_eq!(fix_all("40Cad"), "40 Cadde");
}

#[test]
fn accepts_full_words_ordinals_dates_and_codes() {
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
        assert_eq!(abbreviations(text), [], "{text:?}");
    }
}

#[test]
fn accepts_every_spelling_of_i() {
    for written in ["SİT.", "SIT.", "Sit.", "sıt.", "Si\u{307}t."] {
        let findings = find_abbreviations(&format!("Lale {written}"));
        assert_eq!(findings.len(), 1, "{written:?}");
        assert_eq!(findings[0].written, written);
        assert_eq!(findings[0].expansions[0].to_lowercase().replace('\u{307}', ""), "sitesi");
    }
}

/// "mah" is also how "mahkemesi" is cut short, but two words for a quarter side by side are no court.
#[test]
fn part_of_an_official_name_is_not_another_word_cut_short() {
    for text in ["Merkez Mah. Mahallesi", "MERKEZ MAH. MAHALLESİ", "mah. mahallesi"] {
        assert_eq!(abbreviations(text), [], "{text}");
    }
}

#[test]
fn ignores_links() {
    assert_eq!(abbreviations("mah.sok@ornek.com.tr https://cad.ornek.com.tr"), []);
}

#[test]
fn conditions_do_not_look_across_line_ends() {
    assert_eq!(find_abbreviations("Daire 1234\nSok. 5")[0].expansions, ["Sokak", "Sokağı"]);
}

#[test]
fn abbreviations_are_ordered_and_do_not_overlap() {
    let findings = find_abbreviations("PROF.DR.LALE MAH.NAR CAD.NO:5 D:3 K.ÇEKMECE/İST.");
    assert!(findings.len() > 6);
    assert!(findings.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn has_no_replacement_after_the_last_expansion() {
    assert_eq!(find_abbreviations("Lale Mah.")[0].replacement(1), None);
}

/// The text repeats what conditions look for: a quadratic or recursive search would not finish.
#[test]
fn checks_a_megabyte_in_linear_time() {
    for piece in ["Lale Mah. 12. Sok. D:no M. x S. ", "G.O.-/...", "mah"] {
        let text = piece.repeat(1_000_000 / piece.len());
        let last = find_abbreviations(&text).last().map_or(0, |finding| finding.end);
        assert!(last <= text.chars().count(), "{piece:?}");
    }
}
