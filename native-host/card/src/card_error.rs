//! Why a card is not a supported e-signature card.

use crate::iso7816::read_binary::ReadError;
use crate::{StatusWord, TransportError};

/// Why a card cannot be used. The card received no VERIFY, CHANGE REFERENCE DATA or RESET RETRY COUNTER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The ATR belongs to no known card family.
    #[error("the card belongs to no supported family")]
    UnsupportedCard,
    /// The card shares its ATR with identity cards, and has no e-signature application or only certificates
    /// that are not for signing.
    #[error("the card is an identity card")]
    IdentityCard,
    /// The card shares its ATR with identity cards, and its certificates cannot be read: it may be either.
    #[error("the card may be an identity card: its certificates cannot be read")]
    Unrecognised,
    /// The card has no e-signature application.
    #[error("the card has no e-signature application")]
    NoApplication,
    /// The application describes no PIN that a PUK unblocks.
    #[error("the card describes no PIN with a PUK")]
    NoPuk,
    /// The application describes several PINs with a PUK, but not which one is for signing.
    #[error("the card describes several PINs, but not which one is for signing")]
    SeveralPins,
    /// The card returned an unexpected status word.
    #[error("the card returned status {0}")]
    Failed(StatusWord),
    /// The card did not respond.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

impl From<ReadError> for CardError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Transport(error) => Self::Transport(error),
            ReadError::Failed(status) => Self::Failed(status),
        }
    }
}
