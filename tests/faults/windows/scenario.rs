//! A scenario: an operation in which one call fails, and the checks afterwards.

use super::attempt::{Attempt, DONE};
use super::call::Call;
use super::expectation::Expectation;
use super::faulty_host::FaultyHost;
use super::judge;
use super::order::Order;
use crate::removable_card::RemovableCard;
use std::fmt;

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

impl Scenario {
    /// Runs a scenario; `without_fault` are the calls of the attempt without a fault. Returns the failed check.
    pub fn run(
        &self,
        host: &FaultyHost,
        expectation: &Expectation,
        without_fault: &[Call],
    ) -> Result<Outcome, String> {
        let attempt = self.attempt;
        let mut card = RemovableCard::insert(&attempt.card());
        let module = attempt.install();
        let pinentry = attempt.pinentry();
        let run = host.run(attempt, self.order.as_ref(), &pinentry)?;
        drop(pinentry);
        let told = attempt.told(&run.answer)?;
        let expected = self.order.as_ref().map_or_else(Vec::new, |order| {
            expectation.told(attempt, &order.call, &order.code, order.is_lasting())
        });
        let is_expected = match self.order {
            None => told == attempt.told_without_fault(),
            Some(_) if expected == [DONE] => told == attempt.told_without_fault(),
            Some(_) => expected.contains(&told),
        };
        if let Some(order) = &self.order {
            judge::check_hit(order, &run.calls)?;
            judge::check_codes(&run.calls, without_fault)?;
        }
        judge::check_reset(self.order.as_ref(), &run.calls)?;
        judge::check_security_status(&mut card, self.order.as_ref())?;
        let state = card.true_state();
        attempt.check_card(&run.answer, &told, &state, module.as_ref())?;
        judge::check_with_opensc(attempt, &state)?;
        if !is_expected {
            return Err(format!("the user was told “{told}” instead of {expected:?}"));
        }
        Ok(Outcome { told, calls: run.calls })
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
