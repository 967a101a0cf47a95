//! Messages from the host.

use crate::{Diagnostics, Problem, ReaderStatus, Status};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A message from the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "MessageFields")]
pub enum HostMessage {
    /// The first message, before any request.
    Hello {
        /// The versions of the protocol and the host.
        hello: Hello,
    },
    /// The response to a request that succeeded.
    Result {
        /// The id of the request.
        id: u32,
        /// The result of its command.
        result: Outcome,
    },
    /// The response to a request that failed, or to input that is not a request.
    Error {
        /// The id of the request; `None` if it could not be read.
        id: Option<u32>,
        /// What went wrong.
        error: Problem,
    },
    /// A notification while watching.
    Event(Event),
}

/// The versions of the protocol and the host, sent in the first message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// The [`crate::PROTOCOL_VERSION`] of the host.
    pub protocol: u32,
    /// The version of the host, for display.
    pub version: String,
}

/// The results, one for each [`crate::Command`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Outcome {
    /// The result of `status`.
    Status(Status),
    /// The result of `watch`; events follow.
    Watching,
    /// The result of `doctor`.
    Doctor(Diagnostics),
    /// The result of `unlock`: the card accepted the new PIN.
    Unlocked {
        /// The reader that holds the card.
        reader: String,
    },
    /// The result of `change-pin`: the card accepted the new PIN.
    PinChanged {
        /// The reader that holds the card.
        reader: String,
    },
    /// The result of `change-puk`: the card accepted the new PUK.
    PukChanged {
        /// The reader that holds the card.
        reader: String,
    },
}

/// A notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The current readers and cards.
    Readers(Status),
    /// The readers can no longer be watched.
    Lost {
        /// The reason.
        error: Problem,
    },
}

/// The fields of all kinds of message. [`HostMessage`] is deserialized from it: serde's implementation for
/// untagged enums would try each kind in turn and discard its error.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageFields {
    hello: Option<Hello>,
    id: Option<u32>,
    result: Option<Outcome>,
    error: Option<Problem>,
    event: Option<EventName>,
    readers: Option<Vec<ReaderStatus>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum EventName {
    Readers,
    Lost,
}

impl TryFrom<MessageFields> for HostMessage {
    type Error = &'static str;

    fn try_from(fields: MessageFields) -> Result<Self, &'static str> {
        let MessageFields { hello, id, result, error, event, readers } = fields;
        Ok(match (hello, id, result, error, event, readers) {
            (Some(hello), None, None, None, None, None) => Self::Hello { hello },
            (None, Some(id), Some(result), None, None, None) => Self::Result { id, result },
            (None, id, None, Some(error), None, None) => Self::Error { id, error },
            (None, None, None, None, Some(EventName::Readers), Some(readers)) => {
                Self::Event(Event::Readers(Status { readers }))
            }
            (None, None, None, Some(error), Some(EventName::Lost), None) => {
                Self::Event(Event::Lost { error })
            }
            _ => return Err("the fields do not form a message"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_missing_fields_and_fields_of_two_messages() {
        for text in [
            "{}",
            r#"{"id": 1}"#,
            r#"{"id": 1, "hello": {"protocol": 1, "version": "1"}}"#,
            r#"{"result": "watching"}"#,
            r#"{"id": 1, "result": "watching", "error": {"code": "busy"}}"#,
            r#"{"event": "readers"}"#,
            r#"{"event": "lost", "readers": []}"#,
            r#"{"event": "readers", "readers": [], "error": {"code": "busy"}}"#,
            r#"{"id": 1, "event": "lost", "error": {"code": "busy"}}"#,
        ] {
            assert!(serde_json::from_str::<HostMessage>(text).is_err(), "{text}");
        }
    }
}
