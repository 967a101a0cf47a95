//! The points at which an operation is interrupted.

use std::fmt;

/// A point. Commands are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Before the card processes a command.
    Before(u32),
    /// After the card has processed a command with codes, before its response.
    After(u32),
    /// While the prompt with this label is open; prompts are counted from 1.
    Asked(usize, &'static str),
    /// While the reader waits for the codes of this entry; entries are counted from 1.
    Typing(usize),
}

impl Point {
    /// Returns the arguments that make the virtual card stop there.
    pub fn arguments(self) -> Vec<String> {
        match self {
            Self::Before(command) => vec!["--stop-before".to_owned(), command.to_string()],
            Self::After(command) => vec!["--stop-after".to_owned(), command.to_string()],
            Self::Asked(..) | Self::Typing(_) => Vec::new(),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(command) => write!(formatter, "before command {command}"),
            Self::After(command) => write!(formatter, "after command {command}"),
            Self::Asked(_, label) => write!(formatter, "while “{label}” is asked for"),
            Self::Typing(number) => write!(formatter, "while the reader waits for entry {number}"),
        }
    }
}

/// Returns a sample of the points: the last one with codes, and another one that differs between faults, so
/// that all samples together cover the operation.
pub fn sample(points: &[Point], shift: usize) -> Vec<Point> {
    let codes = points.iter().rfind(|point| !matches!(point, Point::Before(_)));
    let other = points.get((shift * 5 + 2) % points.len().max(1));
    let mut sample: Vec<_> = codes.into_iter().chain(other).copied().collect();
    sample.dedup();
    sample
}
