//! Property tests of operations: all card profiles, with random failures and user input.

use super::card_session::CardSession;
use super::kind::Operation;
use super::run::run_on_card;
use super::target::TargetCard;
use eimza_card::{Card, CodeKind, Secret, Transport, TransportError};
use eimza_prompt::{Cancellation, CodePair, Error as PromptError, Prompt, Question, Repeat};
use eimza_protocol::{Lang, Problem};
use eimza_virtual_card::{Card as VirtualCard, Code, PROFILES, Profile, Settings};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a card does instead of processing a command.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Returns(u16),
    Fails(TransportError),
}

/// A command and the status word of its response.
type Exchange = (Vec<u8>, Result<u16, TransportError>);

/// A virtual card that fails at some commands, counted from 0, and logs all commands.
struct FailingCard {
    card: VirtualCard,
    faults: BTreeMap<usize, Fault>,
    log: Vec<Exchange>,
    /// The transaction, counted from 0, at which the card is missing.
    removed_at: Option<usize>,
    transactions: usize,
}

impl Transport for FailingCard {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let response = match self.faults.get(&self.log.len()) {
            Some(Fault::Returns(status)) => Ok(status.to_be_bytes().to_vec()),
            Some(Fault::Fails(error)) => Err(*error),
            None => Ok(self.card.transmit(command)),
        };
        let status = response.as_ref().map(|response| u16::from_be_bytes(*response.last_chunk().unwrap()));
        self.log.push((command.to_vec(), status.map_err(|error| *error)));
        response
    }
}

impl CardSession for FailingCard {
    fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        if self.removed_at == Some(self.transactions) {
            return Err(TransportError::Changed);
        }
        self.transactions += 1;
        Ok(work(self))
    }
}

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
}

/// The record of one run of an operation.
struct Run {
    /// The result; `None` if the card was not recognized as an e-signature card.
    outcome: Option<Result<(), Problem>>,
    log: Vec<Exchange>,
    answers: Vec<Answer>,
    /// The number of commands before the operation, for opening the card.
    commands_to_open: usize,
}

/// The input of one run.
#[derive(Debug, Clone)]
struct Scenario {
    profile: &'static Profile,
    tries: (u8, u8),
    faults: BTreeMap<usize, Fault>,
    removed_during_prompt: bool,
    operation: Operation,
    asks_pair: bool,
    entries: Vec<Entry>,
    confirmations: Vec<bool>,
}

const PIN: &str = "123456";
const PUK: &str = "12345678";

impl Scenario {
    fn run(&self) -> Run {
        let code = |digits: &str| Code::parse(digits.as_bytes()).unwrap();
        let settings = Settings {
            pin_tries: self.tries.0,
            puk_tries: self.tries.1,
            ..Settings::new(code(PIN), code(PUK))
        };
        let mut session = FailingCard {
            card: VirtualCard::new(self.profile, settings),
            faults: self.faults.clone(),
            log: Vec::new(),
            removed_at: self.removed_during_prompt.then_some(1), // transaction 0 opens the card
            transactions: 0,
        };
        let old_code = self.operation.old_code();
        let opened = session
            .transact(|transport| {
                let card = Card::open(transport, self.profile.atr).map_err(|_| ())?;
                let state = card.code_state_after_open(transport, old_code).map_err(|_| ())?;
                Ok::<_, ()>((card, state))
            })
            .unwrap();
        let commands_to_open = session.log.len();
        let answers = Rc::default();
        let outcome = opened.ok().map(|(card, state)| {
            let user = User {
                asks_pair: self.asks_pair,
                entries: self.entries.clone().into_iter(),
                confirmations: self.confirmations.clone().into_iter(),
                answers: Rc::clone(&answers),
            };
            let cancellation = Cancellation::default();
            let target = TargetCard { card: &card, state, reader: &"Okuyucu".into() };
            let result =
                run_on_card(self.operation, &mut session, &target, Lang::Tr, &cancellation, || Ok(user));
            result.map_err(Problem::from)
        });
        Run { outcome, log: session.log, answers: answers.take(), commands_to_open }
    }
}

impl Run {
    /// Returns the commands that carry codes.
    fn commands_with_codes(&self) -> Vec<&Exchange> {
        self.log.iter().filter(|(command, _)| is_code_command(command) && command.len() > 4).collect()
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

/// Returns whether the command is VERIFY, CHANGE REFERENCE DATA or RESET RETRY COUNTER.
fn is_code_command(command: &[u8]) -> bool {
    matches!(command[1], 0x20 | 0x24 | 0x2C)
}

/// Returns whether the card accepted the command.
fn is_accepted(status: u16) -> bool {
    status == 0x9000 || status >> 8 == 0x61
}

/// Returns whether the card does not support the command, which uses no try.
fn is_unsupported(status: u16) -> bool {
    [0x6A81, 0x6A86, 0x6A88, 0x6B00, 0x6D00].contains(&status)
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

fn scenario() -> impl Strategy<Value = Scenario> {
    let operation = prop::sample::select(vec![
        Operation::Unlock,
        Operation::Unlock,
        Operation::Change(CodeKind::Pin),
        Operation::Change(CodeKind::Puk),
    ]);
    (
        prop::sample::select(PROFILES.iter().collect::<Vec<_>>()),
        (0..=3_u8, 0..=3_u8),
        // In most runs the first fault occurs at the commands with codes, where it matters most.
        prop::collection::btree_map(prop_oneof![0..40_usize, 8..18_usize], fault(), 0..3),
        prop::bool::weighted(0.1),
        operation,
        any::<bool>(),
        prop::collection::vec(entry(), 0..8),
        prop::collection::vec(prop::bool::weighted(0.8), 0..6),
    )
        .prop_map(
            |(
                profile,
                tries,
                faults,
                removed_during_prompt,
                operation,
                asks_pair,
                entries,
                confirmations,
            )| {
                Scenario {
                    profile,
                    tries,
                    faults,
                    removed_during_prompt,
                    operation,
                    asks_pair,
                    entries,
                    confirmations,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn only_well_formed_codes_reach_the_card_as_typed(scenario in scenario()) {
        let run = scenario.run();
        let old = run.typed(|label| !label.starts_with("Yeni"));
        let new = run.typed(|label| label.starts_with("Yeni"));
        let pairs = || old.iter().flat_map(|old| new.iter().map(move |new| (*old, *new)));
        for (command, _) in run.commands_with_codes() {
            let data = &command[5..];
            let known = match (command[1], command[2]) {
                (0x20, _) => old.iter().any(|code| code.as_bytes() == data),
                (0x2C, 0x02) => new.iter().any(|code| code.as_bytes() == data),
                (0x24, 0x01 | 0x02) => pairs().any(|(old, new)| {
                    let length = |code: &str| u8::try_from(code.len()).unwrap();
                    let both = [&[length(old)], old.as_bytes(), &[length(new)], new.as_bytes()].concat();
                    both == data
                }),
                _ => pairs().any(|(old, new)| format!("{old}{new}").as_bytes() == data),
            };
            prop_assert!(known, "{command:02X?} {:?}", run.answers);
        }
    }

    #[test]
    fn refused_code_is_never_sent_again(scenario in scenario()) {
        let run = scenario.run();
        let codes = run.commands_with_codes();
        for (index, (command, answer)) in codes.iter().enumerate() {
            let may_continue = matches!(answer, Ok(status) if is_accepted(*status) || is_unsupported(*status));
            prop_assert!(may_continue || index + 1 == codes.len(), "{command:02X?} {answer:?}");
            prop_assert_eq!(codes.iter().filter(|(other, _)| other == command).count(), 1);
        }
    }

    #[test]
    fn no_command_follows_a_transport_error(scenario in scenario()) {
        let run = scenario.run();
        let broken = run.log.iter().position(|(command, answer)| {
            // Large files are read in parts if the reader does not support extended lengths.
            answer.is_err() && !(answer == &Err(TransportError::Silent) && command.len() == 7)
        });
        if let Some(index) = broken {
            prop_assert_eq!(index + 1, run.log.len());
        }
    }

    #[test]
    fn unsupported_card_gets_no_code_command(scenario in scenario()) {
        let run = scenario.run();
        let carries_code = |(command, _): &(Vec<u8>, _)| is_code_command(command) && command.len() > 4;
        prop_assert!(!run.log[..run.commands_to_open].iter().any(carries_code));
        if scenario.profile.name.starts_with("kimlik") || scenario.profile.name == "yabanci" {
            prop_assert!(run.log.iter().all(|(command, _)| !is_code_command(command)) || !scenario.faults.is_empty());
        }
    }

    #[test]
    fn last_or_unknown_try_requires_a_confirmation(scenario in scenario()) {
        let run = scenario.run();
        let tries_left = if scenario.operation == Operation::Change(CodeKind::Pin) { scenario.tries.0 } else { scenario.tries.1 };
        let reports_tries = scenario.profile.name.starts_with("sanal");
        if scenario.faults.is_empty() && (!reports_tries || tries_left == 1) && !run.commands_with_codes().is_empty() {
            prop_assert_eq!(&run.answers[0], &Answer::Confirmation(true));
        }
    }

    #[test]
    fn a_guard_that_is_not_a_puk_requires_a_confirmation(scenario in scenario()) {
        let run = Scenario { profile: Profile::named("sanal-officer").unwrap(), ..scenario }.run();
        if !run.commands_with_codes().is_empty() {
            prop_assert_eq!(&run.answers[0], &Answer::Confirmation(true));
        }
    }

    #[test]
    fn leaving_the_prompt_sends_no_code(scenario in scenario()) {
        let run = scenario.run();
        if let Some(Err(Problem::Cancelled | Problem::TimedOut | Problem::PromptFailed | Problem::Malformed)) = run.outcome {
            prop_assert!(run.commands_with_codes().is_empty());
        }
    }

    #[test]
    fn success_means_that_the_card_accepted_the_last_command(scenario in scenario()) {
        let run = scenario.run();
        let last = run.commands_with_codes().last().map(|(command, answer)| (command[1], answer.unwrap_or(0)));
        let accepted = last.is_some_and(|(ins, status)| ins != 0x20 && is_accepted(status));
        prop_assert_eq!(run.outcome == Some(Ok(())), accepted);
    }

    #[test]
    fn empty_verify_is_sent_only_to_cards_known_to_support_it(scenario in scenario()) {
        let empty = |(command, _): &(Vec<u8>, _)| command[1] == 0x20 && command.len() == 4;
        prop_assert!(scenario.profile.name.starts_with("sanal") || !scenario.run().log.iter().any(empty));
    }
}

/// A scenario without faults: a usable card of the first profile.
fn without_faults(operation: Operation, asks_pair: bool, entries: &[&str]) -> Scenario {
    Scenario {
        profile: &PROFILES[0],
        tries: (3, 3),
        faults: BTreeMap::new(),
        removed_during_prompt: false,
        operation,
        asks_pair,
        entries: entries.iter().map(|&code| Entry::Typed(code.to_owned())).collect(),
        confirmations: vec![],
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
        for asks_pair in [false, true] {
            assert_eq!(without_faults(operation, asks_pair, &[old, new]).run().outcome, Some(Ok(())));
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
