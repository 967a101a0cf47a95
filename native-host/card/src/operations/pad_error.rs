//! Why a reader with keys did not take codes.

/// What happened instead of sending codes from the reader to the card. None of it uses a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PadError {
    /// The reader announces the feature, and refuses it. No code was entered.
    #[error("the reader does not take codes")]
    Refused,
    /// The reader refused the new code's entry after the card had accepted the old one.
    #[error("the reader stopped taking codes")]
    Stopped,
    /// The user cancelled on the reader.
    #[error("the entry was cancelled on the reader")]
    Cancelled,
    /// The user typed nothing in time.
    #[error("nothing was typed on the reader in time")]
    TimedOut,
    /// Too many entries of a wrong length, or pairs that differ.
    #[error("too many malformed entries on the reader")]
    Malformed,
}
