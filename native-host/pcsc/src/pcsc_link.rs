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

impl CardLink for PcscLink {
    fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        let mut transaction = self.connection.begin()?;
        Ok(work(&mut transaction))
    }

    fn confirm_same_card(&mut self) -> Result<(), Error> {
        self.insertion.as_ref().ok_or(Error::CardChanged)?.confirm(INSERTION_TIMEOUT)
    }

    fn reset(self) {
        self.connection.reset();
    }

    fn disconnect(self) {
        self.connection.disconnect();
    }
}
