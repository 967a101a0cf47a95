//! What is doubtful about an address as a whole.

use super::name_match::{Match, skeleton_of};
use super::numbers::{lacks_door_number, postal_code, speaks_of_road};
use super::provinces::{CENTRE, Province, province, province_of_code, provinces, provinces_with};
use super::tokenized_text::TokenizedText;
use crate::token::Token;
use std::ops::Range;

/// The parts as the user wrote them; none where the form has no such field.
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
    /// The rest of the address, or all of it.
    pub address: Option<&'a str>,
}

/// Which part a issue speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressPart {
    /// [`AddressParts::province`].
    Province,
    /// [`AddressParts::district`].
    District,
    /// [`AddressParts::postal_code`].
    PostalCode,
    /// [`AddressParts::address`].
    Address,
}

/// Something to look at again. No kind is certain: districts are founded, and names are unusual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressIssue {
    /// Where.
    pub part: AddressPart,
    /// The range of the part's text that is meant, in Unicode code points; empty where something is missing.
    pub range: Range<usize>,
    /// What was written there.
    pub written: String,
    /// What is doubtful.
    pub kind: AddressIssueKind,
}

/// What is doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressIssueKind {
    /// No province is called so; one is called nearly so.
    ProvinceTypo {
        /// Its name.
        meant: String,
    },
    /// No province is called so.
    ProvinceUnknown,
    /// The province has no such district; one is called nearly so.
    DistrictTypo {
        /// The province.
        province: String,
        /// The district's name.
        meant: String,
    },
    /// The province has no such district, but others have.
    DistrictElsewhere {
        /// The province.
        province: String,
        /// The others.
        others: Vec<String>,
    },
    /// The province has no such district that is known.
    DistrictUnknown {
        /// The province.
        province: String,
    },
    /// The postal code is another province's.
    PostalCodeElsewhere {
        /// The province of the address.
        province: String,
        /// That of the code.
        other: String,
    },
    /// A postal code begins with a province's number, 01 to 81; this one does not.
    PostalCodeUnknown,
    /// The address speaks of a road and has no door number.
    NoNumber,
    /// The address names no district, and the form has no field for it.
    NoDistrict,
}

/// Looks at the parts together. Empty parts and beginnings of words are somebody still typing.
#[must_use]
pub fn check_parts(parts: &AddressParts<'_>) -> Vec<AddressIssue> {
    let address = TokenizedText::of(parts.address.unwrap_or_default());
    let tail = Tail::of(&address);
    let mut issues = Vec::new();
    let own_province = parts.province.filter(|text| !text.trim().is_empty());
    if let Some(written) = own_province {
        issues.extend(province_issue(written).map(|kind| whole(AddressPart::Province, written, kind)));
    }
    let of_field = own_province.and_then(known);
    if let (Some(written), Some(province)) = (parts.district.filter(|text| !text.trim().is_empty()), of_field)
    {
        issues.extend(
            district_issue(written, province).map(|kind| whole(AddressPart::District, written, kind)),
        );
    }
    if own_province.is_none() {
        issues.extend(tail.as_ref().and_then(Tail::issue));
    }
    let province = of_field.or_else(|| tail.as_ref().and_then(|tail| known(&tail.province.1)));
    issues.extend(postal_code_issue(parts, &address, province));
    if lacks_door_number(&address) {
        issues.push(missing(AddressIssueKind::NoNumber));
    }
    let named = names_district(&address)
        || parts.quarter.is_some_and(|quarter| names_district(&TokenizedText::of(quarter)));
    if parts.district.is_none() && speaks_of_road(&address) && !named {
        issues.push(missing(AddressIssueKind::NoDistrict));
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

/// "Merkez", or the province's own name: both are said of the capital's district.
fn is_centre(written: &str, province: &Province) -> bool {
    let written = skeleton_of(written);
    written == CENTRE || written == skeleton_of(&province.name)
}

/// The field's own code; without one, that in the address.
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

/// Whether a word of the text is a district's name or a centre.
fn names_district(text: &TokenizedText) -> bool {
    let is_district = |word: &str| {
        word == CENTRE || district_words().binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    };
    text.words().any(is_district)
}

/// The words of all districts' names, sorted, as skeletons.
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

/// The end of an address that is written in one: "… Yenişehir/Mersin".
struct Tail {
    district: (Range<usize>, String),
    province: (Range<usize>, String),
}

impl Tail {
    /// A word, a slash, and a last word.
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

    /// Only one of both is doubted, and only beside one that is known: two unknown words may be anything.
    fn issue(&self) -> Option<AddressIssue> {
        let (part, kind) = match province(&self.province.1) {
            Match::Same(province) => {
                let kind = district_issue(&self.district.1, province)?;
                // Many write a quarter there, and quarters have names that districts elsewhere have.
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

fn whole(part: AddressPart, written: &str, kind: AddressIssueKind) -> AddressIssue {
    AddressIssue { part, range: 0..written.chars().count(), written: written.trim().to_owned(), kind }
}

fn missing(kind: AddressIssueKind) -> AddressIssue {
    AddressIssue { part: AddressPart::Address, range: 0..0, written: String::new(), kind }
}

#[cfg(test)]
#[path = "issues_tests.rs"]
mod tests;
