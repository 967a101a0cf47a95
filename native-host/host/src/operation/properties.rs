//! What holds for every card, every way in which it fails, and everything that a user may type.

use super::{Held, Operation, Subject, with_card};
use crate::prompt::{Both, Question, Repeat, Stop, Window};
use eimza_card::{Card, CodeKind, Secret, Transport, TransportError};
use eimza_protocol::{Lang, Problem};
use eimza_virtual_card::{Card as VirtualCard, Code, PROFILES, Profile, Settings};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a card does instead of answering.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Says(u16),
    Breaks(TransportError),
}

/// A virtual card that fails at some commands, counted from 0, and keeps what it was told.
struct FailingCard {
    card: VirtualCard,
    faults: BTreeMap<usize, Fault>,
    /// Each command with what became of it.
    told: Vec<(Vec<u8>, Result<u16, TransportError>)>,
    /// At this holding, counted from 0, it is gone.
    gone_at: Option<usize>,
    holdings: usize,
}

impl Transport for FailingCard {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let answer = match self.faults.get(&self.told.len()) {
            Some(Fault::Says(status)) => Ok(status.to_be_bytes().to_vec()),
            Some(Fault::Breaks(error)) => Err(*error),
            None => Ok(self.card.transmit(command)),
        };
        let status = answer.as_ref().map(|answer| u16::from_be_bytes(*answer.last_chunk().unwrap()));
        self.told.push((command.to_vec(), status.map_err(|error| *error)));
        answer
    }
}

impl Held for FailingCard {
    fn alone<T>(&mut self, with: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        if self.gone_at == Some(self.holdings) {
            return Err(TransportError::Changed);
        }
        self.holdings += 1;
        Ok(with(self))
    }
}

/// A user's answer to a question for a code.
#[derive(Debug, Clone)]
enum Entry {
    Typed(String),
    TypedTwiceDifferently,
    Leaves(Leaving),
}

#[derive(Debug, Clone, Copy)]
enum Leaving {
    Cancel,
    Timeout,
    Dies,
}

impl From<Leaving> for Problem {
    fn from(leaving: Leaving) -> Self {
        match leaving {
            Leaving::Cancel => Self::Cancelled,
            Leaving::Timeout => Self::TimedOut,
            Leaving::Dies => Self::PromptFailed,
        }
    }
}

/// A user who answers one question after the other, then closes the window.
struct User {
    /// Whether one window asks for both codes.
    both: bool,
    entries: std::vec::IntoIter<Entry>,
    agrees: std::vec::IntoIter<bool>,
    seen: Rc<RefCell<Vec<Seen>>>,
}

/// What a user was asked and answered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
    Code { label: String, typed: Option<String> },
    Yes(bool),
}

impl Window for User {
    fn code(
        &mut self,
        label: &str,
        _: &Question<'_>,
        repeat: Option<Repeat<'_>>,
    ) -> Result<Option<Secret>, Problem> {
        let (typed, answer) = match self.entries.next().unwrap_or(Entry::Leaves(Leaving::Cancel)) {
            Entry::Typed(code) => (Some(code.clone()), Ok(Some(code.bytes().collect()))),
            Entry::TypedTwiceDifferently if repeat.is_some() => (None, Ok(None)),
            Entry::TypedTwiceDifferently => (Some(String::new()), Ok(Some(Secret::new()))),
            Entry::Leaves(how) => (None, Err(how.into())),
        };
        self.seen.borrow_mut().push(Seen::Code { label: label.to_owned(), typed });
        answer
    }

    fn both(
        &mut self,
        [old, new]: [&str; 2],
        question: &Question<'_>,
        repeat: Repeat<'_>,
    ) -> Option<Result<Both, Problem>> {
        self.both.then(|| {
            let old = self.code(old, question, None)?.unwrap_or_default();
            Ok((old, self.code(new, question, Some(repeat))?))
        })
    }

    fn confirm(&mut self, _: &Question<'_>) -> Result<bool, Problem> {
        let agrees = self.agrees.next().unwrap_or(false);
        self.seen.borrow_mut().push(Seen::Yes(agrees));
        Ok(agrees)
    }
}

/// One run of an operation.
struct Run {
    outcome: Option<Result<(), Problem>>,
    told: Vec<(Vec<u8>, Result<u16, TransportError>)>,
    seen: Vec<Seen>,
    /// Commands before the operation, for finding the card.
    finding: usize,
}

#[derive(Debug, Clone)]
struct Scene {
    profile: &'static Profile,
    tries: (u8, u8),
    faults: BTreeMap<usize, Fault>,
    gone_at: bool,
    operation: Operation,
    both: bool,
    entries: Vec<Entry>,
    agrees: Vec<bool>,
}

const PIN: &str = "123456";
const PUK: &str = "12345678";

impl Scene {
    fn run(&self) -> Run {
        let code = |digits: &str| Code::parse(digits.as_bytes()).unwrap();
        let settings = Settings {
            pin_tries: self.tries.0,
            puk_tries: self.tries.1,
            ..Settings::new(code(PIN), code(PUK))
        };
        let mut held = FailingCard {
            card: VirtualCard::new(self.profile, settings),
            faults: self.faults.clone(),
            told: Vec::new(),
            gone_at: self.gone_at.then_some(1), // it is found in any case
            holdings: 0,
        };
        let at_stake = self.operation.old_code();
        let opened = held
            .alone(|to| {
                let card = Card::open(to, self.profile.atr).map_err(|_| ())?;
                let state = card.code_state_after_open(to, at_stake).map_err(|_| ())?;
                Ok::<_, ()>((card, state))
            })
            .unwrap();
        let finding = held.told.len();
        let seen = Rc::default();
        let outcome = opened.ok().map(|(card, state)| {
            let user = User {
                both: self.both,
                entries: self.entries.clone().into_iter(),
                agrees: self.agrees.clone().into_iter(),
                seen: Rc::clone(&seen),
            };
            let stop = Stop::default();
            let subject = Subject { card: &card, state, reader: "Okuyucu" };
            with_card(self.operation, &mut held, &subject, Lang::Tr, &stop, || Ok(user))
        });
        Run { outcome, told: held.told, seen: seen.take(), finding }
    }
}

impl Run {
    /// Commands that carry codes, each with what became of it.
    fn with_codes(&self) -> Vec<&(Vec<u8>, Result<u16, TransportError>)> {
        self.told.iter().filter(|(command, _)| is_about_codes(command) && command.len() > 4).collect()
    }

    fn typed(&self, wanted: impl Fn(&str) -> bool) -> Vec<&str> {
        let codes = self.seen.iter().filter_map(|seen| match seen {
            Seen::Code { label, typed: Some(code) } if wanted(label) => Some(code.as_str()),
            _ => None,
        });
        codes
            .filter(|code| (4..=16).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()))
            .collect()
    }
}

fn is_about_codes(command: &[u8]) -> bool {
    matches!(command[1], 0x20 | 0x24 | 0x2C)
}

/// The card took it.
fn is_accepted(status: u16) -> bool {
    status == 0x9000 || status >> 8 == 0x61
}

/// The card does not know the command, which costs no try.
fn is_not_offered(status: u16) -> bool {
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
        1 => prop_oneof![Just(Leaving::Cancel), Just(Leaving::Timeout), Just(Leaving::Dies)].prop_map(Entry::Leaves),
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
    prop_oneof![3 => status.prop_map(Fault::Says), 1 => error.prop_map(Fault::Breaks)]
}

fn scene() -> impl Strategy<Value = Scene> {
    let operation = prop::sample::select(vec![
        Operation::Unlock,
        Operation::Unlock,
        Operation::Change(CodeKind::Pin),
        Operation::Change(CodeKind::Puk),
    ]);
    (
        prop::sample::select(PROFILES.iter().collect::<Vec<_>>()),
        (0..=3_u8, 0..=3_u8),
        // Most runs go well up to the codes; there a fault matters most.
        prop::collection::btree_map(prop_oneof![0..40_usize, 8..18_usize], fault(), 0..3),
        prop::bool::weighted(0.1),
        operation,
        any::<bool>(),
        prop::collection::vec(entry(), 0..8),
        prop::collection::vec(prop::bool::weighted(0.8), 0..6),
    )
        .prop_map(|(profile, tries, faults, gone_at, operation, both, entries, agrees)| Scene {
            profile,
            tries,
            faults,
            gone_at,
            operation,
            both,
            entries,
            agrees,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn only_well_formed_codes_reach_the_card_as_they_were_typed(scene in scene()) {
        let run = scene.run();
        let old = run.typed(|label| !label.starts_with("Yeni"));
        let new = run.typed(|label| label.starts_with("Yeni"));
        let pairs = || old.iter().flat_map(|old| new.iter().map(move |new| (*old, *new)));
        for (command, _) in run.with_codes() {
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
            prop_assert!(known, "{command:02X?} {:?}", run.seen);
        }
    }

    #[test]
    fn a_code_that_was_refused_is_never_sent_again(scene in scene()) {
        let run = scene.run();
        let codes = run.with_codes();
        for (at, (command, answer)) in codes.iter().enumerate() {
            let goes_on = matches!(answer, Ok(status) if is_accepted(*status) || is_not_offered(*status));
            prop_assert!(goes_on || at + 1 == codes.len(), "{command:02X?} {answer:?}");
            prop_assert_eq!(codes.iter().filter(|(other, _)| other == command).count(), 1);
        }
    }

    #[test]
    fn nothing_follows_a_broken_link(scene in scene()) {
        let run = scene.run();
        let broken = run.told.iter().position(|(command, answer)| {
            // Large files are asked for in parts where a reader does not pass extended lengths.
            answer.is_err() && !(answer == &Err(TransportError::Silent) && command.len() == 7)
        });
        if let Some(at) = broken {
            prop_assert_eq!(at + 1, run.told.len());
        }
    }

    #[test]
    fn a_card_that_is_refused_gets_no_pin_command(scene in scene()) {
        let run = scene.run();
        let with_data = |(command, _): &(Vec<u8>, _)| is_about_codes(command) && command.len() > 4;
        prop_assert!(!run.told[..run.finding].iter().any(with_data));
        if scene.profile.name.starts_with("kimlik") || scene.profile.name == "yabanci" {
            prop_assert!(run.told.iter().all(|(command, _)| !is_about_codes(command)) || !scene.faults.is_empty());
        }
    }

    #[test]
    fn only_an_answered_yes_lets_an_unknown_or_last_try_go_out(scene in scene()) {
        let run = scene.run();
        let at_stake = if scene.operation == Operation::Change(CodeKind::Pin) { scene.tries.0 } else { scene.tries.1 };
        let tells = scene.profile.name == "sanal";
        if scene.faults.is_empty() && (!tells || at_stake == 1) && !run.with_codes().is_empty() {
            prop_assert_eq!(&run.seen[0], &Seen::Yes(true));
        }
    }

    #[test]
    fn who_leaves_the_window_has_sent_nothing(scene in scene()) {
        let run = scene.run();
        if let Some(Err(Problem::Cancelled | Problem::TimedOut | Problem::PromptFailed | Problem::Malformed)) = run.outcome {
            prop_assert!(run.with_codes().is_empty());
        }
    }

    #[test]
    fn done_means_that_the_card_took_the_last_command(scene in scene()) {
        let run = scene.run();
        let last = run.with_codes().last().map(|(command, answer)| (command[1], answer.unwrap_or(0)));
        let took = last.is_some_and(|(ins, status)| ins != 0x20 && is_accepted(status));
        prop_assert_eq!(run.outcome == Some(Ok(())), took);
    }

    #[test]
    fn an_empty_verify_goes_only_to_cards_that_are_known_to_answer_it(scene in scene()) {
        let empty = |(command, _): &(Vec<u8>, _)| command[1] == 0x20 && command.len() == 4;
        prop_assert!(scene.profile.name == "sanal" || !scene.run().told.iter().any(empty));
    }
}

/// A user with a usable card of the first profile.
fn plain(operation: Operation, both: bool, entries: &[&str]) -> Scene {
    Scene {
        profile: &PROFILES[0],
        tries: (3, 3),
        faults: BTreeMap::new(),
        gone_at: false,
        operation,
        both,
        entries: entries.iter().map(|&code| Entry::Typed(code.to_owned())).collect(),
        agrees: vec![],
    }
}

/// The properties would hold as well if no code ever reached a card.
#[test]
fn the_scenes_do_unlock_and_change() {
    for (operation, old, new) in [
        (Operation::Unlock, PUK, "739164"),
        (Operation::Change(CodeKind::Pin), PIN, "739164"),
        (Operation::Change(CodeKind::Puk), PUK, "81726354"),
    ] {
        for both in [false, true] {
            assert_eq!(plain(operation, both, &[old, new]).run().outcome, Some(Ok(())));
        }
    }
}

#[test]
fn an_old_code_that_is_well_formed_is_not_asked_for_twice() {
    let run = plain(Operation::Unlock, true, &[PUK, "1", "739164"]).run();
    assert_eq!(run.outcome, Some(Ok(())));
}

#[test]
fn the_third_malformed_entry_in_a_row_ends_it_whichever_code_it_is() {
    for (both, entries) in [
        (false, &["1", "2", "3", PUK, "739164"][..]),
        (false, &[PUK, "1", "2", "3", "739164"]),
        (true, &["1", "739164", "2", "739164", PUK, "3", "739164"]),
    ] {
        let run = plain(Operation::Unlock, both, entries).run();
        assert_eq!(run.outcome, Some(Err(Problem::Malformed)), "{entries:?}");
    }
    let run = plain(Operation::Unlock, false, &["1", "2", PUK, "1", "2", "739164"]).run();
    assert_eq!(run.outcome, Some(Ok(())), "each code has its own three where they are asked for apart");
}
