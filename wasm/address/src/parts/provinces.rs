//! The 81 provinces and their districts: `data/provinces.json`, with its source and licence.

use super::name_match::{Match, match_name};
use serde::Deserialize;
use std::sync::OnceLock;

/// A province.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Province {
    /// Its number, 1 to 81, which is also the first two digits of its postal codes.
    pub code: u8,
    /// Its name.
    pub name: String,
    /// Its districts. The one around the provincial capital may be called "Merkez".
    pub districts: Vec<String>,
}

/// Skeletons of former and short names of provinces that are still in use.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("adapazari", "Sakarya"),
    ("afyon", "Afyonkarahisar"),
    ("antep", "Gaziantep"),
    ("icel", "Mersin"), // until 2002
    ("izmit", "Kocaeli"),
    ("maras", "Kahramanmaraş"),
    ("urfa", "Şanlıurfa"),
];

/// The central district of a province, whatever its official name.
pub(super) const CENTRE: &str = "merkez";

/// Returns all provinces.
pub(super) fn provinces() -> &'static [Province] {
    static PROVINCES: OnceLock<Vec<Province>> = OnceLock::new();
    PROVINCES.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/provinces"))))
}

/// Returns the province that a text names.
pub(super) fn province(written: &str) -> Match<&'static Province> {
    let meant = OTHER_NAMES.iter().find(|(other, _)| *other == super::name_match::skeleton_of(written));
    if let Some((_, name)) = meant {
        return provinces().iter().find(|province| province.name == *name).map_or(Match::None, Match::Near);
    }
    match_name(written, provinces().iter().map(|province| (province.name.as_str(), province)))
}

/// Returns the province whose postal codes begin with these two digits.
pub(super) fn province_of_code(code: u8) -> Option<&'static Province> {
    provinces().iter().find(|province| province.code == code)
}

/// Returns the provinces that have a district of exactly this name.
pub(super) fn provinces_with(district: &str) -> Vec<&'static Province> {
    let has = |province: &&Province| matches!(province.district(district), Match::Same(_));
    provinces().iter().filter(has).collect()
}

impl Province {
    /// Returns the district that a text names.
    pub(super) fn district(&self, written: &str) -> Match<&str> {
        match_name(written, self.districts.iter().map(|name| (name.as_str(), name.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contains_81_provinces_and_973_districts() {
        let codes: Vec<u8> = provinces().iter().map(|province| province.code).collect();
        assert_eq!(codes, (1..=81).collect::<Vec<_>>());
        assert_eq!(provinces().iter().map(|province| province.districts.len()).sum::<usize>(), 973);
    }

    #[test]
    fn accepts_spellings_without_diacritics() {
        for written in ["MERSİN", "mersin", " Mersin ", "IZMIR", "istanbul", "Sanliurfa", "Hakkâri"] {
            assert!(matches!(province(written), Match::Same(_)), "{written}");
        }
    }

    #[test]
    fn other_names_suggest_the_official_name() {
        for (written, name) in [("İçel", "Mersin"), ("AFYON", "Afyonkarahisar"), ("Urfa", "Şanlıurfa")] {
            assert!(matches!(province(written), Match::Near(found) if found.name == name), "{written}");
        }
        assert!(
            OTHER_NAMES.iter().all(|(_, name)| provinces().iter().any(|province| province.name == *name))
        );
    }
}
