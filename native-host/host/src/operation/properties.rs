//! Property tests of operations: all routes and card profiles, with random failures and user input.

use super::scenario::{Answer, Entry, Scenario, scenario};
use super::test_routes::{CardEvent, Fault, PIN, PUK, SentCodes, SentOutcome, TEST_ROUTES, TestCard};
use eimza_card::TransportError;
use eimza_protocol::Problem;
use eimza_session::{CodeKind, Operation, Route};
use eimza_virtual_card::{Code, PROFILES, Profile};
use proptest::prelude::*;
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn only_well_formed_codes_reach_the_card_as_typed(scenario in scenario()) {
        let run = scenario.run();
        let old = run.typed(|label| !label.starts_with("Yeni"));
        let new = run.typed(|label| label.starts_with("Yeni"));
        let pairs = || old.iter().flat_map(|old| new.iter().map(move |new| (*old, *new)));
        for (codes, _) in run.journal.sent() {
            let known = match &codes {
                SentCodes::Old(data) => old.iter().any(|code| code.as_bytes() == data),
                SentCodes::New(data) => new.iter().any(|code| code.as_bytes() == data),
                SentCodes::BothWithLengths(data) => pairs().any(|(old, new)| {
                    let length = |code: &str| u8::try_from(code.len()).unwrap();
                    let both = [&[length(old)], old.as_bytes(), &[length(new)], new.as_bytes()].concat();
                    both == *data
                }),
                SentCodes::Both(data) => pairs().any(|(old, new)| format!("{old}{new}").as_bytes() == data),
            };
            prop_assert!(known, "{codes:02X?} {:?}", run.answers);
        }
    }

    #[test]
    fn refused_code_is_never_sent_again(scenario in scenario()) {
        let sent = scenario.run().journal.sent();
        for (index, (codes, outcome)) in sent.iter().enumerate() {
            let may_continue = matches!(outcome, SentOutcome::Accepted | SentOutcome::Unsupported);
            prop_assert!(may_continue || index + 1 == sent.len(), "{codes:02X?} {outcome:?}");
            prop_assert_eq!(sent.iter().filter(|(other, _)| other == codes).count(), 1);
        }
    }

    #[test]
    fn nothing_is_sent_after_a_transport_error(scenario in scenario()) {
        let run = scenario.run();
        let events = run.journal.events();
        let is_broken = |(index, event): (usize, &CardEvent)| match event {
            // Large files are read in parts if the reader does not support extended lengths.
            CardEvent::Asked(command, answer) => {
                let is_tolerated =
                    matches!(answer, Err(TransportError::Silent | TransportError::ReaderFailed));
                answer.is_err() && !(is_tolerated && command.len() == 7)
            }
            CardEvent::Sent(_, outcome) => *outcome == SentOutcome::Lost,
            // A module that fails while the card is looked for is no module, and nothing is lost.
            CardEvent::Called(_, has_returned) => index >= run.events_to_open && !has_returned,
            _ => false,
        };
        if let Some(index) = events.iter().enumerate().position(is_broken) {
            let is_exchange = |event: &CardEvent| matches!(event, CardEvent::Asked(..) | CardEvent::Sent(..));
            prop_assert!(!events[index + 1..].iter().any(is_exchange), "{events:02X?}");
        }
    }

    #[test]
    fn a_card_that_received_a_code_is_reset_before_it_is_released(scenario in scenario()) {
        let run = scenario.run();
        let events = run.journal.events();
        if run.outcome.is_some() {
            prop_assert_eq!(events.iter().filter(|event| **event == CardEvent::Released).count(), 1);
            prop_assert_eq!(events.last(), Some(&CardEvent::Released));
        }
        let end: Vec<_> = events.iter().rev().filter(|event| **event != CardEvent::Unlocked).take(2).collect();
        let is_reset = end == [&CardEvent::Released, &CardEvent::Reset];
        prop_assert_eq!(is_reset, run.sends_codes(), "{:02X?}", events);
        if let Some(card) = run.card.filter(|card| !card.lock().is_replaced) {
            prop_assert!(!card.lock().card.is_authenticated(), "{events:02X?}");
        }
    }

    #[test]
    fn a_replaced_card_gets_nothing(scenario in scenario()) {
        let card = TestCard { is_replaced_during_prompt: true, ..scenario.card.clone() };
        let run = Scenario { card, ..scenario }.run();
        prop_assert!(!run.sends_codes());
        prop_assert_ne!(run.outcome, Some(Ok(())));
    }

    #[test]
    fn opening_a_card_sends_no_code(scenario in scenario()) {
        let events = scenario.run();
        let opened = &events.journal.events()[..events.events_to_open];
        prop_assert!(!opened.iter().any(|event| matches!(event, CardEvent::Sent(..))));
    }

    #[test]
    fn unsupported_card_gets_no_code_command(scenario in scenario()) {
        let run = scenario.run();
        let profile = scenario.card.profile.name;
        if (profile.starts_with("kimlik") || profile == "yabanci") && scenario.card.faults.is_empty() {
            prop_assert!(run.outcome.is_none() && !run.sends_codes());
            prop_assert!(run.commands().iter().all(|(command, _)| command[1] != 0x20));
        }
    }

    #[test]
    fn last_or_unknown_try_requires_a_confirmation(scenario in scenario()) {
        let run = scenario.run();
        let TestCard { profile, tries, faults, .. } = &scenario.card;
        let tries_left = if scenario.operation == Operation::Change(CodeKind::Pin) { tries.0 } else { tries.1 };
        let reports_tries = profile.name.starts_with("sanal");
        if faults.is_empty() && (!reports_tries || tries_left == 1) && run.sends_codes() {
            prop_assert_eq!(&run.answers[0], &Answer::Confirmation(true));
        }
    }

    #[test]
    fn a_guard_that_is_not_a_puk_requires_a_confirmation(scenario in scenario()) {
        let card = TestCard { profile: Profile::named("sanal-officer").unwrap(), ..scenario.card.clone() };
        let run = Scenario { card, ..scenario }.run();
        if run.sends_codes() {
            prop_assert_eq!(&run.answers[0], &Answer::Confirmation(true));
        }
    }

    /// Each consent is a question of its own, which comes before every code.
    #[test]
    fn no_code_is_asked_for_without_the_consents_of_the_route(scenario in scenario()) {
        let run = scenario.run();
        let first_code = run.answers.iter().position(|answer| matches!(answer, Answer::Code { .. }));
        if let Some(index) = first_code {
            prop_assert!(index >= run.consents, "{:?}", run.answers);
            prop_assert!(run.answers[..index].iter().all(|answer| *answer == Answer::Confirmation(true)));
        }
        let is_certain = scenario.card.profile.name.starts_with("sanal");
        if let Some(route) = run.route {
            prop_assert_eq!(run.consents, usize::from(route == Route::Module || !is_certain));
        }
    }

    #[test]
    fn leaving_the_prompt_sends_no_code(scenario in scenario()) {
        let run = scenario.run();
        if let Some(Err(Problem::Cancelled | Problem::TimedOut | Problem::PromptFailed | Problem::Malformed)) = run.outcome {
            prop_assert!(!run.sends_codes());
        }
    }

    #[test]
    fn success_means_that_the_card_accepted_the_new_code(scenario in scenario()) {
        let run = scenario.run();
        let sent = run.journal.sent();
        let accepted = matches!(
            sent.last(),
            Some((SentCodes::New(_) | SentCodes::Both(_) | SentCodes::BothWithLengths(_), SentOutcome::Accepted))
        );
        prop_assert_eq!(run.outcome == Some(Ok(())), accepted);
    }

    /// The old codes or the new ones, as the user is told, unless a card or a module says what is not true.
    #[test]
    fn codes_are_the_old_or_the_new_ones_as_told(scenario in scenario()) {
        let mut card = scenario.card.clone();
        card.faults.retain(|_, fault| !matches!(fault, Fault::Returns(_)));
        let run = Scenario { card, ..scenario.clone() }.run();
        let new = run.typed(|label| label.starts_with("Yeni"));
        let Some(card) = &run.card else { return Ok(()) };
        let has = |pin: &str, puk: &str| {
            let codes = [pin, puk].map(|digits| Code::parse(digits.as_bytes()));
            matches!(codes, [Some(pin), Some(puk)] if card.lock().card.has_codes(&pin, &puk))
        };
        let is_new = new.iter().any(|new| match scenario.operation.new_code() {
            CodeKind::Pin => has(new, PUK),
            CodeKind::Puk => has(PIN, new),
        });
        let as_told = match run.outcome {
            Some(Ok(())) => is_new,
            Some(Err(Problem::OutcomeUnknown)) => is_new || has(PIN, PUK),
            _ => has(PIN, PUK),
        };
        prop_assert!(as_told, "{:?} {}", run.outcome, card.lock().card.code_summary());
    }

    /// From the first code to the reset no other program can use the card; a module, which locks it by itself, must
    /// not wait for the session.
    #[test]
    fn codes_are_sent_with_exclusive_access(scenario in scenario()) {
        let run = scenario.run();
        let events = run.journal.events();
        prop_assert!(!events.contains(&CardEvent::ModuleWaited), "{events:02X?}");
        if run.route == Some(Route::Commands) && run.sends_codes() {
            let is_sent = |event: &CardEvent| matches!(event, CardEvent::Sent(..));
            let first = events.iter().position(is_sent).unwrap();
            let last = events.iter().rposition(is_sent).unwrap();
            let before = events[..first].iter().rfind(|event| matches!(event, CardEvent::Locked | CardEvent::Unlocked));
            prop_assert_eq!(before, Some(&CardEvent::Locked));
            prop_assert!(!events[first..last].contains(&CardEvent::Unlocked), "{events:02X?}");
            prop_assert_eq!(&events[last + 1..last + 3], &[CardEvent::Reset, CardEvent::Unlocked]);
        }
    }

    #[test]
    fn codes_reach_no_other_card(scenario in scenario()) {
        let events = scenario.run().journal.events();
        prop_assert!(!events.contains(&CardEvent::ReachedAnotherCard), "{events:02X?}");
    }

    #[test]
    fn fewer_tries_than_the_user_was_shown_get_no_code(scenario in scenario()) {
        let card = TestCard { loses_try_during_prompt: true, faults: BTreeMap::new(), ..scenario.card.clone() };
        let shows_tries = card.profile.name.starts_with("sanal") || card.module.shows_tries;
        let run = Scenario { card, ..scenario }.run();
        if run.route == Some(Route::Module) && shows_tries || run.consents == 0 {
            prop_assert!(!run.sends_codes(), "{:02X?}", run.journal.events());
        }
    }

    /// In what is shown, logged and reported. Short codes are parts of other numbers.
    #[test]
    fn no_code_is_in_any_output(scenario in scenario()) {
        let run = scenario.run();
        for code in run.typed(|_| true).into_iter().filter(|code| code.len() >= 6) {
            let line = run.output.iter().find(|line| line.contains(code));
            prop_assert_eq!(line, None, "{}", code);
        }
    }

    #[test]
    fn empty_verify_is_sent_only_to_cards_known_to_support_it(scenario in scenario()) {
        let empty = |(command, _): &(Vec<u8>, _)| command[1] == 0x20;
        prop_assert!(scenario.card.profile.name.starts_with("sanal") || !scenario.run().commands().iter().any(empty));
    }
}

/// A scenario without faults on the first route: a usable card of the first profile.
fn without_faults(operation: Operation, asks_pair: bool, entries: &[&str]) -> Scenario {
    let card = TestCard::new(&PROFILES[0]);
    Scenario {
        route: TEST_ROUTES[0],
        card,
        operation,
        asks_pair,
        entries: entries.iter().map(|&code| Entry::Typed(code.to_owned())).collect(),
        confirmations: vec![true; 4],
    }
}

/// The properties would also hold if no code ever reached a card.
#[test]
fn scenarios_unlock_and_change() {
    for (operation, old, new) in [
        (Operation::Unlock, PUK, "739164"),
        (Operation::Change(CodeKind::Pin), PIN, "739164"),
        (Operation::Change(CodeKind::Puk), PUK, "81726354"),
    ] {
        for (&route, asks_pair) in TEST_ROUTES.iter().flat_map(|route| [(route, false), (route, true)]) {
            for profile in ["sanal", "akis-2x"] {
                let card = TestCard::new(Profile::named(profile).unwrap());
                let scenario = Scenario { route, card, ..without_faults(operation, asks_pair, &[old, new]) };
                assert_eq!(scenario.run().outcome, Some(Ok(())), "{route:?} {profile}");
            }
        }
    }
}

#[test]
fn well_formed_old_code_is_not_asked_for_again() {
    let run = without_faults(Operation::Unlock, true, &[PUK, "1", "739164"]).run();
    assert_eq!(run.outcome, Some(Ok(())));
}

#[test]
fn third_malformed_entry_in_a_row_ends_the_operation() {
    for (asks_pair, entries) in [
        (false, &["1", "2", "3", PUK, "739164"][..]),
        (false, &[PUK, "1", "2", "3", "739164"]),
        (true, &["1", "739164", "2", "739164", PUK, "3", "739164"]),
    ] {
        let run = without_faults(Operation::Unlock, asks_pair, entries).run();
        assert_eq!(run.outcome, Some(Err(Problem::Malformed)), "{entries:?}");
    }
    let run = without_faults(Operation::Unlock, false, &["1", "2", PUK, "1", "2", "739164"]).run();
    assert_eq!(run.outcome, Some(Ok(())), "entries of different codes are counted separately");
}
