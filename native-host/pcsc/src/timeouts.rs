//! How long callers wait for cards.

use std::time::Duration;

/// Retry interval while a card or the service is busy.
pub(crate) const RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// How long a reader may take for codes that the user types on it; it gives up itself sooner, each of at most three
/// entries after a minute.
pub(crate) const ENTRY_TIMEOUT: Duration = Duration::from_secs(300);

/// The timeouts for one card.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For another program to release the card.
    pub transaction: Duration,
    /// For one response of the card; many times longer than any command that the product sends.
    pub response: Duration,
}

impl Timeouts {
    /// For commands that a user has requested.
    pub const INTERACTIVE: Self =
        Self { transaction: Duration::from_secs(5), response: Duration::from_secs(10) };

    /// For background reads, to report changes soon; slower cards are read again later.
    pub const BACKGROUND: Self = Self { transaction: Duration::from_secs(2), ..Self::INTERACTIVE };
}
