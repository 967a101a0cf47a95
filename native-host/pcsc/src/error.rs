//! Errors of listing readers and connecting to a card.

/// Why listing readers or connecting to a card failed. Errors on a connected card are
/// [`eimza_card::TransportError`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The smart-card service (pcscd, SCardSvr) is not available.
    #[error("the smart-card service is not available")]
    NoService,
    /// The smart-card service runs, but refuses this process: by a rule, or because of its session.
    #[error("the smart-card service refuses access")]
    ServiceRefused,
    /// This process may not connect to the socket of the smart-card service.
    #[error("the socket of the smart-card service is not accessible")]
    SocketDenied,
    /// No reader is connected.
    #[error("no reader is connected")]
    NoReader,
    /// The requested reader is not, or no longer, connected.
    #[error("the reader is not connected")]
    UnknownReader,
    /// The reader or its driver failed.
    #[error("the reader failed")]
    ReaderFailed,
    /// The reader holds no card.
    #[error("the reader holds no card")]
    NoCard,
    /// The card does not respond.
    #[error("the card does not respond")]
    UnresponsiveCard,
    /// Another program holds the card.
    #[error("another program holds the card")]
    CardBusy,
    /// The system allows this process no more threads.
    #[error("the system allows no more threads")]
    NoThread,
}
