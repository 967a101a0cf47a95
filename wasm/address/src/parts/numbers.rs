//! Numbers in an address: door numbers, numbers in road names, postal codes.

use super::tokenized_text::TokenizedText;
use crate::token::{Token, TokenKind};

/// Skeletons of words for roads. A number before one is part of the road's name.
const ROADS: &[&str] = &[
    "blv", "bulv", "bulvar", "bulvari", "cad", "cadde", "caddesi", "cd", "cikmazi", "meydani", "sk", "sok",
    "sokagi", "sokak", "yolu",
];

/// Skeletons of words that form a name with the number before them: "19 Mayıs", "75. Yıl", "2. Kısım".
const NAMED: &[&str] = &[
    "agustos", "aralik", "ekim", "etap", "eylul", "haziran", "kasim", "kisim", "mart", "mayis", "nisan",
    "ocak", "subat", "temmuz", "yil",
];

/// Skeletons of words for places without door numbers.
const WITHOUT_NUMBERS: &[&str] = &[
    "koy",
    "koyu",
    "mezra",
    "mezrasi",
    "mevki",
    "mevkii",
    "sarayi",
    "kampusu",
    "universitesi",
    "yerleskesi",
    "hastanesi",
    "fakultesi",
];

const POSTAL_CODE: usize = 5;

/// Returns whether the text contains a word for a road.
pub(super) fn mentions_road(text: &TokenizedText) -> bool {
    has(text, ROADS)
}

/// Returns whether the text contains a road and no number that can be a door number.
pub(super) fn lacks_door_number(text: &TokenizedText) -> bool {
    mentions_road(text)
        && !has(text, WITHOUT_NUMBERS)
        && !(0..text.tokens.len()).any(|at| is_door_number(&text.tokens, at))
}

fn has(text: &TokenizedText, words: &[&str]) -> bool {
    text.words().any(|word| words.contains(&word))
}

fn is_door_number(tokens: &[Token], at: usize) -> bool {
    tokens[at].is_number() && tokens[at].len() != POSTAL_CODE && !is_part_of_name(tokens, at)
}

/// Returns whether a number is part of a name, and so no door number: "1234. Sokak", "28/1 Sok", "19 Mayıs",
/// "75.Yıl", "3 nolu cadde".
fn is_part_of_name(tokens: &[Token], at: usize) -> bool {
    let mut after = tokens[at + 1..].iter().peekable();
    // The second part of a number, and its dot.
    if after.next_if(|token| token.is('/') || token.is('-')).is_some() {
        after.next_if(|token| token.is_number() || (token.word().is_some() && token.len() == 1));
    }
    after.next_if(|token| token.is('.'));
    let Some(word) = after.next().and_then(Token::word) else {
        return false;
    };
    ROADS.contains(&word) || NAMED.contains(&word) || word.starts_with("nolu") || word.starts_with("numarali")
}

/// Returns the last postal code of a text: its range and its first two digits.
pub(super) fn postal_code(text: &TokenizedText) -> Option<(std::ops::Range<usize>, u8)> {
    let at = (0..text.tokens.len()).rfind(|&at| is_postal_code(&text.tokens, at))?;
    let token = &text.tokens[at];
    let code: String = text.letters[token.start..token.start + 2].iter().collect();
    Some((token.start..token.end, code.parse().ok()?))
}

/// Returns whether a token is five separate digits that are neither part of a road's name nor a door number.
fn is_postal_code(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let separate_before = at == 0 || token.spaced || matches!(tokens[at - 1].kind, TokenKind::Break);
    let joined_after =
        tokens.get(at + 1).is_some_and(|next| !next.spaced && (next.is('/') || next.is('-') || next.is('.')));
    let mut before = tokens[..at].iter().rev().filter(|token| !token.is(':') && !token.is('.'));
    let has_number_label = before
        .next()
        .and_then(Token::word)
        .is_some_and(|word| matches!(word, "no" | "numara" | "n" | "kapi" | "tel" | "sicil"));
    token.is_number()
        && token.len() == POSTAL_CODE
        && separate_before
        && !joined_after
        && !has_number_label
        && !is_part_of_name(tokens, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_roads_without_door_number() {
        for text in [
            "Gül Mahallesi Lale Sokak",
            "Atatürk Mah. 1234. Sok. Yenişehir/Mersin",
            "19 Mayıs Caddesi Çankaya",
            "75. Yıl Bulvarı 33110 Mersin",
            "28/1 Sokak",
            "28/B Sokak",
            "3 nolu cadde",
        ] {
            assert!(lacks_door_number(&TokenizedText::of(text)), "{text}");
        }
    }

    #[test]
    fn accepts_any_possible_door_number() {
        for text in [
            "Lale Sokak No:5",
            "Lale Sokak 5",
            "Lale Sokak 5/A Çankaya",
            "1234. Sokak No 5",
            "Lale Sokak Numara 12 Kat 3",
            "Gül Apartmanı 12/3 Lale Sokak",
            "No:5 - Lale Sokak",
        ] {
            assert!(!lacks_door_number(&TokenizedText::of(text)), "{text}");
        }
    }

    #[test]
    fn does_not_require_a_number_without_road_or_in_villages() {
        for text in ["", "Gül Mahallesi", "Örnek Köyü Yolu", "Örnek Devlet Hastanesi Başhekimlik, Lale Sokak"]
        {
            assert!(!lacks_door_number(&TokenizedText::of(text)), "{text}");
        }
    }

    #[test]
    fn postal_codes_are_five_separate_digits() {
        let found = |text: &str| postal_code(&TokenizedText::of(text)).map(|(_, province)| province);
        assert_eq!(found("Lale Sokak 5 33110 Yenişehir/Mersin"), Some(33));
        assert_eq!(found("06420 Çankaya"), Some(6));
        assert_eq!(found("06420 / Çankaya"), Some(6));
        for other in [
            "12345. Sokak",
            "12345.",
            "No: 12345",
            "12345/2",
            "12345-2",
            "A12345",
            "0324 337 34 99",
            "123456",
            "",
        ] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
