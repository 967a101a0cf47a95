//! The rules of a page file about choices that contradict a procedure.

use crate::{Condition, Severity};
use serde::Deserialize;

/// A choice that contradicts the user's procedure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChoiceRule {
    /// Labels of the list.
    pub at: Vec<String>,
    /// The right choices. A group of radio buttons has no readable label, so it is recognised by containing
    /// one of these.
    pub expected: Vec<String>,
    /// The users to whom the rule applies.
    pub when: Condition,
    /// The choices that contradict the procedure. Other choices are not reported.
    pub rejected: Vec<String>,
    /// Message key.
    pub message: String,
    pub severity: Severity,
}
