//! The content of the printed transfer sheet.

use serde::{Deserialize, Serialize};

/// The content of the printed transfer sheet, which the panel sends in the user's language. Never stored.
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
