//! Institutions whose ways are known: one file each in `institutions/`, data only.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What differs from institution to institution.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// Such as `mersin`.
    pub id: String,
    /// Its name, as it writes it.
    pub name: String,
    /// The unit that takes the papers.
    pub unit: String,
    /// The unit's telephone number.
    pub phone: String,
    /// Where family physicians pay.
    #[serde(default)]
    pub account: Option<Account>,
    /// Procedures in which an edition other than the newest holds: ids of both.
    #[serde(default)]
    pub editions: BTreeMap<String, String>,
    /// Ids of the sources.
    pub sources: Vec<String>,
    /// The day they were checked, ISO 8601.
    pub checked: String,
}

/// A bank account.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The bank's name.
    pub bank: String,
    /// Whose account it is, as the profile's source writes it.
    pub holder: String,
    /// In groups of four.
    pub iban: String,
    /// Locale key of what to ask about before paying; none where nothing is in doubt.
    #[serde(default)]
    pub doubt: Option<String>,
}

const FILES: &str = include_str!(concat!(env!("OUT_DIR"), "/institutions.json"));

/// All profiles that come with the product.
pub fn institutions() -> &'static [Institution] {
    static INSTITUTIONS: OnceLock<Vec<Institution>> = OnceLock::new();
    // Part of the program, and read by a test: an unreadable profile never ships.
    INSTITUTIONS.get_or_init(|| serde_json::from_str(FILES).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::source;

    #[test]
    fn every_profile_is_read_and_has_its_source() {
        let read: Vec<Institution> = serde_json::from_str(FILES).unwrap();
        assert!(!read.is_empty());
        for institution in read {
            assert!(institution.sources.iter().all(|id| source(id).is_some()), "{}", institution.id);
            assert!(!institution.sources.is_empty() && institution.checked.len() == 10);
            for (procedure, edition) in &institution.editions {
                let known = crate::procedures().iter().find(|known| known.id == *procedure).unwrap();
                assert!(known.edition(edition).is_some(), "{procedure} {edition}");
            }
        }
    }
}
