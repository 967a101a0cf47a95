//! Hints as plain data; the content script draws them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A hint for the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hint {
    /// A stable id such as `address.abbreviation`.
    pub id: String,
    /// The [`crate::Field::reference`] of the field, or that of the [`crate::Button`], at which it is shown;
    /// none for the whole page.
    pub anchor: Option<String>,
    /// Its severity.
    pub severity: Severity,
    /// The key of its message in `extension/_locales`.
    pub message: String,
    /// Values of the message's placeholders, by name.
    pub args: BTreeMap<String, String>,
    /// Replacements to choose from, the preferred one first. All have the same range.
    pub fixes: Vec<Fix>,
    /// A button that does something other than changing the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Whether it can wait until the user reaches its anchor.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub quiet: bool,
}

impl Hint {
    /// Returns a hint about the whole page, without arguments and fixes. Its id is the message key with dots
    /// for underscores.
    pub(crate) fn new(message: &str, severity: Severity) -> Self {
        Self {
            id: message.replace('_', "."),
            anchor: None,
            severity,
            message: message.to_owned(),
            args: BTreeMap::new(),
            fixes: Vec::new(),
            action: None,
            quiet: false,
        }
    }

    /// Adds values of the message's placeholders.
    pub(crate) fn with<'a>(mut self, args: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        self.args.extend(args.into_iter().map(|(name, value)| (name.to_owned(), value)));
        self
    }
}

/// The severity of a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Severity {
    /// The form's rules are violated.
    Error,
    /// Probably wrong.
    Advice,
    /// Guidance.
    Info,
}

/// The action of a hint's button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Action {
    /// Opens the side panel at the card.
    OpenPanel,
    /// Opens the side panel at the steps of the procedure.
    OpenGuide,
}

/// A replacement of part of a field's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Fix {
    /// Where the replaced text starts, in Unicode code points.
    pub start: usize,
    /// Where it ends, exclusive, in Unicode code points.
    pub end: usize,
    /// The replacement.
    pub text: String,
}
