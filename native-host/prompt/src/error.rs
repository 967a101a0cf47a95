//! Errors of a prompt.

use std::fmt;

/// Why the user gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// No graphical pinentry is installed.
    Missing,
    /// There is no display to show a prompt on.
    NoDisplay,
    /// The prompt failed.
    Failed,
    /// The user closed the prompt, or the operation was cancelled.
    Cancelled,
    /// The user did not answer in time.
    TimedOut,
    /// A bug in this program.
    Internal,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Missing => "no graphical pinentry is installed",
            Self::NoDisplay => "there is no display to show a prompt on",
            Self::Failed => "the prompt failed",
            Self::Cancelled => "the prompt was cancelled",
            Self::TimedOut => "the prompt was not answered in time",
            Self::Internal => "internal error of the prompt",
        })
    }
}

impl std::error::Error for Error {}
