//! The rules of a page file about choices that contradict a procedure.

use crate::{Condition, Severity};
use serde::Deserialize;

/// A choice that contradicts the user's procedure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChoiceRule {
    /// Labels of the list or group. One without a readable label is recognised by its choices.
    pub at: Vec<String>,
    /// The right choices. A group of single radio buttons is recognised by containing one of these, a list
    /// without label by containing one of these and a rejected one.
    pub expected: Vec<String>,
    /// The users to whom the rule applies.
    pub when: Condition,
    /// The choices that contradict the procedure. Other choices are not reported.
    pub rejected: Vec<String>,
    /// Message key.
    pub message: String,
    pub severity: Severity,
}
