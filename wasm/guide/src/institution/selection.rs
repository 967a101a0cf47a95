//! Which profile applies, and where it comes from.

use super::error::ProfileError;
use super::model::Institution;
use serde::{Deserialize, Serialize};

/// Where a profile comes from. The panel shows it next to all data of the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Part of the product.
    BuiltIn,
    /// A file that the user imported.
    File,
    /// The browser policy.
    Policy,
}

/// The profile that applies to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActiveInstitution<'a> {
    /// The profile.
    pub institution: &'a Institution,
    /// Where it comes from.
    pub origin: Origin,
}

/// A file that the user imported. Its text is stored unchanged, so that a later version parses it by its own
/// rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ImportedProfile {
    text: String,
    /// The id in the file; empty where it has none.
    pub id: String,
    /// The profile, or why this version rejects it.
    pub institution: Result<Institution, ProfileError>,
}

impl From<String> for ImportedProfile {
    fn from(text: String) -> Self {
        let institution = Institution::read(&text);
        let id = match &institution {
            Ok(institution) => institution.id.clone(),
            Err(_) => {
                let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
                value["id"].as_str().unwrap_or_default().to_owned()
            }
        };
        Self { text, id, institution }
    }
}

impl From<ImportedProfile> for String {
    fn from(imported: ImportedProfile) -> Self {
        imported.text
    }
}
