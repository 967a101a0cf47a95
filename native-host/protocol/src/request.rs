//! What the extension asks of the host.

use serde::de::Unexpected;
use serde::{Deserialize, Serialize};

/// One question, answered by one [`crate::Message::Result`] or [`crate::Message::Error`] of the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Chosen by the asker; comes back with the answer.
    pub id: u32,
    /// What to do.
    pub command: Command,
    /// The language of the host's own windows.
    #[serde(default)]
    pub lang: Lang,
    /// The PC/SC name of the reader to use; needed only where several hold a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<String>,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// What the parser says of a text that is none.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        // serde would also take a list of the values, without their names.
        if text.trim_start().starts_with('[') {
            return Err(serde::de::Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        serde_json::from_str(text)
    }
}

/// What the host can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Readers, cards and the state of PIN and PUK; spends no try.
    Status,
    /// The same now and at every change, as [`crate::Event`]s.
    Watch,
    /// What is wrong with this computer's way to the card; spends no try.
    Doctor,
    /// Asks for PUK and new PIN in the host's own window and unblocks the PIN.
    Unlock,
    /// Asks there for the PIN and a new one and changes it.
    ChangePin,
    /// Asks there for the PUK and a new one and changes it.
    ChangePuk,
}

impl Command {
    /// Whether it works with codes on the card, and asks the user for them.
    #[must_use]
    pub fn is_operation(self) -> bool {
        matches!(self, Self::Unlock | Self::ChangePin | Self::ChangePuk)
    }
}

/// The languages of the product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Turkish, whatever the browser speaks.
    #[default]
    Tr,
    /// English.
    En,
}

impl Lang {
    /// The language with this code, as on the wire.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "tr" => Some(Self::Tr),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}
