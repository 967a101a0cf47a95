//! Why a reader, a card or a code cannot be used.

/// Why listing readers, describing a card or sending codes failed. In operations, "old code" is the code that
/// authenticates the user: the PUK when unblocking, the current code when changing one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The smart-card service (pcscd, SCardSvr) is not available.
    #[error("the smart-card service is not available")]
    NoService,
    /// The smart-card service runs, but refuses this process: by a rule, or because of its session.
    #[error("the smart-card service refuses access")]
    ServiceRefused,
    /// This process may not connect to the socket of the smart-card service.
    #[error("the socket of the smart-card service is not accessible")]
    SocketDenied {
        /// The path of the socket.
        path: String,
    },
    /// The smart-card service does not run, because it starts with the first reader and none is connected.
    #[error("the smart-card service waits for a reader")]
    ServiceAwaitsReader,
    /// No reader is connected.
    #[error("no reader is connected")]
    NoReader,
    /// The reader is not, or no longer, connected.
    #[error("the reader is not connected")]
    ReaderGone,
    /// The reader or its driver failed.
    #[error("the reader failed")]
    ReaderFailed,
    /// The system has no more threads or memory for this process, or the service no more connections.
    #[error("threads, memory or connections are used up")]
    Exhausted,

    /// The reader holds no card.
    #[error("the reader holds no card")]
    NoCard,
    /// The card does not respond, or its response is malformed.
    #[error("the card does not respond")]
    CardSilent,
    /// Another program holds the card.
    #[error("another program holds the card")]
    CardBusy,
    /// The card was removed.
    #[error("the card was removed")]
    CardRemoved,
    /// The card is not the one that was described, was reset, or has fewer tries left than the user was
    /// shown. No code was sent.
    #[error("the card was reset or replaced, or its tries have changed")]
    CardChanged,
    /// The card returned an unexpected status word (ISO 7816-4, section 5.1.3).
    #[error("the card returned status {0:04X}")]
    CardFailed(u16),

    /// The card belongs to no supported family.
    #[error("the card belongs to no supported family")]
    UnsupportedCard,
    /// The card is an identity card.
    #[error("the card is an identity card")]
    IdentityCard,
    /// The card may be an identity card: its certificates cannot be read.
    #[error("the card may be an identity card: its certificates cannot be read")]
    Unrecognised,
    /// The card has no e-signature application.
    #[error("the card has no e-signature application")]
    NoApplication,
    /// The card describes no PIN that a PUK unblocks.
    #[error("the card describes no PIN with a PUK")]
    NoPuk,
    /// The card describes several PINs with a PUK, but not which one is for signing.
    #[error("the card describes several PINs, but not which one is for signing")]
    SeveralPins,

    /// The old code is wrong; with the tries left if they are known.
    #[error("the code is wrong")]
    WrongCode(Option<u8>),
    /// The old code is blocked.
    #[error("the code is blocked")]
    Blocked,
    /// The card rejected the new code.
    #[error("the card rejected the new code")]
    NewCodeRefused,
    /// The card does not support the operation; no try was used.
    #[error("the card does not support the operation")]
    Unsupported,
    /// A code was sent and its effect is unknown.
    #[error("the outcome is unknown")]
    OutcomeUnknown,
    /// The operation was cancelled: before a code was sent, or on the reader before a code was changed.
    #[error("the operation was cancelled")]
    Cancelled,
    /// The user typed no code on the reader in time; no code was changed.
    #[error("no code was typed on the reader in time")]
    EntryTimedOut,
    /// Too many entries of a wrong length on the reader, or of new codes that differ; no code was changed.
    #[error("too many malformed entries on the reader")]
    MalformedEntries,
}
