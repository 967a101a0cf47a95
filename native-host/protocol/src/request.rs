//! Requests from the extension to the host.

use alloc::string::String;
use serde::de::Unexpected;
use serde::{Deserialize, Serialize};

/// A request. One [`crate::Message::Result`] or [`crate::Message::Error`] with the same id responds to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Chosen by the client and repeated in the response.
    pub id: u32,
    /// The command to run.
    pub command: Command,
    /// The language of the host's prompts.
    #[serde(default)]
    pub lang: Lang,
    /// The PC/SC name of the reader to use; required only if several hold a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<String>,
}

impl Request {
    /// Parses a request.
    ///
    /// # Errors
    /// The error of the JSON parser.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        // serde would also accept an array of the values.
        if text.trim_start().starts_with('[') {
            return Err(serde::de::Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        serde_json::from_str(text)
    }
}

/// A command of the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Returns readers, cards and the state of PIN and PUK; uses no try.
    Status,
    /// Sends the status now and after every change, as [`crate::Event`]s.
    Watch,
    /// Diagnoses the installation, from the card to the browser; uses no try.
    Doctor,
    /// Asks for the PUK and a new PIN in the host's prompt and unblocks the PIN.
    Unlock,
    /// Asks for the PIN and a new PIN in the host's prompt and changes it.
    ChangePin,
    /// Asks for the PUK and a new PUK in the host's prompt and changes it.
    ChangePuk,
}

impl Command {
    /// Returns whether it asks the user for codes and sends them to the card.
    #[must_use]
    pub fn is_operation(self) -> bool {
        matches!(self, Self::Unlock | Self::ChangePin | Self::ChangePuk)
    }
}

/// A language of the product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Turkish; the default, whatever the browser's language.
    #[default]
    Tr,
    /// English.
    En,
}

impl Lang {
    /// Returns the language with this code, as in a request.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "tr" => Some(Self::Tr),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}
