//! The operations, and the states that are valid afterwards.

use crate::route::Route;
use crate::support::{ScriptedPinentry, error};
use serde_json::{Value, json};
use std::fmt;

const OLD: &str = "pin=123456";
const NEW: &str = "pin=739164";

/// An operation of the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Status,
    Unlock,
    /// An unlock of a card that a watch has just read.
    UnlockWatched,
    ChangePin,
    Watch,
}

impl Operation {
    pub const ALL: [Self; 5] =
        [Self::Status, Self::Unlock, Self::UnlockWatched, Self::ChangePin, Self::Watch];

    fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Unlock | Self::UnlockWatched => "unlock",
            Self::ChangePin => "change-pin",
            Self::Watch => "watch",
        }
    }

    /// Returns whether it differs between routes. Reading a card does not.
    pub fn depends_on(self, route: Route) -> bool {
        route == Route::Commands || !self.questions().is_empty()
    }

    /// Returns whether it continues with what a watch has read.
    pub fn is_watched(self) -> bool {
        self == Self::UnlockWatched
    }

    /// Returns the request.
    pub fn request(self) -> Value {
        json!({"id": 1, "command": self.name()})
    }

    /// Returns the labels of its questions, in their order.
    pub fn questions(self) -> &'static [&'static str] {
        match self {
            Self::Status | Self::Watch => &[],
            Self::Unlock | Self::UnlockWatched => &["PUK", "Yeni PIN"],
            Self::ChangePin => &["Mevcut PIN", "Yeni PIN"],
        }
    }

    /// Returns how often a reader takes codes for it.
    pub fn reader_entries(self) -> usize {
        match self {
            Self::Status | Self::Watch => 0,
            Self::Unlock | Self::UnlockWatched => 2,
            Self::ChangePin => 1,
        }
    }

    /// Returns the codes that its user types: the old one, and the new one twice.
    pub fn codes(self) -> [&'static str; 3] {
        [if self.unlocks() { "12345678" } else { "123456" }, "739164", "739164"]
    }

    /// Returns a pinentry that enters the right codes, and pauses before the one with this label.
    pub fn pinentry(self, pauses_at: Option<&str>) -> ScriptedPinentry {
        let mut answers = json!({
            "PUK": ["12345678"], "Mevcut PIN": ["123456"], "Yeni PIN": ["739164"], "CONFIRM": ["yes"],
            "deaf": true,
        });
        if let Some(code) = pauses_at.and_then(|label| answers.get_mut(label)) {
            *code = json!(["<pause>", code[0]]);
        }
        ScriptedPinentry::new(&answers)
    }

    /// Returns the arguments for the initial state of the card.
    pub fn card(self) -> &'static [&'static str] {
        if self.unlocks() { &["--pin-tries", "0"] } else { &[] }
    }

    fn unlocks(self) -> bool {
        matches!(self, Self::Unlock | Self::UnlockWatched)
    }

    /// Returns whether a message finishes the operation; `watch` finishes with a card or an error.
    pub fn is_finished_by(self, message: &Value) -> bool {
        match self {
            Self::Watch => {
                message["event"] == "lost"
                    || message["event"] == "readers"
                        && message["readers"][0]["error"].is_null()
                        && message["readers"][0]["card"].is_object()
                    || message["event"] == "readers"
                        && (message["readers"][0].is_null() || message["readers"][0]["error"].is_object())
            }
            _ => message["id"] == 1,
        }
    }

    /// Checks that the reply (`None` if the browser was closed) agrees with the state of the card.
    pub fn check_outcome(self, answer: Option<&Value>, card: &str) -> Result<(), String> {
        let unchanged = format!("{OLD} pin-tries={} puk-tries=3", if self.unlocks() { 0 } else { 3 });
        let changed = format!("{NEW} pin-tries=3 puk-tries=3");
        let changes = self.unlocks() || self == Self::ChangePin;
        if card != unchanged && !(changes && card == changed) {
            return Err(format!("the card is neither unchanged nor as requested: {card}"));
        }
        match answer {
            _ if !changes => Ok(()),
            None => Ok(()),
            Some(answer) if answer["result"].is_object() && card == changed => Ok(()),
            Some(answer) if error(answer) == "outcome-unknown" => Ok(()),
            Some(answer) if !error(answer).is_empty() && card == unchanged => Ok(()),
            Some(answer) => Err(format!("reply {answer} contradicts the card: {card}")),
        }
    }

    /// Returns a second attempt with the card's current codes: the request, the codes, a pinentry, and a check of
    /// the reply.
    pub fn second_attempt(self, card: &str) -> SecondAttempt {
        let pin = if card.starts_with(NEW) { "739164" } else { "123456" };
        let codes = [if self.unlocks() { "12345678" } else { pin }, "864213", "864213"];
        let pinentry = ScriptedPinentry::new(&json!({
            "PUK": ["12345678"], "Mevcut PIN": [pin], "Yeni PIN": ["864213"], "CONFIRM": ["yes"],
        }));
        let (command, succeeded): (_, fn(&Value) -> bool) = match self {
            Self::Status | Self::Watch => {
                ("status", |answer| answer["result"]["status"]["readers"][0]["card"].is_object())
            }
            _ => (self.name(), |answer| answer["result"].is_object()),
        };
        SecondAttempt { request: json!({"id": 1, "command": command}), codes, pinentry, succeeded }
    }
}

/// An operation that is repeated after a fault.
pub struct SecondAttempt {
    pub request: Value,
    pub codes: [&'static str; 3],
    pub pinentry: ScriptedPinentry,
    pub succeeded: fn(&Value) -> bool,
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let watched = if self.is_watched() { " of a watched card" } else { "" };
        write!(formatter, "{}{watched}", self.name())
    }
}
