//! The content of the printed transfer sheet.

use serde::{Deserialize, Serialize};

/// What the panel hands over to the printed transfer sheet, in the user's language. Stored nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Sheet {
    /// The institution.
    pub title: String,
    /// Names and values.
    pub rows: Vec<(String, String)>,
    /// Problems with the transfer.
    pub warnings: Vec<String>,
    /// Further notes.
    pub notes: Vec<String>,
}
