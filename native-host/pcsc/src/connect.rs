//! Connecting to the card in a reader.

use crate::abandoned::{Pending, WorkerState, abandon, pending_in};
use crate::code_meaning::{Code, Meaning};
use crate::connection::Connection;
use crate::context::establish_context;
use crate::error_mapping::access_error;
use crate::insertion::Insertion;
use crate::library::{self, Card, Context, ReaderName, text};
use crate::pcsc_link::PcscLink;
use crate::start_thread::start_thread;
use crate::timeouts::{RETRY_INTERVAL, Timeouts};
use crate::worker;
use eimza_session::Error;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Instant;

/// Connects to the card in `reader` on a new worker thread, with this context or a new one.
pub(crate) fn connect(
    reader: ReaderName,
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
    log::debug!("connecting to the card in {}", text(&reader));
    let (name, worker_state) = (reader.clone(), state.clone());
    let work = move || {
        let card = connect_with(context, &name, deadline);
        worker_state.set(Pending::Nothing);
        match card {
            Ok((card, insertion)) => match sender.send(Ok(insertion)) {
                Ok(()) => worker::run(card, &received, &worker_state),
                Err(_) => library::disconnect(card),
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

/// Connects with this context or a new one.
fn connect_with(
    context: Option<Context>,
    reader: &ReaderName,
    deadline: Instant,
) -> Result<(Card, Option<Insertion>), Error> {
    if let Some(context) = context {
        match connect_shared(&context, reader, deadline) {
            Ok(card) => return Ok((card, Insertion::current(&context, reader))),
            // The service was restarted since, and does not know the context. Windows says then that it was stopped.
            Err(code)
                if matches!(
                    code.meaning(),
                    Meaning::ConnectionLost | Meaning::ServiceStopped | Meaning::UnknownCard
                ) =>
            {
                log::debug!("the context is lost: {code:?}");
            }
            Err(code) => return Err(access_error(code)),
        }
    }
    let context = establish_context()?;
    let card = connect_shared(&context, reader, deadline).map_err(access_error)?;
    Ok((card, Insertion::current(&context, reader)))
}

/// Connects in shared mode, retrying until the deadline while another program has the card exclusively.
fn connect_shared(context: &Context, reader: &ReaderName, deadline: Instant) -> Result<Card, Code> {
    loop {
        match library::connect_shared(context, reader) {
            Err(code) if code.meaning() == Meaning::CardBusy && Instant::now() < deadline => {
                thread::sleep(RETRY_INTERVAL);
            }
            result => return result,
        }
    }
}
