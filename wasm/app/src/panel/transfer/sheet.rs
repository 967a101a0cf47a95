//! A transfer as the panel passes it, in words, to the page that prints it. It is stored nowhere.

use serde::{Deserialize, Serialize};

/// What is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct TransferSheet {
    /// The name of the institution.
    pub title: String,
    /// Names and values.
    pub rows: Vec<(String, String)>,
    /// What may be wrong.
    pub warnings: Vec<String>,
    /// Further information.
    pub notes: Vec<String>,
}
