//! The quarters and villages of each district with their postal codes: `data/quarters.txt`, with its source.
//!
//! They are no part of the program, because they are large; it gets them where an address is typed.

use super::issue::{AddressIssue, AddressIssueKind, AddressPart};
use super::name_match::skeleton_of;
use super::numbers::postal_code;
use super::provinces::Province;
use super::tokenized_text::TokenizedText;
use crate::token::{Token, TokenKind};
use eimza_turkish::title_case;
use std::ops::Range;
use strsim::osa_distance;

/// The quarters and villages of all districts.
#[derive(Debug, Default)]
pub struct Quarters {
    text: String,
    districts: Vec<District>,
}

#[derive(Debug)]
struct District {
    province: u8,
    /// The skeleton of its name.
    name: String,
    /// Its postal codes with their quarters, within the text.
    quarters: Range<usize>,
}

/// Names that are shorter are not corrected: many differ in one letter.
const SHORTEST_NAME: usize = 5;

impl Quarters {
    /// Reads `data/quarters.txt`: a line for each district, as `cargo xtask provinces` writes it. Other lines
    /// are ignored.
    #[must_use]
    pub fn read(text: String) -> Self {
        let mut districts = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if let Some((head, quarters)) = line.trim_end().split_once('\t')
                && let Some((province, name)) = head.split_once(' ')
                && let Ok(province) = province.parse()
            {
                let first = start + head.len() + 1;
                let quarters = first..first + quarters.len();
                districts.push(District { province, name: skeleton_of(name), quarters });
            }
            start += line.len();
        }
        Self { text, districts }
    }

    /// Reads [`Self::read`]'s text as it is shipped: compressed.
    #[must_use]
    pub fn unpack(packed: &[u8]) -> Self {
        Self::read(eimza_packed::unpack(packed))
    }

    /// Returns whether there are none: the file was not valid.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.districts.is_empty()
    }

    /// Returns the quarters of a district with the last three digits of their postal codes.
    fn of(&self, province: &Province, district: &str) -> Vec<(&str, &str)> {
        let district = skeleton_of(district);
        let is_here = |other: &&District| other.province == province.code && other.name == district;
        let Some(found) = self.districts.iter().find(is_here) else { return Vec::new() };
        let codes = self.text[found.quarters.clone()].split('\t').filter_map(|code| code.split_once(':'));
        codes.flat_map(|(code, names)| names.split(',').map(move |name| (name, code))).collect()
    }

    /// Checks the quarter that a text names, and the postal code against it.
    pub(super) fn issues(
        &self,
        province: &Province,
        district: &str,
        written: &Written<'_>,
        code: Option<(AddressPart, &TokenizedText)>,
    ) -> Vec<AddressIssue> {
        let known = self.of(province, district);
        let same: Vec<&str> =
            known.iter().filter(|(name, _)| written.is(name)).map(|(_, code)| *code).collect();
        if same.is_empty() {
            return typo(&known, district, written).into_iter().collect();
        }
        code.and_then(|(part, text)| self.code_issue(province, &same, written, part, text))
            .into_iter()
            .collect()
    }

    /// Checks a postal code against those of the quarter. A code that is no quarter's may be older or newer than
    /// the data.
    fn code_issue(
        &self,
        province: &Province,
        expected: &[&str],
        written: &Written<'_>,
        part: AddressPart,
        text: &TokenizedText,
    ) -> Option<AddressIssue> {
        let (range, of_province) = postal_code(text)?;
        let code = text.written(&range);
        let own = code.get(2..)?;
        let mut here = self.districts.iter().filter(|district| district.province == of_province);
        let exists = here.any(|district| {
            let codes = self.text[district.quarters.clone()].split('\t');
            codes.filter_map(|code| code.split_once(':')).any(|(code, _)| code == own)
        });
        if of_province != province.code || expected.contains(&own) || !exists {
            return None;
        }
        let mut expected: Vec<String> =
            expected.iter().map(|code| format!("{:02}{code}", province.code)).collect();
        expected.dedup();
        let kind =
            AddressIssueKind::PostalCodeOfOtherQuarter { quarter: title_case(&written.name()), expected };
        Some(AddressIssue { part, range, written: code, kind })
    }
}

/// Returns the issue of a name that is one typo away from exactly one quarter of the district.
fn typo(known: &[(&str, &str)], district: &str, written: &Written<'_>) -> Option<AddressIssue> {
    let key = key(&written.name());
    if key.chars().count() < SHORTEST_NAME {
        return None;
    }
    let mut near: Option<&str> = None;
    for (name, _) in known {
        let other = self::key(name);
        // The user may still be typing.
        if !written.complete && other.starts_with(&key) {
            return None;
        }
        let is_near = other.len().abs_diff(key.len()) <= 1
            && osa_distance(&other, &key) == 1
            && digits(&other) == digits(&key);
        match near {
            _ if !is_near => {}
            Some(first) if self::key(first) != other => return None,
            _ => near = Some(name),
        }
    }
    let kind = AddressIssueKind::QuarterTypo { district: title_case(district), meant: title_case(near?) };
    let (range, text) = (written.range(), written.name());
    Some(AddressIssue { part: written.part, range, written: text, kind })
}

/// Returns a name as it is compared: its letters and digits without diacritics. Spaces and dots are written in
/// many ways ("Fevziçakmak", "Fevzi Çakmak").
fn key(name: &str) -> String {
    skeleton_of(name).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn digits(key: &str) -> impl PartialEq + use<> {
    key.chars().filter(char::is_ascii_digit).collect::<String>()
}

/// A quarter's name in a text.
pub(super) struct Written<'a> {
    part: AddressPart,
    text: &'a TokenizedText,
    /// The tokens of the name.
    tokens: Range<usize>,
    /// Whether the name is followed by "Mahallesi".
    complete: bool,
}

/// Skeletons of words for a quarter or a village.
const HEADS: [&str; 8] = ["koy", "koyu", "mah", "mahalle", "mahallesi", "mh", "mhl", "mevkii"];

impl<'a> Written<'a> {
    /// Finds the name in the field for the quarter, or else before "Mahallesi" in the address.
    pub(super) fn of(quarter: &'a TokenizedText, address: &'a TokenizedText) -> Option<Self> {
        if let Some(found) = Self::before_head(AddressPart::Quarter, quarter) {
            return Some(found);
        }
        if !quarter.tokens.is_empty() {
            let tokens = 0..quarter.tokens.len();
            return Some(Self { part: AddressPart::Quarter, text: quarter, tokens, complete: false });
        }
        Self::before_head(AddressPart::Address, address)
    }

    fn before_head(part: AddressPart, text: &'a TokenizedText) -> Option<Self> {
        let head = text.tokens.iter().position(is_head)?;
        let ends = |token: &Token| {
            matches!(token.kind, TokenKind::Break | TokenKind::Mark(',' | ';' | ':' | '/' | '(' | ')'))
        };
        let start = text.tokens[..head].iter().rposition(ends).map_or(0, |at| at + 1);
        (start < head).then_some(Self { part, text, tokens: start..head, complete: true })
    }

    fn range(&self) -> Range<usize> {
        let tokens = &self.text.tokens[self.tokens.clone()];
        tokens.first().map_or(0, |token| token.start)..tokens.last().map_or(0, |token| token.end)
    }

    fn name(&self) -> String {
        self.text.written(&self.range())
    }

    /// Returns whether it is this quarter, or ends in it: other words may precede it in an address.
    fn is(&self, name: &str) -> bool {
        let name = key(name);
        let end = self.range().end;
        self.text.tokens[self.tokens.clone()]
            .iter()
            .any(|token| key(&self.text.written(&(token.start..end))) == name)
    }
}

fn is_head(token: &Token) -> bool {
    token.word().is_some_and(|word| HEADS.contains(&word))
}

#[cfg(test)]
#[path = "quarters_tests.rs"]
mod tests;
