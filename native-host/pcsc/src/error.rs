//! Errors of listing readers and connecting to a card.

use std::fmt;

/// Why listing readers or connecting to a card failed. Errors on a connected card are
/// [`eimza_card::TransportError`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The smart-card service (pcscd, SCardSvr) is not available.
    NoService,
    /// No reader is connected.
    NoReader,
    /// The requested reader is not, or no longer, connected.
    UnknownReader,
    /// The reader or its driver failed.
    ReaderFailed,
    /// The reader holds no card.
    NoCard,
    /// The card does not respond.
    UnresponsiveCard,
    /// Another program holds the card.
    CardBusy,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoService => "the smart-card service is not available",
            Self::NoReader => "no reader is connected",
            Self::UnknownReader => "the reader is not connected",
            Self::ReaderFailed => "the reader failed",
            Self::NoCard => "the reader holds no card",
            Self::UnresponsiveCard => "the card does not respond",
            Self::CardBusy => "another program holds the card",
        })
    }
}

impl std::error::Error for Error {}
