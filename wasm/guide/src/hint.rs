//! What the page's visitor is told: plain data, drawn elsewhere.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing to tell the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hint {
    /// A stable id such as `address.abbreviation`.
    pub id: String,
    /// The [`crate::Field::reference`] of the field that it speaks of, or that of a
    /// [`crate::Button`]; none for the whole page.
    pub anchor: Option<String>,
    /// How grave it is.
    pub severity: Severity,
    /// The key of its sentence in `extension/_locales`.
    pub message: String,
    /// Values of the sentence's placeholders, by placeholder name.
    pub args: BTreeMap<String, String>,
    /// Replacements that the user can choose from, the preferred one first. All of one hint
    /// speak of the same range.
    pub fixes: Vec<Fix>,
    /// A button beside the hint that is no change of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// A tip that can wait until the user is at its field.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub quiet: bool,
}

impl Hint {
    /// A hint of the whole page that only says something; its id is the locale key with dots for underscores.
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

    /// The same with values of the sentence's placeholders.
    pub(crate) fn with<'a>(mut self, args: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        self.args.extend(args.into_iter().map(|(name, value)| (name.to_owned(), value)));
        self
    }
}

/// How grave a hint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Severity {
    /// The form's own rule is broken.
    Error,
    /// Probably better otherwise.
    Advice,
    /// Guidance.
    Info,
}

/// What a hint's button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Action {
    /// Opens the side panel, where the card is.
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
    /// What to write instead.
    pub text: String,
}
