//! A connected card, and transactions with it.

use crate::disposition::Disposition;
use crate::error::Error;
use crate::library::{self, CardHandle, ContextHandle, Protocol};
use std::sync::Arc;

/// A connected card. Dropping it resets the card.
pub struct Card {
    /// `None` once it is disconnected.
    handle: Option<CardHandle>,
    protocol: Protocol,
    /// Released after the card.
    _context: Arc<ContextHandle>,
}

/// Exclusive access to a card; dropping it ends it and leaves the card as it is.
pub struct Transaction<'card> {
    card: &'card mut Card,
    is_ended: bool,
}

/// `SCARD_E_INVALID_HANDLE` (winerror.h).
const INVALID_HANDLE: Error = Error(0x8010_0003);

impl Card {
    pub(crate) fn new(context: Arc<ContextHandle>, (handle, protocol): (CardHandle, Protocol)) -> Self {
        Self { handle: Some(handle), protocol, _context: context }
    }

    fn handle(&self) -> Result<&CardHandle, Error> {
        self.handle.as_ref().ok_or(INVALID_HANDLE)
    }

    /// Begins a transaction. Waits for those of other programs.
    ///
    /// # Errors
    /// The code of `SCardBeginTransaction`.
    pub fn transaction(&mut self) -> Result<Transaction<'_>, Error> {
        library::begin_transaction(self.handle()?)?;
        Ok(Transaction { card: self, is_ended: false })
    }

    /// Returns the card's answer to reset.
    ///
    /// # Errors
    /// The code of `SCardStatusW`.
    pub fn atr(&self) -> Result<Vec<u8>, Error> {
        library::atr(self.handle()?)
    }

    /// Resets the card and connects to it again in shared mode.
    ///
    /// # Errors
    /// The code of `SCardReconnect`.
    pub fn reset(&mut self) -> Result<(), Error> {
        self.protocol = library::reset(self.handle()?)?;
        Ok(())
    }

    /// Disconnects.
    ///
    /// # Errors
    /// The code of `SCardDisconnect`. The card is not disconnected later either.
    pub fn disconnect(mut self, disposition: Disposition) -> Result<(), Error> {
        match self.handle.take() {
            Some(handle) => library::disconnect(&handle, disposition),
            None => Ok(()),
        }
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            // There is nobody to tell.
            let _ = library::disconnect(&handle, Disposition::ResetCard);
        }
    }
}

impl Transaction<'_> {
    /// Returns the card's answer to reset.
    ///
    /// # Errors
    /// The code of `SCardStatusW`.
    pub fn atr(&self) -> Result<Vec<u8>, Error> {
        self.card.atr()
    }

    /// Sends a command; returns the response in this buffer.
    ///
    /// # Errors
    /// The code of `SCardTransmit`.
    pub fn transmit<'buffer>(
        &self,
        command: &[u8],
        buffer: &'buffer mut [u8],
    ) -> Result<&'buffer [u8], Error> {
        let length = library::transmit(self.card.handle()?, self.card.protocol, command, buffer)?;
        Ok(buffer.get(..length).unwrap_or(buffer))
    }

    /// Passes a request to the driver of the reader; returns the answer in this buffer.
    ///
    /// # Errors
    /// The code of `SCardControl`.
    pub fn control<'buffer>(
        &self,
        code: u32,
        request: &[u8],
        buffer: &'buffer mut [u8],
    ) -> Result<&'buffer [u8], Error> {
        let length = library::control(self.card.handle()?, code, request, buffer)?;
        Ok(buffer.get(..length).unwrap_or(buffer))
    }

    /// Ends the transaction.
    ///
    /// # Errors
    /// The code of `SCardEndTransaction`. It is then tried once more, without a reset, when the transaction that
    /// is returned is dropped.
    pub fn end(mut self, disposition: Disposition) -> Result<(), (Self, Error)> {
        let ended = self.card.handle().and_then(|handle| library::end_transaction(handle, disposition));
        match ended {
            Ok(()) => {
                self.is_ended = true;
                Ok(())
            }
            Err(error) => Err((self, error)),
        }
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.is_ended
            && let Ok(handle) = self.card.handle()
        {
            // A transaction with a removed card has ended already.
            let _ = library::end_transaction(handle, Disposition::LeaveCard);
        }
    }
}
