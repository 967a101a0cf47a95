//! What became of the changes.

use std::collections::BTreeMap;

/// What the tests said to a changed program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A test failed.
    Caught,
    /// The tests did not end in time.
    TimedOut,
    /// It did not compile.
    Unviable,
    /// All tests passed.
    Missed,
}

/// The outcome of each change, by cargo-mutants' description of it.
pub(super) type Results = BTreeMap<String, Outcome>;

impl Outcome {
    pub(super) const ALL: [Self; 4] = [Self::Caught, Self::TimedOut, Self::Unviable, Self::Missed];

    /// Returns the file in which cargo-mutants lists the changes with this outcome, a line each.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Caught => "caught.txt",
            Self::TimedOut => "timeout.txt",
            Self::Unviable => "unviable.txt",
            Self::Missed => "missed.txt",
        }
    }
}
