//! How far the user is in a procedure.

use super::lenient::default_if_unknown;
use crate::user_context::Signing;
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
    /// Steps that the user does not need. They take precedence over [`Self::by_screen`]; none of them is in
    /// [`Self::by_user`].
    #[serde(rename = "skipped", skip_serializing_if = "BTreeSet::is_empty")]
    pub not_needed: BTreeSet<String>,
    /// How the user signs the application; none until they say so.
    #[serde(deserialize_with = "default_if_unknown", skip_serializing_if = "Option::is_none")]
    pub signing: Option<Signing>,
}

/// The status of a step for one user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    /// It is still to be done.
    Open,
    /// The user or a visited screen ticked it.
    Done,
    /// The user said that they do not need it.
    NotNeeded,
}

impl ProcedureProgress {
    /// Returns the status of a step.
    #[must_use]
    pub fn status(&self, step: &str) -> StepStatus {
        match self.by_user.get(step) {
            Some(true) => StepStatus::Done,
            Some(false) => StepStatus::Open,
            None if self.not_needed.contains(step) => StepStatus::NotNeeded,
            None if self.by_screen.contains(step) => StepStatus::Done,
            None => StepStatus::Open,
        }
    }

    /// Returns whether a step is done.
    #[must_use]
    pub fn is_done(&self, step: &str) -> bool {
        self.status(step) == StepStatus::Done
    }

    pub(super) fn tick(&mut self, step: &str, done: bool) {
        self.not_needed.remove(step);
        self.by_user.insert(step.to_owned(), done);
    }

    pub(super) fn set_not_needed(&mut self, step: &str, not_needed: bool) {
        self.by_user.remove(step);
        if not_needed {
            self.not_needed.insert(step.to_owned());
            return;
        }
        self.not_needed.remove(step);
        // Who needs a step after all has not done it, whatever screens were visited.
        if self.by_screen.contains(step) {
            self.by_user.insert(step.to_owned(), false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_is_needed_after_all_is_open_even_if_its_screen_was_visited() {
        let mut progress = ProcedureProgress::default();
        progress.by_screen.insert("enter".to_owned());
        for step in ["enter", "fill"] {
            progress.set_not_needed(step, true);
            assert_eq!(progress.status(step), StepStatus::NotNeeded);
            progress.set_not_needed(step, false);
            assert_eq!(progress.status(step), StepStatus::Open);
        }
    }
}
