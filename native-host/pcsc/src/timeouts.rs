//! How long callers wait for cards.

use std::time::Duration;

/// Interval between two attempts to use a card or a service that something else keeps busy.
pub(crate) const RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// The longest waits for one card.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For another program to release the card.
    pub transaction: Duration,
    /// For one response of the card; many times longer than any command that the product sends.
    pub response: Duration,
}

impl Timeouts {
    /// For what a user asked for.
    pub const INTERACTIVE: Self =
        Self { transaction: Duration::from_secs(5), response: Duration::from_secs(10) };

    /// For reporting changes soon; what takes longer is read again later.
    pub const BACKGROUND: Self = Self { transaction: Duration::from_secs(2), ..Self::INTERACTIVE };
}
