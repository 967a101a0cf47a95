//! A connection to the smart-card service.

use crate::card::Card;
use crate::error::Error;
use crate::library::{self, ReaderState};
use crate::multi_string::names;
use crate::reader_name::ReaderName;
use std::sync::Arc;
use std::time::Duration;

/// Buffer size for the names of all readers, in units. A longer list is read with a second call.
const NAMES_SIZE: usize = 16 * 128;

/// `SCARD_E_INSUFFICIENT_BUFFER` and `SCARD_E_NO_READERS_AVAILABLE` (winerror.h).
const INSUFFICIENT_BUFFER: Error = Error(0x8010_0008);
const NO_READERS_AVAILABLE: Error = Error(0x8010_002E);

/// A connection to the smart-card service; clones share it.
#[derive(Clone)]
pub struct Context(Arc<library::ContextHandle>);

impl Context {
    /// Connects to the service.
    ///
    /// # Errors
    /// The code of `SCardEstablishContext`.
    pub fn establish() -> Result<Self, Error> {
        library::establish().map(|handle| Self(Arc::new(handle)))
    }

    /// Returns the names of all readers.
    ///
    /// # Errors
    /// The code of `SCardListReadersW`. None for no readers: the list is then empty.
    pub fn list_readers(&self) -> Result<Vec<ReaderName>, Error> {
        let mut buffer = vec![0; NAMES_SIZE];
        let listed = loop {
            match library::list_readers(&self.0, &mut buffer) {
                // It says how many it needs, unless a reader was connected in between.
                Err((INSUFFICIENT_BUFFER, needed)) if needed > buffer.len() => buffer.resize(needed, 0),
                other => break other,
            }
        };
        match listed {
            Ok(length) => {
                let list = buffer.get(..length).unwrap_or(&buffer);
                Ok(names(list).iter().map(|name| ReaderName::new(name)).collect())
            }
            Err((NO_READERS_AVAILABLE, _)) => Ok(Vec::new()),
            Err((error, _)) => Err(error),
        }
    }

    /// Waits until the state of a reader differs from what is given, and writes the new states.
    ///
    /// # Errors
    /// The code of `SCardGetStatusChangeW`.
    pub fn get_status_change(
        &self,
        timeout: Option<Duration>,
        readers: &mut [ReaderState],
    ) -> Result<(), Error> {
        library::get_status_change(&self.0, timeout, readers)
    }

    /// Connects to the card in a reader in shared mode.
    ///
    /// # Errors
    /// The code of `SCardConnectW`.
    pub fn connect_shared(&self, reader: &ReaderName) -> Result<Card, Error> {
        let connected = library::connect_shared(&self.0, reader)?;
        Ok(Card::new(Arc::clone(&self.0), connected))
    }
}
