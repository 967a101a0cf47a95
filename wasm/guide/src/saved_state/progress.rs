//! How far the user is in a procedure.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The progress of one procedure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProcedureProgress {
    /// The edition that the user chose; none for the one that applies otherwise.
    pub edition: Option<String>,
    /// Steps that the user ticked or unticked. They take precedence over [`Self::by_screen`].
    #[serde(rename = "hand")]
    pub by_user: BTreeMap<String, bool>,
    /// Steps that a visited screen proved to be done.
    #[serde(rename = "seen")]
    pub by_screen: BTreeSet<String>,
}

impl ProcedureProgress {
    /// Returns whether a step is done.
    #[must_use]
    pub fn is_done(&self, step: &str) -> bool {
        self.by_user.get(step).copied().unwrap_or_else(|| self.by_screen.contains(step))
    }
}
