//! Random runs of operations for property tests: routes, card profiles, failures and what users enter.

use super::captured_log::capture_log;
use super::run::{EntryDevice, run_on_card};
use super::test_routes::{
    CardEvent, Fault, Journal, OpenedCard, PIN, PUK, SharedCard, TEST_ROUTES, TestCard, TestModule,
    TestRoute, TestToken,
};
use eimza_card::TransportError;
use eimza_prompt::{Cancellation, CodePair, Error as PromptError, Prompt, Question, Repeat};
use eimza_protocol::{Lang, Problem};
use eimza_session::{CodeKind, Operation, Route, Secret};
use eimza_virtual_card::PROFILES;
use proptest::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// A user's entry for a code.
#[derive(Debug, Clone)]
pub enum Entry {
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
    /// What the prompt showed.
    shown: Rc<RefCell<Vec<String>>>,
}

/// An answered question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Code { label: String, typed: Option<String> },
    Confirmation(bool),
}

impl Prompt for User {
    fn ask_code(
        &mut self,
        label: &str,
        question: &Question<'_>,
        repeat: Option<Repeat<'_>>,
    ) -> Result<Option<Secret>, PromptError> {
        self.see(question);
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

    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, PromptError> {
        self.see(question);
        let confirmed = self.confirmations.next().unwrap_or(false);
        self.answers.borrow_mut().push(Answer::Confirmation(confirmed));
        Ok(confirmed)
    }

    fn show_while(&mut self, _: &Question<'_>, work: &mut dyn FnMut()) -> Result<(), PromptError> {
        work();
        Ok(())
    }
}

impl User {
    fn see(&self, question: &Question<'_>) {
        let error = question.error.map(ToString::to_string).unwrap_or_default();
        self.shown.borrow_mut().push(format!("{}\n{error}", question.text));
    }
}

/// The record of one run of an operation.
pub struct Run {
    /// The result; `None` if the card was not recognized as an e-signature card.
    pub outcome: Option<Result<(), Problem>>,
    pub journal: Journal,
    pub answers: Vec<Answer>,
    /// The number of events before the operation, from opening the card.
    pub events_to_open: usize,
    /// The number of consents that the route needs.
    pub consents: usize,
    pub route: Option<Route>,
    /// The card afterwards.
    pub card: Option<SharedCard>,
    /// Everything that was shown, logged and reported.
    pub output: Vec<String>,
}

/// The input of one run.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub route: &'static dyn TestRoute,
    pub card: TestCard,
    pub operation: Operation,
    pub asks_pair: bool,
    pub entries: Vec<Entry>,
    pub confirmations: Vec<bool>,
}

impl Scenario {
    pub fn run(&self) -> Run {
        let (run, log) = capture_log(|| self.run_unlogged());
        Run { output: [run.output, log].concat(), ..run }
    }

    fn run_unlogged(&self) -> Run {
        let journal = Journal::default();
        let opened = self.route.open(&self.card, self.operation, &journal);
        let (session, card) = opened.map(|OpenedCard { session, card }| (session, card)).unzip();
        let events_to_open = journal.events().len();
        let consents = session.as_ref().map_or(0, |session| session.description().consents.len());
        let route = session.as_ref().map(|session| session.description().route);
        let (answers, shown) = (Rc::default(), Rc::<RefCell<Vec<String>>>::default());
        let mut output = Vec::new();
        let outcome = session.map(|session| {
            let user = User {
                asks_pair: self.asks_pair,
                entries: self.entries.clone().into_iter(),
                confirmations: self.confirmations.clone().into_iter(),
                answers: Rc::clone(&answers),
                shown: Rc::clone(&shown),
            };
            let result = run_on_card(
                self.operation,
                session,
                EntryDevice::Reader,
                Lang::Tr,
                &Cancellation::default(),
                || Ok(user),
            );
            output.push(format!("{result:?}"));
            let reported = result.map_err(Problem::from);
            output.extend(reported.as_ref().err().map(|problem| serde_json::to_string(problem).unwrap()));
            reported
        });
        output.extend(shown.take());
        let answers = answers.take();
        Run { outcome, journal, answers, events_to_open, consents, route, card, output }
    }
}

impl Run {
    pub fn sends_codes(&self) -> bool {
        !self.journal.sent().is_empty()
    }

    /// Returns the commands without codes; empty for routes without commands.
    pub fn commands(&self) -> Vec<(Vec<u8>, Result<u16, TransportError>)> {
        let command = |event| match event {
            CardEvent::Asked(command, answer) => Some((command, answer)),
            _ => None,
        };
        self.journal.events().into_iter().filter_map(command).collect()
    }

    /// Returns the well-formed codes that were typed into fields with a matching label.
    pub fn typed(&self, matches: impl Fn(&str) -> bool) -> Vec<&str> {
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
    let error = prop::sample::select(&TransportError::ALL[..]);
    prop_oneof![
        3 => status.prop_map(Fault::Returns),
        1 => error.clone().prop_map(Fault::Fails),
        1 => error.prop_map(Fault::Loses),
    ]
}

fn card() -> impl Strategy<Value = TestCard> {
    (
        prop::sample::select(PROFILES.iter().collect::<Vec<_>>()),
        (0..=3_u8, 0..=3_u8),
        // In most runs the first fault occurs at the exchanges with codes, where it matters most: those of commands,
        // then those of a module.
        prop::collection::btree_map(prop_oneof![0..40_usize, 8..18_usize, 20..36_usize], fault(), 0..3),
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.1),
        module(),
    )
        .prop_map(
            |(profile, tries, faults, is_replaced_during_prompt, loses_try_during_prompt, module)| TestCard {
                profile,
                tries,
                faults,
                is_replaced_during_prompt,
                loses_try_during_prompt,
                module,
            },
        )
}

fn module() -> impl Strategy<Value = TestModule> {
    use TestToken::{OfAnotherCard, OfCard};
    let tokens = prop_oneof![
        4 => Just(vec![OfCard]),
        4 => Just(vec![OfAnotherCard, OfCard]),
        1 => prop::collection::vec(prop::sample::select(vec![OfCard, OfAnotherCard]), 0..4),
    ];
    (tokens, any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.1)).prop_map(
        |(tokens, checks_puk_late, shows_tries, notices_replacement, renumbers_slots_during_prompt)| {
            TestModule {
                tokens,
                checks_puk_late,
                shows_tries,
                notices_replacement,
                renumbers_slots_during_prompt,
            }
        },
    )
}

/// Returns any run.
pub fn scenario() -> impl Strategy<Value = Scenario> {
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
