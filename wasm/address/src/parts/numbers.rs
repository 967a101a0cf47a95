//! Numbers in an address: of doors, of roads, of dates, of posts.

use super::tokenized_text::TokenizedText;
use crate::token::{Token, TokenKind};

/// Words of roads, as skeletons: a number before one is the road's.
const ROADS: &[&str] = &[
    "blv", "bulv", "bulvar", "bulvari", "cad", "cadde", "caddesi", "cd", "cikmazi", "meydani", "sk", "sok",
    "sokagi", "sokak", "yolu",
];

/// Words that a number before them names rather than counts: "19 Mayıs", "75. Yıl", "2. Kısım".
const NAMED: &[&str] = &[
    "agustos", "aralik", "ekim", "etap", "eylul", "haziran", "kasim", "kisim", "mart", "mayis", "nisan",
    "ocak", "subat", "temmuz", "yil",
];

/// Words of places that have no door numbers, as skeletons.
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

/// Whether a word of the text is a road's.
pub(super) fn speaks_of_road(text: &TokenizedText) -> bool {
    has(text, ROADS)
}

/// Whether the text speaks of a road, and no number in it can be a door's.
pub(super) fn lacks_door_number(text: &TokenizedText) -> bool {
    speaks_of_road(text)
        && !has(text, WITHOUT_NUMBERS)
        && !(0..text.tokens.len()).any(|at| is_door_number(&text.tokens, at))
}

fn has(text: &TokenizedText, words: &[&str]) -> bool {
    text.words().any(|word| words.contains(&word))
}

fn is_door_number(tokens: &[Token], at: usize) -> bool {
    tokens[at].is_number() && tokens[at].len() != POSTAL_CODE && !names_something(tokens, at)
}

/// "1234. Sokak", "28/1 Sok", "19 Mayıs", "75.Yıl", "3 nolu cadde": not a door's.
fn names_something(tokens: &[Token], at: usize) -> bool {
    let mut after = tokens[at + 1..].iter().peekable();
    // A part of the number, and its dot.
    if after.next_if(|token| token.is('/') || token.is('-')).is_some() {
        after.next_if(|token| token.is_number() || (token.word().is_some() && token.len() == 1));
    }
    after.next_if(|token| token.is('.'));
    let Some(word) = after.next().and_then(Token::word) else {
        return false;
    };
    ROADS.contains(&word) || NAMED.contains(&word) || word.starts_with("nolu") || word.starts_with("numarali")
}

/// A postal code in a text: its place and its first two digits.
pub(super) fn postal_code(text: &TokenizedText) -> Option<(std::ops::Range<usize>, u8)> {
    let at = (0..text.tokens.len()).rfind(|&at| is_postal_code(&text.tokens, at))?;
    let token = &text.tokens[at];
    let code: String = text.letters[token.start..token.start + 2].iter().collect();
    Some((token.start..token.end, code.parse().ok()?))
}

/// Five digits on their own: no road's number, no part of something glued, no door's.
fn is_postal_code(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let alone_before = at == 0 || token.spaced || matches!(tokens[at - 1].kind, TokenKind::Break);
    let glued_after =
        tokens.get(at + 1).is_some_and(|next| !next.spaced && (next.is('/') || next.is('-') || next.is('.')));
    let counted = at > 0 && {
        let mut before = tokens[..at].iter().rev().filter(|token| !token.is(':') && !token.is('.'));
        before
            .next()
            .and_then(Token::word)
            .is_some_and(|word| matches!(word, "no" | "numara" | "n" | "kapi" | "tel" | "sicil"))
    };
    token.is_number()
        && token.len() == POSTAL_CODE
        && alone_before
        && !glued_after
        && !counted
        && !names_something(tokens, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_road_without_a_door_number_is_noticed() {
        for text in [
            "Gül Mahallesi Lale Sokak",
            "Atatürk Mah. 1234. Sok. Yenişehir/Mersin",
            "19 Mayıs Caddesi Çankaya",
            "75. Yıl Bulvarı 33110 Mersin",
            "28/1 Sokak",
            "3 nolu cadde",
        ] {
            assert!(lacks_door_number(&TokenizedText::of(text)), "{text}");
        }
    }

    #[test]
    fn any_number_that_may_be_a_door_s_is_one() {
        for text in [
            "Lale Sokak No:5",
            "Lale Sokak 5",
            "Lale Sokak 5/A Çankaya",
            "1234. Sokak No 5",
            "Lale Sokak Numara 12 Kat 3",
            "Gül Apartmanı 12/3 Lale Sokak",
        ] {
            assert!(!lacks_door_number(&TokenizedText::of(text)), "{text}");
        }
    }

    #[test]
    fn without_a_road_and_in_a_village_nothing_is_missed() {
        for text in ["", "Gül Mahallesi", "Örnek Köyü Yolu", "Örnek Devlet Hastanesi Başhekimlik, Lale Sokak"]
        {
            assert!(!lacks_door_number(&TokenizedText::of(text)), "{text}");
        }
    }

    #[test]
    fn a_postal_code_is_five_digits_on_their_own() {
        let found = |text: &str| postal_code(&TokenizedText::of(text)).map(|(_, province)| province);
        assert_eq!(found("Lale Sokak 5 33110 Yenişehir/Mersin"), Some(33));
        assert_eq!(found("06420 Çankaya"), Some(6));
        for other in ["12345. Sokak", "No: 12345", "12345/2", "A12345", "0324 337 34 99", "123456", ""] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
