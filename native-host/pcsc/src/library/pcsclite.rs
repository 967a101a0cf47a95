//! pcsc-lite. Names of readers are bytes.

use crate::code_meaning::Code;
use crate::reader_status;
use eimza_display_text::DisplayText;
use pcsc::{Disposition, PNP_NOTIFICATION, Protocols, ReaderState, Scope, ShareMode, State};
use std::ffi::CString;
use std::time::Duration;

pub(crate) use pcsc::{Card, Context};

/// The name of a reader, which need not be UTF-8.
pub(crate) type ReaderName = CString;

/// Buffer size for the names of all readers: pcscd supports up to 16, of 128 bytes each (`pcsclite.h`).
const NAMES_SIZE: usize = 16 * 128;

impl From<pcsc::Error> for Code {
    fn from(error: pcsc::Error) -> Self {
        Self(error as u32)
    }
}

/// A reader with its state.
pub(crate) type ReaderStatus = reader_status::ReaderStatus<ReaderName>;

/// Returns the name as it is shown.
pub(crate) fn text(name: &ReaderName) -> DisplayText {
    DisplayText::from_utf8_lossy(name.to_bytes())
}

/// Returns what distinguishes the name from all others.
pub(crate) fn bytes(name: &ReaderName) -> Vec<u8> {
    name.to_bytes().to_vec()
}

/// Returns the name that stands for readers being connected and disconnected.
pub(crate) fn plug_and_play() -> ReaderName {
    PNP_NOTIFICATION().to_owned()
}

/// Connects to the service.
pub(crate) fn establish() -> Result<Context, Code> {
    Ok(Context::establish(Scope::User)?)
}

/// Returns the names of all readers. If they fit into the buffer, one query suffices, without a query for
/// their length.
pub(crate) fn list_readers(context: &Context) -> Result<Vec<ReaderName>, Code> {
    match context.list_readers(&mut [0; NAMES_SIZE]) {
        Ok(names) => Ok(names.map(ToOwned::to_owned).collect()),
        Err(pcsc::Error::InsufficientBuffer) => Ok(context.list_readers_owned()?),
        Err(error) => Err(error.into()),
    }
}

/// Waits until the state of a reader differs from the one that is given, and writes the new ones.
pub(crate) fn states(
    context: &Context,
    timeout: Option<Duration>,
    readers: &mut [ReaderStatus],
) -> Result<(), Code> {
    let known = |status: &ReaderStatus| {
        ReaderState::new(status.name.clone(), State::from_bits_retain(status.state.into()))
    };
    let mut states: Vec<_> = readers.iter().map(known).collect();
    context.get_status_change(timeout, &mut states)?;
    for (status, new) in readers.iter_mut().zip(&states) {
        // The lower half has all bits that there are.
        let bits = u32::try_from(new.event_state().bits()).unwrap_or_default() & 0xFFFF;
        status.state = new.event_count() << 16 | bits;
        status.atr = new.atr().to_vec();
    }
    Ok(())
}

/// Connects to the card in a reader in shared mode.
pub(crate) fn connect_shared(context: &Context, reader: &ReaderName) -> Result<Card, Code> {
    Ok(context.connect(reader, ShareMode::Shared, Protocols::ANY)?)
}

/// Asks for the status of a card.
pub(crate) fn is_status_answered(card: &Card) -> Result<(), Code> {
    Ok(card.status2_owned().map(drop)?)
}

/// Resets the card and connects to it again.
pub(crate) fn reset(card: &mut Card) -> Result<(), Code> {
    Ok(card.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::ResetCard)?)
}

/// Disconnects and leaves the card as it is.
pub(crate) fn disconnect(card: Card) {
    // Disconnecting from a removed card fails, which does no harm.
    if let Err((card, _)) = card.disconnect(Disposition::LeaveCard) {
        std::mem::forget(card); // its Drop would reset the card
    }
}

/// Resets the card and disconnects.
pub(crate) fn drop_and_reset(card: Card) {
    drop(card); // its Drop does
}

/// Exclusive access to a card; dropping it ends it and leaves the card as it is.
pub(crate) struct Transaction<'card>(pcsc::Transaction<'card>);

impl<'card> Transaction<'card> {
    /// Begins a transaction. Waits for those of other programs.
    pub(crate) fn begin(card: &'card mut Card) -> Result<Self, Code> {
        Ok(Self(card.transaction()?))
    }

    /// Returns the card's answer to reset.
    pub(crate) fn atr(&self) -> Result<Vec<u8>, Code> {
        let mut atr = [0; pcsc::MAX_ATR_SIZE];
        Ok(self.0.status2(&mut [0; NAMES_SIZE], &mut atr)?.atr().to_vec())
    }

    /// Sends a command.
    pub(crate) fn transmit<'buffer>(
        &self,
        command: &[u8],
        buffer: &'buffer mut [u8],
    ) -> Result<&'buffer [u8], Code> {
        Ok(self.0.transmit(command, buffer)?)
    }

    /// Passes a request to the driver of the reader.
    pub(crate) fn control<'buffer>(
        &self,
        code: u32,
        request: &[u8],
        buffer: &'buffer mut [u8],
    ) -> Result<&'buffer [u8], Code> {
        Ok(self.0.control(code.into(), request, buffer)?)
    }

    /// Ends the transaction, with a reset or without. If that fails, it is ended without.
    pub(crate) fn end(self, reset: bool) -> Result<(), Code> {
        let disposition = if reset { Disposition::ResetCard } else { Disposition::LeaveCard };
        self.0.end(disposition).map_err(|(_, error)| error.into())
    }
}

/// Returns the control code of a request to a driver (`SCARD_CTL_CODE` in `reader.h`).
pub(crate) fn control_code(function: u32) -> u32 {
    0x4200_0000 + function
}
