//! The faults that are ordered.

use super::attempt::Attempt;
use super::call::{Call, Phase};
use super::expectation::{Code, Expectation};
use std::collections::{HashMap, HashSet};
use std::fmt;

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// Without an effect.
    Before,
    /// After it had its effect.
    After,
    /// Without an effect, like all later calls of the function.
    From,
}

/// A fault: this call fails in this way, with this code.
#[derive(Debug, Clone)]
pub struct Order {
    pub call: Call,
    pub way: Way,
    pub code: Code,
}

impl Order {
    /// Returns all faults of an attempt that makes these calls: at the first call of each function in each phase, and at
    /// each command with a code. Further instructions of commands fail with one code of each kind.
    pub fn all(attempt: Attempt, calls: &[Call], expectation: &Expectation) -> Vec<Self> {
        let (mut places, mut known) = (HashSet::new(), HashSet::new());
        let mut orders = Vec::new();
        for call in calls.iter().filter(|call| attempt.is_about(call)) {
            let is_first = places.insert((call.function.as_str(), call.phase));
            if !known.insert((call.function.as_str(), call.phase, call.instruction())) {
                continue;
            }
            let takes_kinds = attempt.takes_kinds() || !is_first && !call.carries_code();
            let mut kinds = HashSet::new();
            for code in &expectation.codes {
                let is_first_of_kind = kinds.insert(&code.kind);
                if is_first_of_kind || !takes_kinds {
                    orders.push(Self::new(call, Way::Before, code));
                }
                // The card cannot have worked if the code says that it got nothing.
                let is_lost = call.carries_code() && !code.is_refusal && !takes_kinds;
                if is_lost || is_first_of_kind && can_be_lost(call) && !code.is_refusal {
                    orders.push(Self::new(call, Way::After, code));
                }
                if is_first_of_kind && !call.carries_code() {
                    orders.push(Self::new(call, Way::From, code));
                }
            }
        }
        orders
    }

    fn new(call: &Call, way: Way, code: &Code) -> Self {
        Self { call: call.clone(), way, code: code.clone() }
    }

    /// Returns whether all later calls of the function fail, too.
    pub fn is_lasting(&self) -> bool {
        self.way == Way::From
    }

    fn place(&self, attempt: Attempt) -> (String, Way) {
        (self.calls(attempt), self.way)
    }

    /// Returns what the calls are named that this fault stands for.
    pub fn calls(&self, attempt: Attempt) -> String {
        let call = &self.call;
        let command = match call.instruction() {
            "" => "",
            "A4" => " of SELECT",
            "B0" => " of READ BINARY",
            "20" => " of a VERIFY without a code",
            _ if call.carries_code() => " with a code",
            other => panic!("an instruction without a name: {other}"),
        };
        let attempt = match attempt {
            Attempt::Watch => " in a watch",
            Attempt::UnlockByModule => " with a module",
            Attempt::ChangePin if call.carries_code() => " of a change",
            Attempt::UnlockWithWrongPuk if call.carries_code() => ", a wrong PUK",
            _ => "",
        };
        let lasting = if self.is_lasting() { ", again and again" } else { "" };
        format!("`{}`{command}{attempt}, {}{lasting}", call.function, call.phase)
    }

    /// Returns the line for `tests/faulty-winscard`.
    pub fn line(&self) -> String {
        let way = match self.way {
            Way::Before => "before",
            Way::After => "after",
            Way::From => "from",
        };
        format!("{} {} {way} {:08X}\n", self.call.function, self.call.number, self.code.number)
    }
}

/// Returns whether a call changes something that stays when its answer is lost.
fn can_be_lost(call: &Call) -> bool {
    call.carries_code()
        || call.phase == Phase::Ending
            && matches!(call.function.as_str(), "SCardEndTransaction" | "SCardDisconnect")
}

/// Chooses faults that cover each kind of call and way once, together with codes of every kind.
#[derive(Default)]
pub struct Sampler {
    /// How often each kind of code was taken.
    taken: HashMap<String, usize>,
    places: HashSet<(String, Way)>,
}

impl Sampler {
    /// Returns those that are still needed: for each call and way a code of the kind that was taken least.
    pub fn sample(&mut self, attempt: Attempt, orders: &[Order]) -> Vec<Order> {
        let mut sample = Vec::new();
        for order in orders {
            let place = order.place(attempt);
            if !self.places.insert(place.clone()) {
                continue;
            }
            let of_place = orders.iter().filter(|other| other.place(attempt) == place);
            let times = |order: &&Order| self.taken.get(&order.code.kind).copied();
            let Some(order) = of_place.min_by_key(times) else { continue };
            *self.taken.entry(order.code.kind.clone()).or_default() += 1;
            sample.push(order.clone());
        }
        sample
    }
}

impl fmt::Display for Order {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { call, code, .. } = self;
        let way = match self.way {
            Way::Before => "fails with",
            Way::After => "has worked and returns",
            Way::From => "fails from then on with",
        };
        write!(formatter, "{} {} ({}", call.function, call.number, call.phase)?;
        if call.detail != "-" {
            write!(formatter, ", {}", call.detail)?;
        }
        write!(formatter, ") {way} {:08X} {}", code.number, code.name)
    }
}
