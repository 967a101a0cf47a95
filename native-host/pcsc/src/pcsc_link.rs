//! The handle of a card over PC/SC.

use crate::card_link::CardLink;
use crate::connection::Connection;
use crate::insertion::Insertion;
use eimza_card::{Transport, TransportError};
use eimza_session::Error;
use std::time::Duration;

/// A connection, and the insertion of its card.
pub(crate) struct PcscLink {
    pub(crate) connection: Connection,
    /// `None` if the service does not tell.
    pub(crate) insertion: Option<Insertion>,
}

/// How long the service may take to tell an insertion, which needs no card.
const INSERTION_TIMEOUT: Duration = Duration::from_secs(2);

/// How long to wait for the card before a module has ended, which may hold it until then.
const RESET_NOW_TIMEOUT: Duration = Duration::from_secs(1);

impl CardLink for PcscLink {
    fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        let mut transaction = self.connection.begin()?;
        Ok(work(&mut transaction))
    }

    fn confirm_same_card(&mut self) -> Result<(), Error> {
        self.insertion.as_ref().ok_or(Error::CardChanged)?.confirm(INSERTION_TIMEOUT)?;
        // A reader that was plugged in again counts anew and may arrive at the same number, but the service
        // knows no handle of its predecessor.
        if self.connection.is_known() { Ok(()) } else { Err(Error::CardChanged) }
    }

    fn reset_now(&mut self) {
        self.connection.reset_now(RESET_NOW_TIMEOUT);
    }

    fn reset(self) {
        self.connection.reset();
    }

    fn disconnect(self) {
        self.connection.disconnect();
    }
}
