//! The whole address in the official order: quarter, roads, buildings, door number, floor, flat, postal code,
//! district/province.
//!
//! Order: Adres ve Numaralamaya İlişkin Yönetmelik (Resmî Gazete 31.07.2006/26245).

use super::issues::AddressParts;
use super::name_match::Match;
use super::provinces::province;
use super::tokenized_text::TokenizedText;
use crate::fix_all;
use crate::token::{Token, TokenKind};
use eimza_turkish::NormalizedText;
use std::ops::Range;

/// A part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Quarter,
    Avenue,
    Street,
    Estate,
    Building,
    Block,
    Number,
    Floor,
    Flat,
    PostalCode,
    Town,
}

const ORDER: [Part; 11] = [
    Part::Quarter,
    Part::Avenue,
    Part::Street,
    Part::Estate,
    Part::Building,
    Part::Block,
    Part::Number,
    Part::Floor,
    Part::Flat,
    Part::PostalCode,
    Part::Town,
];

/// Skeletons of the words that end a name.
const HEADS: &[(&str, Part)] = &[
    ("apartmani", Part::Building),
    ("bulvari", Part::Avenue),
    ("cadde", Part::Avenue),
    ("caddesi", Part::Avenue),
    ("cikmazi", Part::Street),
    ("evleri", Part::Estate),
    ("hani", Part::Building),
    ("konutlari", Part::Estate),
    ("koyu", Part::Quarter),
    ("mahalle", Part::Quarter),
    ("mahallesi", Part::Quarter),
    ("merkezi", Part::Building),
    ("mevkii", Part::Quarter),
    ("meydani", Part::Avenue),
    ("pasaji", Part::Building),
    ("plaza", Part::Building),
    ("rezidans", Part::Building),
    ("sitesi", Part::Estate),
    ("sokagi", Part::Street),
    ("sokak", Part::Street),
];

/// Skeletons of the words before a number.
const LABELS: &[(&str, Part)] = &[
    ("daire", Part::Flat),
    ("dukkan", Part::Flat),
    ("kat", Part::Floor),
    ("no", Part::Number),
    ("numara", Part::Number),
    ("ofis", Part::Flat),
];

/// Skeletons of the floors without a number.
const FLOORS: [&str; 5] = ["asma", "bodrum", "cati", "giris", "zemin"];

/// Returns the address of the form without abbreviations and in the official order; none where part of it is not
/// understood, or it is no more than a road.
#[must_use]
pub fn in_official_order(parts: &AddressParts<'_>) -> Option<String> {
    let address = NormalizedText::of(parts.address?).into_text().into_owned();
    let text = TokenizedText::of(&fix_all(&address));
    let mut found = split(&text)?;
    let field = |text: Option<&str>| {
        let text = NormalizedText::of(text.unwrap_or_default()).into_text().trim().to_owned();
        Some(fix_all(&text)).filter(|text| !text.is_empty())
    };
    let has = |found: &[(Part, String)], part: Part| found.iter().any(|(other, _)| *other == part);
    for (part, value) in [(Part::Quarter, parts.quarter), (Part::PostalCode, parts.postal_code)] {
        if !has(&found, part) {
            found.extend(field(value).map(|value| (part, value)));
        }
    }
    if !has(&found, Part::Town)
        && let (Some(district), Some(province)) = (field(parts.district), field(parts.province))
    {
        found.push((Part::Town, format!("{district}/{province}")));
    }
    let is_whole = has(&found, Part::Number) && (has(&found, Part::Street) || has(&found, Part::Avenue));
    is_whole.then(|| {
        let of_part = |part| found.iter().filter(move |(other, _)| *other == part);
        ORDER.into_iter().flat_map(of_part).map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
    })
}

/// Splits an address into its parts; none where a word belongs to no part.
fn split(text: &TokenizedText) -> Option<Vec<(Part, String)>> {
    let tokens = &text.tokens;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_separator(&tokens[at]) {
            at += 1;
            continue;
        }
        let (part, length) = part_at(text, &tokens[at..])?;
        let range: Range<usize> = tokens[at].start..tokens[at + length - 1].end;
        found.push((part, text.written(&range).split_whitespace().collect::<Vec<_>>().join(" ")));
        at += length;
    }
    Some(found)
}

/// Returns the part at the beginning of some tokens, and its length.
fn part_at(text: &TokenizedText, tokens: &[Token]) -> Option<(Part, usize)> {
    let first = tokens.first()?;
    if first.is_number()
        && first.len() == 5
        && !tokens.get(1).is_some_and(|next| next.is('.') || !next.spaced)
    {
        let road = tokens.get(1).and_then(|next| of(next, HEADS));
        if road.is_none() {
            return Some((Part::PostalCode, 1));
        }
    }
    if let Some(part) = of(first, LABELS) {
        let marks = tokens[1..].iter().take_while(|token| token.is(':') || token.is('.')).count();
        let value = value_length(&tokens[1 + marks..]);
        if value > 0 {
            return Some((part, 1 + marks + value));
        }
    }
    if let Some(floor) = floor_length(tokens) {
        return Some((Part::Floor, floor));
    }
    if let Some(town) = town_length(text, tokens) {
        return Some((Part::Town, town));
    }
    let head = tokens.iter().position(|token| of(token, HEADS).is_some() || is_block(token))?;
    let name = &tokens[..head];
    let is_name = |token: &Token| {
        token.word().is_some() && of(token, LABELS).is_none()
            || token.is_number()
            || matches!(token.kind, TokenKind::Mark('.' | '-' | '\'' | '’' | '/'))
    };
    let part = of(&tokens[head], HEADS).unwrap_or(Part::Block);
    (head > 0 && name.iter().all(is_name)).then_some((part, head + 1))
}

/// Returns the length of a number with what belongs to it: "28/A", "7-9", "12 A", "-1".
fn value_length(tokens: &[Token]) -> usize {
    let mut length = usize::from(tokens.first().is_some_and(|token| token.is('-')));
    match tokens.get(length) {
        Some(token) if token.is_number() => {}
        Some(token) if length == 0 && token.word().is_some_and(|word| FLOORS.contains(&word)) => return 1,
        _ => return 0,
    }
    length += 1;
    loop {
        let joins = |token: &Token| token.is('/') || token.is('-');
        let is_short = |token: &Token| token.is_number() || (token.word().is_some() && token.len() == 1);
        match &tokens[length..] {
            [mark, value, ..] if joins(mark) && is_short(value) => length += 2,
            [letter, ..] if letter.word().is_some() && letter.len() == 1 && !letter.spaced => length += 1,
            _ => return length,
        }
    }
}

/// Returns the length of "2. Kat", "Zemin Kat".
fn floor_length(tokens: &[Token]) -> Option<usize> {
    let is_floor = |token: &Token| token.is_word("kat") || token.is_word("kati");
    match tokens {
        [number, dot, floor, ..] if number.is_number() && dot.is('.') && is_floor(floor) => Some(3),
        [name, floor, ..] if is_floor(floor) && name.word().is_some_and(|word| FLOORS.contains(&word)) => {
            Some(2)
        }
        _ => None,
    }
}

/// Returns the length of "Yenişehir/Mersin" or "Mersin" at the end.
fn town_length(text: &TokenizedText, tokens: &[Token]) -> Option<usize> {
    let last = tokens.iter().rposition(|token| !is_separator(token))?;
    let is_province =
        |token: &Token| matches!(province(&text.written(&(token.start..token.end))), Match::Same(_));
    let ends = match &tokens[..=last] {
        [district, slash, province] => {
            district.word().is_some() && (slash.is('/') || slash.is('-')) && is_province(province)
        }
        [district, province] => district.word().is_some() && is_province(province),
        _ => false,
    };
    ends.then_some(last + 1)
}

fn of(token: &Token, words: &[(&str, Part)]) -> Option<Part> {
    let word = token.word()?;
    words.iter().find(|(known, _)| *known == word).map(|(_, part)| *part)
}

fn is_block(token: &Token) -> bool {
    token.is_word("blok")
}

fn is_separator(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Break | TokenKind::Mark(',' | ';' | '-' | '–' | '.' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(address: &str) -> Option<String> {
        in_official_order(&AddressParts { address: Some(address), ..AddressParts::default() })
    }

    #[test]
    fn writes_out_and_orders_the_parts() {
        for (address, expected) in [
            (
                "No:5 D:3 Lale Sok. Gül Mah. Yenişehir/MERSİN",
                "Gül Mahallesi Lale Sokak Numara:5 Daire:3 Yenişehir/MERSİN",
            ),
            (
                "Gül Mah. Atatürk Cad. 1234. Sok. No: 28/A Kat:2 D:5, 33110 Mut/Mersin",
                "Gül Mahallesi Atatürk Caddesi 1234. Sokak Numara: 28/A Kat:2 Daire:5 33110 Mut/Mersin",
            ),
            (
                "D:5 2. Kat Yelken Sit. B Blok Lale Sk. No:7-9",
                "Lale Sokak Yelken Sitesi B Blok Numara:7-9 2. Kat Daire:5",
            ),
            ("Lale Cd., Zemin Kat, No:3", "Lale Caddesi Numara:3 Zemin Kat"),
        ] {
            assert_eq!(order(address).as_deref(), Some(expected), "{address}");
        }
    }

    #[test]
    fn adds_the_fields_of_the_form() {
        let parts = AddressParts {
            province: Some("Mersin"),
            district: Some(" Mut "),
            quarter: Some("Gül Mah."),
            postal_code: Some("33600"),
            address: Some("No:5 Lale Sok."),
            ..AddressParts::default()
        };
        let expected = "Gül Mahallesi Lale Sokak Numara:5 33600 Mut/Mersin";
        assert_eq!(in_official_order(&parts).as_deref(), Some(expected));
    }

    #[test]
    fn is_silent_where_a_part_is_not_understood() {
        for address in [
            "",
            "Gül Mah.",
            "Gül Mah. Lale Sok.",
            "Lale Sok. No:5 okul karşısı",
            "Lale Sok. No:",
            "Sok. No:5",
        ] {
            assert_eq!(order(address), None, "{address}");
        }
    }

    #[test]
    fn ordering_again_changes_nothing() {
        for address in [
            "No:5 D:3 Lale Sok. Gül Mah. Yenişehir/MERSİN",
            "Zemin Kat Lale Cd. No:3/A 33110 Mersin",
            "B Blok Yelken Sit. Lale Sk. No:7 Kat:-1",
        ] {
            let once = order(address);
            assert_eq!(once.as_deref().and_then(order), once, "{address}");
        }
    }
}
