//! What the host says.

use crate::{Findings, Problem, Status};
use serde::{Deserialize, Serialize};

/// Everything that the host writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
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
    /// [`crate::PROTOCOL`] as the host knows it.
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
    Doctor(Findings),
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// The readers and cards as they are now; or why they cannot be seen.
    Readers(Status),
    /// Readers cannot be watched any more.
    Lost {
        /// Why.
        error: Problem,
    },
}
