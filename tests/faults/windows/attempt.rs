//! What the user attempts.

use super::call::{Call, Phase};
use super::module::InstalledModule;
use crate::operation::Operation;
use crate::support::{ScriptedPinentry, error};
use serde_json::{Value, json};
use std::fmt;

/// What “nothing went wrong” is called among the codes of errors.
pub const DONE: &str = "done";

/// What the user attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// To unlock the card.
    Unlock,
    /// To change the PIN. Until the codes are sent it does what an unlock does.
    ChangePin,
    /// To unlock the card with a PUK that is wrong.
    UnlockWithWrongPuk,
    /// To unlock a card with the module of its maker, after which it is reset.
    UnlockByModule,
    /// To see the card.
    Watch,
}

impl Attempt {
    pub const ALL: [Self; 5] =
        [Self::Unlock, Self::ChangePin, Self::UnlockWithWrongPuk, Self::UnlockByModule, Self::Watch];

    fn operation(self) -> Operation {
        match self {
            Self::Unlock | Self::UnlockWithWrongPuk | Self::UnlockByModule => Operation::Unlock,
            Self::ChangePin => Operation::ChangePin,
            Self::Watch => Operation::Watch,
        }
    }

    /// Returns the name of the program's command.
    pub fn command(self) -> String {
        self.operation().to_string()
    }

    /// Returns the arguments for the initial state of the card.
    pub fn card(self) -> Vec<String> {
        let by_module: &[&str] = if self == Self::UnlockByModule { &["--profile", "akis-2x"] } else { &[] };
        self.operation().card().iter().chain(by_module).map(|&argument| argument.to_owned()).collect()
    }

    /// Installs the module, if it is used, until the result is dropped. The card is in the reader.
    pub fn install(self) -> Option<InstalledModule> {
        (self == Self::UnlockByModule).then(InstalledModule::showing_card)
    }

    /// Returns the answers of the user.
    pub fn pinentry(self) -> ScriptedPinentry {
        match self {
            Self::UnlockWithWrongPuk => ScriptedPinentry::new(
                // A second question has no answer.
                &json!({"PUK": ["87654321", "<cancel>"], "Yeni PIN": ["739164"], "CONFIRM": ["yes"]}),
            ),
            _ => self.operation().pinentry(None),
        }
    }

    /// Returns whether OpenSC cannot verify the old PIN, because it is blocked.
    pub fn is_blocked(self) -> bool {
        self.operation() == Operation::Unlock
    }

    /// Returns whether it differs from other attempts in this call.
    pub fn is_about(self, call: &Call) -> bool {
        match self {
            Self::Unlock => true,
            Self::ChangePin => call.phase != Phase::Reading,
            Self::UnlockByModule => call.phase == Phase::Sending || call.function == "SCardReconnect",
            Self::UnlockWithWrongPuk => call.carries_code(),
            Self::Watch => call.function == "SCardGetStatusChangeW",
        }
    }

    /// Returns whether one code of each kind is enough: an unlock tries the others.
    pub fn takes_kinds(self) -> bool {
        matches!(self, Self::ChangePin | Self::UnlockWithWrongPuk)
    }

    /// Returns what the user is told without a fault.
    pub fn told_without_fault(self) -> &'static str {
        if self == Self::UnlockWithWrongPuk { "puk-wrong" } else { DONE }
    }

    /// Returns the code that an answer tells the user, or [`DONE`].
    pub fn told(self, answer: &Value) -> Result<String, String> {
        let reader = &answer["readers"][0];
        let code = [error(answer), error(reader)].concat();
        if !code.is_empty() {
            return Ok(code);
        }
        if self == Self::Watch && answer["readers"] == json!([]) {
            return Ok("no-reader".to_owned());
        }
        if answer["unlocked"] == true || answer["changed"] == true || reader["card"].is_object() {
            return Ok(DONE.to_owned());
        }
        Err(format!("neither done nor an error: {answer}"))
    }

    /// Checks that the card and the module are as the user was told.
    pub fn check_card(
        self,
        answer: &Value,
        told: &str,
        state: &str,
        module: Option<&InstalledModule>,
    ) -> Result<(), String> {
        // Whether the codes have worked, as far as the user was told.
        let may_have_worked: &[bool] = match told {
            "puk-wrong" | DONE => &[true],
            "outcome-unknown" => &[true, false],
            _ => &[false],
        };
        let is_possible = match self {
            Self::Unlock | Self::ChangePin => {
                // The command line has no frame around the result.
                let answer = if told == DONE { json!({"result": answer}) } else { answer.clone() };
                return self.operation().check_outcome(Some(&answer), state);
            }
            Self::UnlockWithWrongPuk => may_have_worked.iter().any(|&is_refused| {
                state == format!("pin=123456 pin-tries=0 puk-tries={}", if is_refused { 2 } else { 3 })
            }),
            Self::UnlockByModule => {
                state == "pin=123456 pin-tries=0 puk-tries=3"
                    && module.is_some_and(|module| may_have_worked.contains(&module.has_new_pin()))
            }
            Self::Watch => state == "pin=123456 pin-tries=3 puk-tries=3",
        };
        if is_possible { Ok(()) } else { Err(format!("“{told}” contradicts the card: {state}")) }
    }
}

impl fmt::Display for Attempt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unlock => "unlock",
            Self::ChangePin => "change-pin",
            Self::UnlockWithWrongPuk => "unlock with a wrong PUK",
            Self::UnlockByModule => "unlock by a module",
            Self::Watch => "watch",
        })
    }
}
