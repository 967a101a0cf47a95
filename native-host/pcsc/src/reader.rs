//! Lists the readers.

use crate::abandoned::{Pending, pending_in};
use crate::code_meaning::{Code, Meaning};
use crate::connect::connect;
use crate::context::establish_context;
use crate::error_mapping::access_error;
use crate::library::{self, Context, ReaderName, ReaderStatus};
use crate::pcsc_link::PcscLink;
use crate::reader_name::{find, shown_names};
use crate::start_thread::start_thread;
use crate::timeouts::{RETRY_INTERVAL, Timeouts};
use eimza_display_text::DisplayText;
use eimza_session::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

/// A reader, as listed by the smart-card service.
pub(crate) struct Reader {
    /// Its name to show, which no other listed reader has.
    pub(crate) name: DisplayText,
    /// Its PC/SC name.
    pcsc_name: ReaderName,
    /// Whether it is known to hold no card, so that connecting is unnecessary.
    is_empty: bool,
    /// The context of the listing, passed on to the first card: establishing another one takes as long as two
    /// commands.
    context: Option<Context>,
}

impl Reader {
    /// Returns its PC/SC name.
    pub(crate) fn pcsc_name(&self) -> &ReaderName {
        &self.pcsc_name
    }

    /// Returns whether it holds a card, as far as is known.
    pub(crate) fn may_hold_card(&self) -> bool {
        !self.is_empty
    }

    /// Connects to its card in shared mode. Each connection has its own context and thread, because calls on
    /// one context block each other.
    ///
    /// # Errors
    /// If there is no card, or it cannot be connected to within the timeouts.
    pub(crate) fn connect(self, timeouts: Timeouts) -> Result<PcscLink, Error> {
        if self.is_empty { Err(Error::NoCard) } else { connect(self.pcsc_name, self.context, timeouts) }
    }
}

/// Returns the reader with this name, as it was shown or as PC/SC has it, or all readers; never an empty list.
///
/// # Errors
/// If the service is not available or does not answer, or there is no (such) reader.
pub(crate) fn list_readers(name: Option<&str>, timeouts: Timeouts) -> Result<Vec<Reader>, Error> {
    static LISTING: AtomicBool = AtomicBool::new(false);
    let deadline = Instant::now() + timeouts.transaction;
    while LISTING.swap(true, Ordering::AcqRel) {
        if Instant::now() > deadline {
            return Err(Error::NoService); // it still has not answered the previous caller
        }
        thread::sleep(RETRY_INTERVAL);
    }
    let (sender, receiver) = channel();
    let name = name.map(str::to_owned);
    let list = move || {
        let readers = establish_context().and_then(|context| list(context, name.as_deref()));
        LISTING.store(false, Ordering::Release);
        // The caller may have stopped waiting.
        let _ = sender.send(readers);
    };
    if start_thread("readers", list).is_err() {
        LISTING.store(false, Ordering::Release);
        return Err(Error::Exhausted);
    }
    match receiver.recv_timeout(timeouts.transaction) {
        Ok(Ok(readers)) if readers.is_empty() => Err(Error::NoReader),
        Ok(listed) => listed,
        // A service that does not respond counts as unavailable.
        Err(_) => Err(Error::NoService),
    }
}

fn list(context: Context, requested: Option<&str>) -> Result<Vec<Reader>, Error> {
    let mut names = library::list_readers(&context).or_else(no_readers)?;
    let mut shown = shown_names(&names);
    if let Some(requested) = requested {
        let index = find(&names, requested).ok_or(Error::ReaderGone)?;
        names = vec![names.swap_remove(index)];
        shown = vec![shown.swap_remove(index)];
    }
    let mut states: Vec<_> = names.into_iter().map(ReaderStatus::unknown).collect();
    // If this fails, connecting reports the reason.
    let _ = library::states(&context, Some(Duration::ZERO), &mut states);
    let mut context = Some(context);
    let readers = states.into_iter().zip(shown).map(|(state, name)| {
        let is_empty = state.is_empty();
        // Connecting to an abandoned card is delayed, so it does not get the context.
        let takes_context = !is_empty && pending_in(&state.name) == Pending::Nothing;
        let context = takes_context.then(|| context.take()).flatten();
        Reader { name, pcsc_name: state.name, is_empty, context }
    });
    Ok(readers.collect())
}

/// Returns no names if the service says that there are no readers.
fn no_readers(code: Code) -> Result<Vec<ReaderName>, Error> {
    if code.meaning() == Meaning::NoReader { Ok(Vec::new()) } else { Err(access_error(code)) }
}
