//! WinSCard. Names of readers are UTF-16.

use crate::code_meaning::Code;
use crate::reader_status;
use eimza_display_text::DisplayText;
use eimza_winscard::{Disposition, ReaderState};
use std::time::Duration;

pub(crate) use eimza_winscard::{Card, Context, ReaderName};

/// The name of Microsoft Learn, `SCardGetStatusChange`, for readers being connected and disconnected.
const PLUG_AND_PLAY: &str = r"\\?PnP?\Notification";

impl From<eimza_winscard::Error> for Code {
    fn from(error: eimza_winscard::Error) -> Self {
        Self(error.0)
    }
}

/// A reader with its state.
pub(crate) type ReaderStatus = reader_status::ReaderStatus<ReaderName>;

/// Returns the name as it is shown.
pub(crate) fn text(name: &ReaderName) -> DisplayText {
    DisplayText::new(&String::from_utf16_lossy(name.units()))
}

/// Returns what distinguishes the name from all others.
pub(crate) fn bytes(name: &ReaderName) -> Vec<u8> {
    name.units().iter().flat_map(|unit| unit.to_le_bytes()).collect()
}

/// Returns the name that stands for readers being connected and disconnected.
pub(crate) fn plug_and_play() -> ReaderName {
    ReaderName::new(&PLUG_AND_PLAY.encode_utf16().collect::<Vec<_>>())
}

/// Connects to the service.
pub(crate) fn establish() -> Result<Context, Code> {
    Ok(Context::establish()?)
}

/// Returns the names of all readers.
pub(crate) fn list_readers(context: &Context) -> Result<Vec<ReaderName>, Code> {
    Ok(context.list_readers()?)
}

/// Waits until the state of a reader differs from the one that is given, and writes the new ones.
pub(crate) fn states(
    context: &Context,
    timeout: Option<Duration>,
    readers: &mut [ReaderStatus],
) -> Result<(), Code> {
    let known = |status: &ReaderStatus| ReaderState {
        name: status.name.clone(),
        state: status.state,
        atr: Vec::new(),
    };
    let mut states: Vec<_> = readers.iter().map(known).collect();
    context.get_status_change(timeout, &mut states)?;
    for (status, new) in readers.iter_mut().zip(states) {
        status.state = new.state;
        status.atr = new.atr;
    }
    Ok(())
}

/// Connects to the card in a reader in shared mode.
pub(crate) fn connect_shared(context: &Context, reader: &ReaderName) -> Result<Card, Code> {
    Ok(context.connect_shared(reader)?)
}

/// Asks for the status of a card.
pub(crate) fn is_status_answered(card: &Card) -> Result<(), Code> {
    Ok(card.atr().map(drop)?)
}

/// Resets the card and connects to it again.
pub(crate) fn reset(card: &mut Card) -> Result<(), Code> {
    Ok(card.reset()?)
}

/// Disconnects and leaves the card as it is.
pub(crate) fn disconnect(card: Card) {
    // Disconnecting from a removed card fails, which does no harm.
    let _ = card.disconnect(Disposition::LeaveCard);
}

/// Resets the card and disconnects.
pub(crate) fn drop_and_reset(card: Card) {
    let _ = card.disconnect(Disposition::ResetCard);
}

/// Exclusive access to a card; dropping it ends it and leaves the card as it is.
pub(crate) struct Transaction<'card>(eimza_winscard::Transaction<'card>);

impl<'card> Transaction<'card> {
    /// Begins a transaction. Waits for those of other programs.
    pub(crate) fn begin(card: &'card mut Card) -> Result<Self, Code> {
        Ok(Self(card.transaction()?))
    }

    /// Returns the card's answer to reset.
    pub(crate) fn atr(&self) -> Result<Vec<u8>, Code> {
        Ok(self.0.atr()?)
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
        Ok(self.0.control(code, request, buffer)?)
    }

    /// Ends the transaction, with a reset or without. If that fails, it is ended without.
    pub(crate) fn end(self, reset: bool) -> Result<(), Code> {
        let disposition = if reset { Disposition::ResetCard } else { Disposition::LeaveCard };
        self.0.end(disposition).map_err(|(_, error)| error.into())
    }
}

/// Returns the control code of a request to a driver (`SCARD_CTL_CODE` in winsmcrd.h).
pub(crate) fn control_code(function: u32) -> u32 {
    0x0031_0000 | function << 2
}
