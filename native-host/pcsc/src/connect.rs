//! Connecting to the card in a reader.

use crate::abandoned::{Pending, WorkerState, abandon, pending_in};
use crate::connection::Connection;
use crate::context::establish_context;
use crate::error_mapping::access_error;
use crate::insertion::Insertion;
use crate::pcsc_link::PcscLink;
use crate::start_thread::start_thread;
use crate::timeouts::{RETRY_INTERVAL, Timeouts};
use crate::worker;
use eimza_display_text::DisplayText;
use eimza_session::Error;
use pcsc::{Card, Context, Protocols, ShareMode};
use std::ffi::{CStr, CString};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Instant;

/// Connects to the card in `reader` on a new worker thread, with this context or a new one.
pub(crate) fn connect(
    reader: CString,
    context: Option<Context>,
    timeouts: Timeouts,
) -> Result<PcscLink, Error> {
    let deadline = Instant::now() + timeouts.transaction;
    loop {
        match pending_in(&reader) {
            Pending::Nothing => break,
            Pending::Response => return Err(Error::CardSilent),
            Pending::Access if Instant::now() < deadline => thread::sleep(RETRY_INTERVAL),
            Pending::Access => return Err(Error::CardBusy),
        }
    }
    let state = WorkerState::new(Pending::Access);
    let ((requests, received), (sender, connected)) = (channel(), channel());
    log::debug!("connecting to the card in {}", DisplayText::from_utf8_lossy(reader.to_bytes()));
    let (name, worker_state) = (reader.clone(), state.clone());
    let work = move || {
        let card = context.map_or_else(establish_context, Ok).and_then(|context| {
            let card = connect_shared(&context, &name, deadline)?;
            Ok((card, Insertion::current(&context, &name)))
        });
        worker_state.set(Pending::Nothing);
        match card {
            Ok((card, insertion)) => match sender.send(Ok(insertion)) {
                Ok(()) => worker::run(card, &received, &worker_state),
                Err(_) => worker::disconnect(card),
            },
            // The caller may have stopped waiting.
            Err(error) => _ = sender.send(Err(error)),
        }
    };
    start_thread("card", work)?;
    let on_abandon = move || abandon(reader, state);
    // Some services block even a shared connection while another program holds the card.
    match connected.recv_timeout(timeouts.transaction) {
        Ok(connected) => connected.map(|insertion| {
            let connection = Connection::new(requests, timeouts, Box::new(on_abandon));
            PcscLink { connection, insertion }
        }),
        Err(_) => {
            on_abandon();
            Err(Error::CardBusy)
        }
    }
}

/// Connects in shared mode, retrying until the deadline while another program has the card exclusively.
fn connect_shared(context: &Context, reader: &CStr, deadline: Instant) -> Result<Card, Error> {
    loop {
        match context.connect(reader, ShareMode::Shared, Protocols::ANY) {
            Ok(card) => return Ok(card),
            Err(pcsc::Error::SharingViolation) if Instant::now() < deadline => thread::sleep(RETRY_INTERVAL),
            Err(error) => return Err(access_error(error)),
        }
    }
}
