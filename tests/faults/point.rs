//! Where an operation is broken off.

use std::fmt;

/// A boundary. Commands are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// A command is on its way; the card has not heard it.
    Before(u32),
    /// The card has carried a command with codes out; nobody has heard its answer.
    After(u32),
    /// The question with this label is open, the first one being 1.
    Asked(usize, &'static str),
}

impl Point {
    /// What the virtual card is told, so that it stops there.
    pub fn arguments(self) -> Vec<String> {
        match self {
            Self::Before(command) => vec!["--stop-before".to_owned(), command.to_string()],
            Self::After(command) => vec!["--stop-after".to_owned(), command.to_string()],
            Self::Asked(..) => Vec::new(),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(command) => write!(formatter, "before command {command}"),
            Self::After(command) => write!(formatter, "after command {command}"),
            Self::Asked(_, label) => write!(formatter, "while “{label}” is asked for"),
        }
    }
}

/// A few of the points: the one where most is at stake, and another one that differs from fault to fault, so that the
/// sample as a whole goes through the operation.
pub fn sample(points: &[Point], shift: usize) -> Vec<Point> {
    let codes = points.iter().rfind(|point| matches!(point, Point::After(_) | Point::Asked(..)));
    let other = points.get((shift * 5 + 2) % points.len().max(1));
    let mut sample: Vec<_> = codes.into_iter().chain(other).copied().collect();
    sample.dedup();
    sample
}
