//! The connection to a card.

use alloc::vec::Vec;

/// A connection with exclusive access to a card.
pub trait Transport {
    /// Sends one command APDU and returns the response APDU, status word included.
    ///
    /// # Errors
    /// If no response arrives; the error says why.
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError>;

    /// Has the reader do something itself (PC/SC part 10). Readers without such a feature refuse.
    ///
    /// # Errors
    /// If it is not known what the reader did, or the card was removed or replaced.
    fn control(&mut self, _: ReaderControl<'_>) -> Result<ControlAnswer, TransportError> {
        Ok(ControlAnswer::Refused)
    }
}

/// What a reader is asked to do itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReaderControl<'a> {
    /// List its features (`CM_IOCTL_GET_FEATURE_REQUEST`, PC/SC part 10, section 2.2).
    GetFeatures,
    /// Take codes on its keys and send them to the card.
    TakeCodes {
        /// The control code of the feature.
        code: u32,
        /// The structure that describes entry and command. It contains no code.
        structure: &'a [u8],
    },
}

/// What a reader answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ControlAnswer {
    /// The list of features; or the response of the card, or the reader's own status word in its place.
    Response(Vec<u8>),
    /// It does not do so: no code was entered, and the card received nothing.
    Refused,
}

/// Why a card returned no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The card was removed from the reader.
    #[error("the card was removed")]
    Removed,
    /// The card was reset or replaced by another one.
    #[error("the card was reset or replaced")]
    Changed,
    /// The card does not respond, or its response is malformed.
    #[error("the card does not respond")]
    Silent,
    /// Another program has exclusive access to the card.
    #[error("another program is using the card")]
    Busy,
    /// The reader was disconnected.
    #[error("the reader was disconnected")]
    ReaderGone,
    /// The reader or its driver failed.
    #[error("the reader failed")]
    ReaderFailed,
    /// The smart-card service has stopped.
    #[error("the smart-card service has stopped")]
    ServiceGone,
    /// The smart-card service or the system refuses access.
    #[error("access is refused")]
    Refused,
    /// The smart-card service or the system has no memory or connection left.
    #[error("no memory or connection is left")]
    Exhausted,
}

impl TransportError {
    /// All errors, for tests and fuzzers that have every one occur.
    pub const ALL: [Self; 9] = [
        Self::Removed,
        Self::Changed,
        Self::Silent,
        Self::Busy,
        Self::ReaderGone,
        Self::ReaderFailed,
        Self::ServiceGone,
        Self::Refused,
        Self::Exhausted,
    ];
}
