//! What the host says.

use crate::{Diagnostics, Problem, ReaderStatus, Status};
use serde::{Deserialize, Serialize};

/// Everything that the host writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "Parts")]
pub enum Message {
    /// The first message, before any question.
    Hello {
        /// Who speaks.
        hello: Hello,
    },
    /// A question was answered.
    Result {
        /// The question's id.
        id: u32,
        /// The answer.
        result: Outcome,
    },
    /// A question could not be answered, or a message was no question.
    Error {
        /// The question's id; none where none could be read.
        id: Option<u32>,
        /// What went wrong.
        error: Problem,
    },
    /// Unasked, while watching.
    Event(Event),
}

/// The host introduces itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// [`crate::PROTOCOL_VERSION`] as the host knows it.
    pub protocol: u32,
    /// The host's own version, for people.
    pub version: String,
}

/// The answers, one for each [`crate::Command`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Outcome {
    /// To `status`.
    Status(Status),
    /// To `watch`: events follow.
    Watching,
    /// To `doctor`.
    Doctor(Diagnostics),
    /// To `unlock`: the card took the new PIN.
    Unlocked {
        /// The reader that holds the card.
        reader: String,
    },
    /// To `change-pin`: the card took the new PIN.
    PinChanged {
        /// The reader that holds the card.
        reader: String,
    },
    /// To `change-puk`: the card took the new PUK.
    PukChanged {
        /// The reader that holds the card.
        reader: String,
    },
}

/// Something changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The readers and cards as they are now; or why they cannot be seen.
    Readers(Status),
    /// Readers cannot be watched any more.
    Lost {
        /// Why.
        error: Problem,
    },
}

/// A message as it is read: what makes each kind is told apart afterwards. Serde's own way, to try one kind after the other,
/// would read each of them three times over, and not say what is wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
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

impl TryFrom<Parts> for Message {
    type Error = &'static str;

    fn try_from(parts: Parts) -> Result<Self, &'static str> {
        let Parts { hello, id, result, error, event, readers } = parts;
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
            _ => return Err("parts that make no message"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_two_messages_make_none() {
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
            assert!(serde_json::from_str::<Message>(text).is_err(), "{text}");
        }
    }
}
