//! Property tests of operations: all routes and card profiles, with random failures and user input.

use super::run::{EntryDevice, run_on_card};
use super::test_route::{CardEvent, Fault, Journal, PIN, PUK, SentCodes, SentOutcome, TestCard, TestRoute};
use super::test_routes::TEST_ROUTES;
use eimza_card::TransportError;
use eimza_prompt::{Cancellation, CodePair, Error as PromptError, Prompt, Question, Repeat};
use eimza_protocol::{Lang, Problem};
use eimza_session::{CodeKind, Operation, Route, Secret};
use eimza_virtual_card::{PROFILES, Profile};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A user's entry for a code.
#[derive(Debug, Clone)]
enum Entry {
    Typed(String),
    TypedTwiceDifferently,
    Fails(PromptError),
}

/// A simulated user who answers one question after the other, then closes the prompt.
struct User {
    /// Whether the prompt asks for both codes in one window.
    asks_pair: bool,
    entries: std::vec::IntoIter<Entry>,
    confirmations: std::vec::IntoIter<bool>,
    answers: Rc<RefCell<Vec<Answer>>>,
}

/// An answered question.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Code { label: String, typed: Option<String> },
    Confirmation(bool),
}

impl Prompt for User {
    fn ask_code(
        &mut self,
        label: &str,
        _: &Question<'_>,
        repeat: Option<Repeat<'_>>,
    ) -> Result<Option<Secret>, PromptError> {
        let (typed, entry) = match self.entries.next().unwrap_or(Entry::Fails(PromptError::Cancelled)) {
            Entry::Typed(code) => (Some(code.clone()), Ok(Some(code.bytes().collect()))),
            Entry::TypedTwiceDifferently if repeat.is_some() => (None, Ok(None)),
            Entry::TypedTwiceDifferently => (Some(String::new()), Ok(Some(Secret::new()))),
            Entry::Fails(error) => (None, Err(error)),
        };
        self.answers.borrow_mut().push(Answer::Code { label: label.to_owned(), typed });
        entry
    }

    fn ask_code_pair(
        &mut self,
        [old, new]: [&str; 2],
        question: &Question<'_>,
        repeat: Repeat<'_>,
    ) -> Option<Result<CodePair, PromptError>> {
        self.asks_pair.then(|| {
            let old = self.ask_code(old, question, None)?.unwrap_or_default();
            Ok((old, self.ask_code(new, question, Some(repeat))?))
        })
    }

    fn confirm(&mut self, _: &Question<'_>) -> Result<bool, PromptError> {
        let confirmed = self.confirmations.next().unwrap_or(false);
        self.answers.borrow_mut().push(Answer::Confirmation(confirmed));
        Ok(confirmed)
    }

    fn show_while(&mut self, _: &Question<'_>, work: &mut dyn FnMut()) -> Result<(), PromptError> {
        work();
        Ok(())
    }
}

/// The record of one run of an operation.
struct Run {
    /// The result; `None` if the card was not recognized as an e-signature card.
    outcome: Option<Result<(), Problem>>,
    journal: Journal,
    answers: Vec<Answer>,
    /// The number of events before the operation, from opening the card.
    events_to_open: usize,
    /// The number of consents that the route needs.
    consents: usize,
    route: Option<Route>,
}

/// The input of one run.
#[derive(Debug, Clone)]
struct Scenario {
    route: &'static dyn TestRoute,
    card: TestCard,
    operation: Operation,
    asks_pair: bool,
    entries: Vec<Entry>,
    confirmations: Vec<bool>,
}

impl Scenario {
    fn run(&self) -> Run {
        let journal = Journal::default();
        let session = self.route.open(&self.card, self.operation, &journal);
        let events_to_open = journal.events().len();
        let consents = session.as_ref().map_or(0, |session| session.description().consents.len());
        let route = session.as_ref().map(|session| session.description().route);
        let answers = Rc::default();
        let outcome = session.map(|session| {
            let user = User {
                asks_pair: self.asks_pair,
                entries: self.entries.clone().into_iter(),
                confirmations: self.confirmations.clone().into_iter(),
                answers: Rc::clone(&answers),
            };
            let result = run_on_card(
                self.operation,
                session,
                EntryDevice::Reader,
                Lang::Tr,
                &Cancellation::default(),
                || Ok(user),
            );
            result.map_err(Problem::from)
        });
        Run { outcome, journal, answers: answers.take(), events_to_open, consents, route }
    }
}

impl Run {
    fn sends_codes(&self) -> bool {
        !self.journal.sent().is_empty()
    }

    /// Returns the commands without codes; empty for routes without commands.
    fn commands(&self) -> Vec<(Vec<u8>, Result<u16, TransportError>)> {
        let command = |event| match event {
            CardEvent::Asked(command, answer) => Some((command, answer)),
            _ => None,
        };
        self.journal.events().into_iter().filter_map(command).collect()
    }

    /// Returns the well-formed codes that were typed into fields with a matching label.
    fn typed(&self, matches: impl Fn(&str) -> bool) -> Vec<&str> {
        let codes = self.answers.iter().filter_map(|answer| match answer {
            Answer::Code { label, typed: Some(code) } if matches(label) => Some(code.as_str()),
            _ => None,
        });
        codes
            .filter(|code| (4..=16).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()))
            .collect()
    }
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        4 => Just(Entry::Typed(PUK.to_owned())),
        4 => Just(Entry::Typed(PIN.to_owned())),
        4 => Just(Entry::Typed("739164".to_owned())),
        3 => "[0-9]{0,20}".prop_map(Entry::Typed),
        2 => ".{0,20}".prop_map(Entry::Typed),
        1 => Just(Entry::TypedTwiceDifferently),
        1 => prop_oneof![Just(PromptError::Cancelled), Just(PromptError::TimedOut), Just(PromptError::Failed)]
            .prop_map(Entry::Fails),
    ]
}

fn fault() -> impl Strategy<Value = Fault> {
    let status = prop_oneof![
        prop::sample::select(vec![
            0x9000, 0x63C0, 0x63C1, 0x63C2, 0x6300, 0x6700, 0x6982, 0x6983, 0x6984, 0x6985, 0x6A80, 0x6A81,
            0x6A82, 0x6A86, 0x6A88, 0x6B00, 0x6C08, 0x6D00, 0x6E00, 0x6F00, 0x6105,
        ]),
        any::<u16>(),
    ];
    let error = prop::sample::select(vec![
        TransportError::Removed,
        TransportError::Changed,
        TransportError::Silent,
        TransportError::Busy,
        TransportError::ReaderGone,
        TransportError::ServiceGone,
    ]);
    prop_oneof![3 => status.prop_map(Fault::Returns), 1 => error.prop_map(Fault::Fails)]
}

fn card() -> impl Strategy<Value = TestCard> {
    (
        prop::sample::select(PROFILES.iter().collect::<Vec<_>>()),
        (0..=3_u8, 0..=3_u8),
        // In most runs the first fault occurs at the exchanges with codes, where it matters most.
        prop::collection::btree_map(prop_oneof![0..40_usize, 8..18_usize], fault(), 0..3),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(profile, tries, faults, is_replaced_during_prompt)| TestCard {
            profile,
            tries,
            faults,
            is_replaced_during_prompt,
        })
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let operation = prop::sample::select(vec![
        Operation::Unlock,
        Operation::Unlock,
        Operation::Change(CodeKind::Pin),
        Operation::Change(CodeKind::Puk),
    ]);
    (
        prop::sample::select(TEST_ROUTES),
        card(),
        operation,
        any::<bool>(),
        prop::collection::vec(entry(), 0..8),
        prop::collection::vec(prop::bool::weighted(0.8), 0..6),
    )
        .prop_map(|(route, card, operation, asks_pair, entries, confirmations)| Scenario {
            route,
            card,
            operation,
            asks_pair,
            entries,
            confirmations,
        })
}

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
        let events = scenario.run().journal.events();
        let broken = events.iter().position(|event| match event {
            // Large files are read in parts if the reader does not support extended lengths.
            CardEvent::Asked(command, answer) => {
                answer.is_err() && !(*answer == Err(TransportError::Silent) && command.len() == 7)
            }
            CardEvent::Sent(_, outcome) => *outcome == SentOutcome::Lost,
            CardEvent::Reset | CardEvent::Released => false,
        });
        if let Some(index) = broken {
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
        let is_reset = events.ends_with(&[CardEvent::Reset, CardEvent::Released]);
        prop_assert_eq!(is_reset, run.sends_codes(), "{:02X?}", events);
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
        if run.route == Some(Route::Commands) {
            prop_assert_eq!(run.consents, usize::from(!is_certain));
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

    #[test]
    fn empty_verify_is_sent_only_to_cards_known_to_support_it(scenario in scenario()) {
        let empty = |(command, _): &(Vec<u8>, _)| command[1] == 0x20;
        prop_assert!(scenario.card.profile.name.starts_with("sanal") || !scenario.run().commands().iter().any(empty));
    }
}

/// A scenario without faults on the first route: a usable card of the first profile.
fn without_faults(operation: Operation, asks_pair: bool, entries: &[&str]) -> Scenario {
    let card = TestCard {
        profile: &PROFILES[0],
        tries: (3, 3),
        faults: BTreeMap::new(),
        is_replaced_during_prompt: false,
    };
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
            let scenario = Scenario { route, ..without_faults(operation, asks_pair, &[old, new]) };
            assert_eq!(scenario.run().outcome, Some(Ok(())), "{route:?}");
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
