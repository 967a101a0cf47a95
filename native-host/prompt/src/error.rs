//! Errors of a prompt.

/// Why the user gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No graphical pinentry is installed.
    #[error("no graphical pinentry is installed")]
    Missing,
    /// There is no display to show a prompt on.
    #[error("there is no display to show a prompt on")]
    NoDisplay,
    /// The prompt failed.
    #[error("the prompt failed")]
    Failed,
    /// The user closed the prompt, or the operation was cancelled.
    #[error("the prompt was cancelled")]
    Cancelled,
    /// The user did not answer in time.
    #[error("the prompt was not answered in time")]
    TimedOut,
    /// A bug in this program.
    #[error("internal error of the prompt")]
    Internal,
}
