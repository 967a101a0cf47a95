//! Property tests of operations whose codes go through the module of the card's maker.

use super::scenario::{Run, Scenario, scenario};
use super::test_routes::{CardEvent, Fault, ModuleTestRoute, SentCodes, SentOutcome, TestToken};
use eimza_card::TransportError;
use eimza_protocol::Problem;
use eimza_session::{CodeKind, Operation, Route};
use proptest::prelude::*;

/// Returns any run with a module installed.
fn with_module() -> impl Strategy<Value = Scenario> {
    scenario().prop_map(|scenario| Scenario { route: &ModuleTestRoute, ..scenario })
}

/// Returns the calls with codes, in their order.
fn calls_with_codes(run: &Run) -> Vec<&'static str> {
    let call = |event| match event {
        CardEvent::Called(name @ ("C_Login" | "C_InitPIN" | "C_SetPIN"), _) => Some(name),
        _ => None,
    };
    run.journal.events().into_iter().filter_map(call).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn an_entry_makes_each_call_of_its_operation_at_most_once(scenario in with_module()) {
        let run = scenario.run();
        let allowed: &[&str] = match scenario.operation {
            Operation::Unlock => &["C_Login", "C_InitPIN"],
            Operation::Change(CodeKind::Pin) => &["C_SetPIN"],
            Operation::Change(CodeKind::Puk) => &["C_Login", "C_SetPIN"],
        };
        let calls = calls_with_codes(&run);
        prop_assert!(allowed.starts_with(&calls), "{calls:?}");
        // The new code is passed on only after a login that succeeded.
        if calls.len() == 2 {
            prop_assert!(matches!(run.journal.sent()[..], [(SentCodes::Old(_), SentOutcome::Accepted), _]));
        }
    }

    #[test]
    fn codes_go_through_the_module_or_as_commands(scenario in with_module()) {
        let run = scenario.run();
        let calls = calls_with_codes(&run).len();
        prop_assert_eq!(calls, if run.route == Some(Route::Module) { run.journal.sent().len() } else { 0 });
    }

    #[test]
    fn a_module_that_shows_exactly_this_card_takes_its_codes(mut scenario in with_module()) {
        scenario.card.faults.clear();
        let run = scenario.run();
        let profile = scenario.card.profile.name;
        let tokens = scenario.card.module.tokens.iter();
        let is_shown = tokens.filter(|token| **token == TestToken::OfCard).count() == 1;
        let can_take = !profile.starts_with("sanal") && profile != "akis-2x-no-certificate";
        if let Some(route) = run.route {
            let expected = if is_shown && can_take { Route::Module } else { Route::Commands };
            prop_assert_eq!(route, expected, "{}", profile);
        }
    }

    /// An identity card, a card without a certificate, and one whose commands are certain.
    #[test]
    fn a_card_that_no_module_can_take_loads_none(scenario in with_module()) {
        let run = scenario.run();
        let profile = scenario.card.profile.name;
        if ["sanal", "kimlik", "yabanci", "akis-2x-no-certificate"].iter().any(|name| profile.starts_with(name)) {
            let events = run.journal.events();
            prop_assert!(!events.iter().any(|event| matches!(event, CardEvent::Called(..))), "{events:02X?}");
        }
    }

    /// Whether the module crashes or returns an error: nobody knows what the card did.
    #[test]
    fn a_lost_answer_to_codes_is_an_unknown_outcome(mut scenario in with_module(), is_crash in any::<bool>()) {
        scenario.card.faults.clear();
        let events = scenario.run().journal.events();
        let exchanges = events.iter().filter(|event| matches!(event, CardEvent::Asked(..) | CardEvent::Called(..)));
        let with_codes = |event: &CardEvent| {
            matches!(event, CardEvent::Called("C_Login" | "C_InitPIN" | "C_SetPIN", _))
        };
        for (exchange, _) in exchanges.enumerate().filter(|(_, event)| with_codes(event)) {
            let error = if is_crash { TransportError::Silent } else { TransportError::Changed };
            scenario.card.faults = [(exchange, Fault::Loses(error))].into();
            let run = scenario.run();
            prop_assert_eq!(run.outcome, Some(Err(Problem::OutcomeUnknown)), "{}", exchange);
        }
    }

    #[test]
    fn the_card_is_reset_after_the_module_had_it(scenario in with_module()) {
        let run = scenario.run();
        let events = run.journal.events();
        let ended = events.iter().position(|event| *event == CardEvent::ModuleEnded);
        if run.route == Some(Route::Module) && run.sends_codes() {
            prop_assert_eq!(&events[ended.unwrap() + 1..], &[CardEvent::Reset, CardEvent::Released]);
        } else if let (Some(ended), Route::Module) = (ended, run.route.unwrap_or(Route::Commands)) {
            prop_assert_eq!(&events[ended + 1..], &[CardEvent::Released]);
        }
    }
}
