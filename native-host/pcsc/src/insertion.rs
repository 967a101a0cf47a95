//! Tells whether the card in a reader is still the one that was inserted then.

use crate::library::{self, Context, ReaderName, ReaderStatus};
use crate::start_thread::start_thread;
use eimza_session::Error;
use std::sync::mpsc::channel;
use std::time::Duration;

/// One insertion of a card into a reader.
///
/// The smart-card service counts insertions and removals of each reader. A restarted service counts anew, but
/// does not know the context of its predecessor. A reader that is plugged in again is counted anew, under its old
/// name and in the same context.
#[derive(Clone)]
pub(crate) struct Insertion {
    pub(crate) context: Context,
    pub(crate) reader: ReaderName,
    count: u32,
}

impl Insertion {
    /// Returns the current insertion; `None` if the service does not tell.
    pub(crate) fn current(context: &Context, reader: &ReaderName) -> Option<Self> {
        let count = count(context, reader)?;
        Some(Self { context: context.clone(), reader: reader.clone(), count })
    }

    /// Returns whether it can be told from that of a reader which is plugged in again with another card in it:
    /// pcscd counts from 0 for each reader that is plugged in. A service that does not count answers 0, too.
    pub(crate) fn is_counted(&self) -> bool {
        self.count != 0
    }

    /// Returns whether two insertions, known through the same context, are the same one.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.reader == other.reader && self.count == other.count
    }

    /// Confirms that the card is still in its reader, within this time.
    ///
    /// # Errors
    /// [`Error::CardChanged`] if it is not, or if the service does not tell.
    pub(crate) fn confirm(&self, timeout: Duration) -> Result<(), Error> {
        let (sender, answer) = channel();
        let insertion = self.clone();
        let compare = move || {
            // The caller may have stopped waiting.
            let _ = sender.send(count(&insertion.context, &insertion.reader) == Some(insertion.count));
        };
        start_thread("insertion", compare)?;
        if answer.recv_timeout(timeout) == Ok(true) { Ok(()) } else { Err(Error::CardChanged) }
    }
}

/// Returns how many insertions and removals the service has counted; `None` without a card.
fn count(context: &Context, reader: &ReaderName) -> Option<u32> {
    let mut states = [ReaderStatus::unknown(reader.clone())];
    library::states(context, Some(Duration::ZERO), &mut states).ok()?;
    states[0].holds_card().then(|| states[0].count())
}
