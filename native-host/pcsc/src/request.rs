//! Requests to the worker thread of a card. Each carries the channel for its own type of reply.

use eimza_card::{ControlAnswer, ReaderControl, Transport, TransportError};
use eimza_memory_protection::LentBytes;
use std::sync::mpsc::Sender;

/// A request to the worker thread of a card.
pub(crate) enum Request {
    /// Begin a transaction; the reply is the card's answer to reset (ATR).
    Begin { reply: Sender<Result<Vec<u8>, TransportError>> },
    /// Send a command in the transaction; the reply is the card's response. The caller wipes the command when
    /// it stops waiting, because it may carry a code.
    Transmit { command: LentBytes, reply: Sender<Result<Vec<u8>, TransportError>> },
    /// Have the reader do something itself in the transaction; the reply is its answer.
    Control { control: OwnedControl, reply: Sender<Result<ControlAnswer, TransportError>> },
    /// Run a job in the transaction that sends no command with a code, then end the transaction without a
    /// reset.
    Read { job: ReadJob, ended: Sender<()> },
    /// End the transaction, and reset the card if `reset` is set.
    End { reset: bool, ended: Sender<()> },
    /// Reset the card, also if another program has reset it before, and disconnect if this is the last request.
    Reset { is_last: bool, done: Sender<()> },
    /// Tell whether the service still knows the handle; a reset does not invalidate it.
    IsKnown { known: Sender<bool> },
    /// Disconnect and leave the card as it is.
    Disconnect { done: Sender<()> },
}

/// A [`ReaderControl`] for another thread. It contains no code.
pub(crate) enum OwnedControl {
    GetFeatures,
    TakeCodes { code: u32, structure: Vec<u8> },
}

impl From<ReaderControl<'_>> for OwnedControl {
    fn from(control: ReaderControl<'_>) -> Self {
        match control {
            ReaderControl::GetFeatures => Self::GetFeatures,
            ReaderControl::TakeCodes { code, structure } => {
                Self::TakeCodes { code, structure: structure.to_vec() }
            }
        }
    }
}

/// Work with a card that runs on its worker thread.
pub(crate) type ReadJob = Box<dyn FnOnce(&mut dyn Transport) + Send>;

/// Returns whether a command carries a code: VERIFY, CHANGE REFERENCE DATA or RESET RETRY COUNTER with data
/// (ISO 7816-4, section 7.5).
#[must_use]
pub fn carries_code(command: &[u8]) -> bool {
    matches!(command.get(1), Some(0x20 | 0x24 | 0x2C)) && command.len() > 5
}
