//! A scenario: an operation in which one call fails, and the checks afterwards.

use super::call::{Call, Phase};
use super::expectation::{DONE, Expectation};
use super::faulty_host::FaultyHost;
use super::judge;
use super::order::Order;
use crate::operation::Operation;
use crate::removable_card::RemovableCard;
use crate::support::{ScriptedPinentry, error};
use serde_json::{Value, json};
use std::fmt;

/// What the user attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// To unlock the card.
    Unlock,
    /// To change the PIN. Until the codes are sent it does what an unlock does.
    ChangePin,
    /// To unlock the card with a PUK that is wrong.
    UnlockWithWrongPuk,
}

/// An attempt, and the fault.
pub struct Scenario {
    pub attempt: Attempt,
    pub order: Option<Order>,
}

/// What came of a scenario.
pub struct Outcome {
    /// The code that the user was told, or [`DONE`].
    pub told: String,
    pub calls: Vec<Call>,
}

impl Attempt {
    pub const ALL: [Self; 3] = [Self::Unlock, Self::ChangePin, Self::UnlockWithWrongPuk];

    fn operation(self) -> Operation {
        match self {
            Self::Unlock | Self::UnlockWithWrongPuk => Operation::Unlock,
            Self::ChangePin => Operation::ChangePin,
        }
    }

    /// Returns whether the PIN is blocked before.
    pub fn is_blocked(self) -> bool {
        self.operation() == Operation::Unlock
    }

    /// Returns whether it differs from other attempts in this call.
    pub fn is_about(self, call: &Call) -> bool {
        match self {
            Self::Unlock => true,
            Self::ChangePin => call.phase != Phase::Reading,
            Self::UnlockWithWrongPuk => call.carries_code(),
        }
    }

    /// Returns whether one code of each kind is enough.
    pub fn takes_kinds(self) -> bool {
        self == Self::UnlockWithWrongPuk
    }

    fn pinentry(self) -> ScriptedPinentry {
        match self {
            Self::UnlockWithWrongPuk => ScriptedPinentry::new(
                // A second question has no answer.
                &json!({"PUK": ["87654321", "<cancel>"], "Yeni PIN": ["739164"], "CONFIRM": ["yes"]}),
            ),
            _ => self.operation().pinentry(None),
        }
    }

    /// Returns what the user is told without a fault.
    fn told_without_fault(self) -> &'static str {
        if self == Self::UnlockWithWrongPuk { "puk-wrong" } else { DONE }
    }
}

impl Scenario {
    /// Runs a scenario; `without_fault` are the calls of the attempt without a fault. Returns the failed check.
    pub fn run(
        &self,
        host: &FaultyHost,
        expectation: &Expectation,
        without_fault: &[Call],
    ) -> Result<Outcome, String> {
        let operation = self.attempt.operation();
        let arguments: Vec<_> = operation.card().iter().map(|&argument| argument.to_owned()).collect();
        let mut card = RemovableCard::insert(&arguments);
        let pinentry = self.attempt.pinentry();
        let run = host.run(&operation.to_string(), self.order.as_ref(), &pinentry)?;
        drop(pinentry);
        let told = told(&run.answer)?;
        let expected = self.order.as_ref().map_or_else(Vec::new, |order| {
            expectation.told(&order.call, &order.code, judge::is_lasting(order))
        });
        let is_expected = match self.order {
            None => told == self.attempt.told_without_fault(),
            Some(_) if expected == [DONE] => told == self.attempt.told_without_fault(),
            Some(_) => expected.contains(&told),
        };
        if let Some(order) = &self.order {
            judge::check_hit(order, &run.calls)?;
            judge::check_codes(&run.calls, without_fault)?;
        }
        judge::check_security_status(&mut card, self.order.as_ref())?;
        let state = card.true_state();
        self.check_card(&run.answer, &told, &state)?;
        judge::check_with_opensc(self.attempt, &state)?;
        if !is_expected {
            return Err(format!("the user was told “{told}” instead of {expected:?}"));
        }
        Ok(Outcome { told, calls: run.calls })
    }

    /// Checks that the card is as the user was told.
    fn check_card(&self, answer: &Value, told: &str, state: &str) -> Result<(), String> {
        if self.attempt != Attempt::UnlockWithWrongPuk {
            // The command line has no frame around the result.
            let answer = if told == DONE { json!({"result": answer}) } else { answer.clone() };
            return self.attempt.operation().check_outcome(Some(&answer), state);
        }
        let is_sent = match told {
            "puk-wrong" => vec![true],
            "outcome-unknown" => vec![true, false],
            _ => vec![false],
        };
        let expected = |is_sent| format!("pin=123456 pin-tries=0 puk-tries={}", if is_sent { 2 } else { 3 });
        if is_sent.into_iter().any(|is_sent| state == expected(is_sent)) {
            Ok(())
        } else {
            Err(format!("“{told}” contradicts the card: {state}"))
        }
    }
}

/// Returns the code that the user is told, or [`DONE`].
fn told(answer: &Value) -> Result<String, String> {
    match error(answer) {
        "" if answer["unlocked"] == true || answer["changed"] == true => Ok(DONE.to_owned()),
        "" => Err(format!("neither done nor an error: {answer}")),
        code => Ok(code.to_owned()),
    }
}

impl fmt::Display for Attempt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unlock => "unlock",
            Self::ChangePin => "change-pin",
            Self::UnlockWithWrongPuk => "unlock with a wrong PUK",
        })
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.order {
            Some(order) => write!(formatter, "{}, {order}", self.attempt),
            None => write!(formatter, "{}", self.attempt),
        }
    }
}
