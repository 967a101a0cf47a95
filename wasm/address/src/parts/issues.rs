//! Issues of an address as a whole.

use super::issue::{AddressIssue, AddressIssueKind, AddressPart};
use super::name_match::{Match, skeleton_of};
use super::numbers::{lacks_door_number, mentions_road, postal_code};
use super::provinces::{CENTRE, Province, province, province_of_code, provinces, provinces_with};
use super::quarters::{Quarters, Written};
use super::tokenized_text::TokenizedText;
use crate::token::Token;
use eimza_turkish::NormalizedText;
use std::ops::Range;

/// The texts of the address fields; none where the form has no such field.
#[derive(Debug, Clone, Copy, Default)]
pub struct AddressParts<'a> {
    /// "İl".
    pub province: Option<&'a str>,
    /// "İlçe".
    pub district: Option<&'a str>,
    /// "Mahalle".
    pub quarter: Option<&'a str>,
    /// "Posta Kodu".
    pub postal_code: Option<&'a str>,
    /// The rest of the address, or the whole address.
    pub address: Option<&'a str>,
    /// The quarters of all districts, where they are loaded.
    pub quarters: Option<&'a Quarters>,
}

/// Checks the parts of an address together. Ignores empty parts and beginnings of names, because the user may
/// still be typing. Letters may be decomposed and invisible characters may be among them.
#[must_use]
pub fn check_parts(parts: &AddressParts<'_>) -> Vec<AddressIssue> {
    let [province, district, quarter, postal_code, address] =
        [parts.province, parts.district, parts.quarter, parts.postal_code, parts.address]
            .map(|part| part.map(NormalizedText::of));
    let mut issues = issues_of(&AddressParts {
        province: province.as_ref().map(NormalizedText::as_str),
        district: district.as_ref().map(NormalizedText::as_str),
        quarter: quarter.as_ref().map(NormalizedText::as_str),
        postal_code: postal_code.as_ref().map(NormalizedText::as_str),
        address: address.as_ref().map(NormalizedText::as_str),
        quarters: parts.quarters,
    });
    for issue in &mut issues {
        let text = match issue.part {
            AddressPart::Province => &province,
            AddressPart::District => &district,
            AddressPart::Quarter => &quarter,
            AddressPart::PostalCode => &postal_code,
            AddressPart::Address => &address,
        };
        if let Some(text) = text {
            issue.range = text.original_range(issue.range.clone());
        }
    }
    issues
}

/// Checks normalized parts.
fn issues_of(parts: &AddressParts<'_>) -> Vec<AddressIssue> {
    let address = TokenizedText::of(parts.address.unwrap_or_default());
    let tail = Tail::of(&address);
    let mut issues = Vec::new();
    let province_text = parts.province.filter(|text| !text.trim().is_empty());
    if let Some(written) = province_text {
        issues.extend(province_issue(written).map(|kind| whole_text(AddressPart::Province, written, kind)));
    }
    let field_province = province_text.and_then(known);
    if let (Some(written), Some(province)) =
        (parts.district.filter(|text| !text.trim().is_empty()), field_province)
    {
        issues.extend(
            district_issue(written, province).map(|kind| whole_text(AddressPart::District, written, kind)),
        );
    }
    if province_text.is_none() {
        issues.extend(tail.as_ref().and_then(Tail::issue));
    }
    let province = field_province.or_else(|| tail.as_ref().and_then(|tail| known(&tail.province.1)));
    let postal_code_issue = postal_code_issue(parts, &address, province);
    if postal_code_issue.is_none() {
        issues.extend(quarter_issues(parts, &address, tail.as_ref(), province));
    }
    issues.extend(postal_code_issue);
    if lacks_door_number(&address) {
        issues.push(missing_part(AddressIssueKind::NoNumber));
    }
    let names_district = mentions_district(&address)
        || parts.quarter.is_some_and(|quarter| mentions_district(&TokenizedText::of(quarter)));
    if parts.district.is_none() && mentions_road(&address) && !names_district {
        issues.push(missing_part(AddressIssueKind::NoDistrict));
    }
    issues
}

fn known(written: &str) -> Option<&'static Province> {
    match province(written) {
        Match::Same(province) => Some(province),
        _ => None,
    }
}

fn province_issue(written: &str) -> Option<AddressIssueKind> {
    match province(written) {
        Match::Same(_) | Match::Beginning => None,
        Match::Near(province) => Some(AddressIssueKind::ProvinceTypo { meant: province.name.clone() }),
        Match::None => Some(AddressIssueKind::ProvinceUnknown),
    }
}

fn district_issue(written: &str, province: &Province) -> Option<AddressIssueKind> {
    if is_centre(written, province) {
        return None;
    }
    let name = province.name.clone();
    match province.district(written) {
        Match::Same(_) | Match::Beginning => None,
        found => {
            let others: Vec<String> =
                provinces_with(written).iter().map(|other| other.name.clone()).collect();
            Some(match found {
                _ if !others.is_empty() => AddressIssueKind::DistrictElsewhere { province: name, others },
                Match::Near(meant) => {
                    AddressIssueKind::DistrictTypo { province: name, meant: meant.to_owned() }
                }
                _ => AddressIssueKind::DistrictUnknown { province: name },
            })
        }
    }
}

/// Returns whether a text is "Merkez" or the province's own name, both of which denote the central district.
fn is_centre(written: &str, province: &Province) -> bool {
    let written = skeleton_of(written);
    written == CENTRE || written == skeleton_of(&province.name)
}

/// Checks the postal code of its own field or, where that is empty, of the address.
fn postal_code_issue(
    parts: &AddressParts<'_>,
    address: &TokenizedText,
    province: Option<&Province>,
) -> Option<AddressIssue> {
    let own = TokenizedText::of(parts.postal_code.unwrap_or_default());
    let (part, text) =
        if own.tokens.is_empty() { (AddressPart::Address, address) } else { (AddressPart::PostalCode, &own) };
    let (range, code) = postal_code(text)?;
    let kind = match (province_of_code(code), province) {
        (None, _) => AddressIssueKind::PostalCodeUnknown,
        (Some(of_code), Some(province)) if of_code != province => AddressIssueKind::PostalCodeElsewhere {
            province: province.name.clone(),
            other: of_code.name.clone(),
        },
        _ => return None,
    };
    Some(AddressIssue { part, written: text.written(&range), range, kind })
}

/// Checks the quarter, where the district is known, and the postal code against it.
fn quarter_issues(
    parts: &AddressParts<'_>,
    address: &TokenizedText,
    tail: Option<&Tail>,
    province: Option<&Province>,
) -> Vec<AddressIssue> {
    let (Some(quarters), Some(province)) = (parts.quarters, province) else { return Vec::new() };
    let district = parts.district.or(tail.map(|tail| tail.district.1.as_str())).unwrap_or_default();
    let Match::Same(district) = province.district(district) else { return Vec::new() };
    let [quarter, code] =
        [parts.quarter, parts.postal_code].map(|text| TokenizedText::of(text.unwrap_or_default()));
    let Some(written) = Written::of(&quarter, address) else { return Vec::new() };
    let code = if code.tokens.is_empty() {
        (AddressPart::Address, address)
    } else {
        (AddressPart::PostalCode, &code)
    };
    quarters.issues(province, district, &written, Some(code))
}

/// Returns whether the text contains a district's name or "Merkez".
fn mentions_district(text: &TokenizedText) -> bool {
    let is_district = |word: &str| {
        word == CENTRE || district_words().binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    };
    text.words().any(is_district)
}

/// Returns the sorted skeletons of the words of all district names.
fn district_words() -> &'static [String] {
    static WORDS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    WORDS.get_or_init(|| {
        let names = provinces().iter().flat_map(|province| &province.districts);
        let mut words: Vec<String> =
            names.flat_map(|name| name.split(' ')).map(skeleton_of).filter(|word| word.len() > 2).collect();
        words.sort();
        words.dedup();
        words
    })
}

/// District and province at the end of an address: "… Yenişehir/Mersin".
struct Tail {
    district: (Range<usize>, String),
    province: (Range<usize>, String),
}

impl Tail {
    /// Reads a word, a slash, and the last word.
    fn of(text: &TokenizedText) -> Option<Self> {
        let [.., district, slash, province] = &text.tokens[..] else {
            return None;
        };
        let is_name = |token: &Token| token.word().is_some() && token.len() > 2;
        if !slash.is('/') || !is_name(district) || !is_name(province) {
            return None;
        }
        let part = |token: &Token| (token.start..token.end, text.written(&(token.start..token.end)));
        Some(Self { district: part(district), province: part(province) })
    }

    /// Checks one of the two words where the other is known. Two unknown words may be anything.
    fn issue(&self) -> Option<AddressIssue> {
        let (part, kind) = match province(&self.province.1) {
            Match::Same(province) => {
                let kind = district_issue(&self.district.1, province)?;
                // Many users write the quarter here, which may have the name of a district elsewhere.
                let sure = matches!(kind, AddressIssueKind::DistrictTypo { .. });
                sure.then_some((&self.district, kind))?
            }
            Match::Near(province) if matches!(province.district(&self.district.1), Match::Same(_)) => {
                (&self.province, AddressIssueKind::ProvinceTypo { meant: province.name.clone() })
            }
            _ => return None,
        };
        Some(AddressIssue {
            part: AddressPart::Address,
            range: part.0.clone(),
            written: part.1.clone(),
            kind,
        })
    }
}

fn whole_text(part: AddressPart, written: &str, kind: AddressIssueKind) -> AddressIssue {
    AddressIssue { part, range: 0..written.chars().count(), written: written.trim().to_owned(), kind }
}

fn missing_part(kind: AddressIssueKind) -> AddressIssue {
    AddressIssue { part: AddressPart::Address, range: 0..0, written: String::new(), kind }
}

#[cfg(test)]
#[path = "issues_tests.rs"]
mod tests;
