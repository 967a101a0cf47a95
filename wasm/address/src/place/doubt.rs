//! What is doubtful about an address as a whole.

use super::names::{Match, skeleton_of};
use super::number::{lacks_door_number, postal_code, speaks_of_road};
use super::provinces::{CENTRE, Province, province, province_of_code, provinces, provinces_with};
use super::text::Text;
use crate::token::Token;
use std::ops::Range;

/// The parts as the user wrote them; none where the form has no such field.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts<'a> {
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

/// Which part a remark speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// [`Parts::province`].
    Province,
    /// [`Parts::district`].
    District,
    /// [`Parts::postal_code`].
    PostalCode,
    /// [`Parts::address`].
    Address,
}

/// Something to look at again. No doubt is certain: districts are founded, and names are unusual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub part: Part,
    /// The range of the part's text that is meant, in Unicode code points; empty where something is missing.
    pub range: Range<usize>,
    /// What was written there.
    pub written: String,
    /// What is doubtful.
    pub doubt: Doubt,
}

/// What is doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
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
pub fn doubts(parts: &Parts<'_>) -> Vec<Remark> {
    let address = Text::of(parts.address.unwrap_or_default());
    let tail = Tail::of(&address);
    let mut remarks = Vec::new();
    let own_province = parts.province.filter(|text| !text.trim().is_empty());
    if let Some(written) = own_province {
        remarks.extend(province_doubt(written).map(|doubt| whole(Part::Province, written, doubt)));
    }
    let of_field = own_province.and_then(known);
    if let (Some(written), Some(province)) = (parts.district.filter(|text| !text.trim().is_empty()), of_field)
    {
        remarks.extend(district_doubt(written, province).map(|doubt| whole(Part::District, written, doubt)));
    }
    if own_province.is_none() {
        remarks.extend(tail.as_ref().and_then(Tail::doubt));
    }
    let province = of_field.or_else(|| tail.as_ref().and_then(|tail| known(&tail.province.1)));
    remarks.extend(postal_code_doubt(parts, &address, province));
    if lacks_door_number(&address) {
        remarks.push(missing(Doubt::NoNumber));
    }
    let named =
        names_district(&address) || parts.quarter.is_some_and(|quarter| names_district(&Text::of(quarter)));
    if parts.district.is_none() && speaks_of_road(&address) && !named {
        remarks.push(missing(Doubt::NoDistrict));
    }
    remarks
}

fn known(written: &str) -> Option<&'static Province> {
    match province(written) {
        Match::Same(province) => Some(province),
        _ => None,
    }
}

fn province_doubt(written: &str) -> Option<Doubt> {
    match province(written) {
        Match::Same(_) | Match::Beginning => None,
        Match::Near(province) => Some(Doubt::ProvinceTypo { meant: province.name.clone() }),
        Match::None => Some(Doubt::ProvinceUnknown),
    }
}

fn district_doubt(written: &str, province: &Province) -> Option<Doubt> {
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
                _ if !others.is_empty() => Doubt::DistrictElsewhere { province: name, others },
                Match::Near(meant) => Doubt::DistrictTypo { province: name, meant: meant.to_owned() },
                _ => Doubt::DistrictUnknown { province: name },
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
fn postal_code_doubt(parts: &Parts<'_>, address: &Text, province: Option<&Province>) -> Option<Remark> {
    let own = Text::of(parts.postal_code.unwrap_or_default());
    let (part, text) =
        if own.tokens.is_empty() { (Part::Address, address) } else { (Part::PostalCode, &own) };
    let (range, code) = postal_code(text)?;
    let doubt = match (province_of_code(code), province) {
        (None, _) => Doubt::PostalCodeUnknown,
        (Some(of_code), Some(province)) if of_code != province => {
            Doubt::PostalCodeElsewhere { province: province.name.clone(), other: of_code.name.clone() }
        }
        _ => return None,
    };
    Some(Remark { part, written: text.written(&range), range, doubt })
}

/// Whether a word of the text is a district's name or a centre.
fn names_district(text: &Text) -> bool {
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
    fn of(text: &Text) -> Option<Self> {
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
    fn doubt(&self) -> Option<Remark> {
        let (part, doubt) = match province(&self.province.1) {
            Match::Same(province) => {
                let doubt = district_doubt(&self.district.1, province)?;
                // Many write a quarter there, and quarters have names that districts elsewhere have.
                let sure = matches!(doubt, Doubt::DistrictTypo { .. });
                sure.then_some((&self.district, doubt))?
            }
            Match::Near(province) if matches!(province.district(&self.district.1), Match::Same(_)) => {
                (&self.province, Doubt::ProvinceTypo { meant: province.name.clone() })
            }
            _ => return None,
        };
        Some(Remark { part: Part::Address, range: part.0.clone(), written: part.1.clone(), doubt })
    }
}

fn whole(part: Part, written: &str, doubt: Doubt) -> Remark {
    Remark { part, range: 0..written.chars().count(), written: written.trim().to_owned(), doubt }
}

fn missing(doubt: Doubt) -> Remark {
    Remark { part: Part::Address, range: 0..0, written: String::new(), doubt }
}

#[cfg(test)]
#[path = "doubt_tests.rs"]
mod tests;
