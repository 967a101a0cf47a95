//! The worker thread of a card: carries out requests with blocking PC/SC calls.

use crate::abandoned::{Pending, WorkerState};
use crate::apdu_log::LoggedCommand;
use crate::error_mapping::transport_error;
use crate::request::{Request, carries_code};
use eimza_card::{Transport, TransportError};
use pcsc::{Card, Disposition};
use std::sync::mpsc::{Receiver, Sender};

/// Buffer size for the name of the reader, which the status call also returns.
const READER_NAME_SIZE: usize = 16 * 128;

/// How the worker continues after a request.
enum Next {
    /// Wait for the next request.
    Continue,
    /// Disconnect without a reset, and confirm it on the channel, if any.
    Disconnect(Option<Sender<()>>),
    /// Reset the card and disconnect, and confirm it on the channel, if any.
    Reset(Option<Sender<()>>),
}

/// Carries out requests until the connection is closed, abandoned, or its card has to be reset (see
/// [`run_transaction`]).
pub(crate) fn run(mut card: Card, requests: &Receiver<Request>, state: &WorkerState) {
    // Read once: a connection to a card that was reset or replaced is no longer valid.
    let mut atr = Vec::new();
    let mut next = Next::Continue;
    while matches!(next, Next::Continue) {
        next = match requests.recv() {
            Ok(Request::Begin { reply }) => run_transaction(&mut card, &mut atr, requests, &reply, state),
            Ok(Request::Disconnect { done }) => Next::Disconnect(Some(done)),
            // Commands are only sent in a transaction.
            Ok(Request::Transmit { .. } | Request::Read { .. } | Request::End { .. }) | Err(_) => {
                Next::Disconnect(None)
            }
        };
    }
    let done = match next {
        Next::Reset(done) => {
            drop(card); // its Drop resets the card
            done
        }
        Next::Continue => None,
        Next::Disconnect(done) => {
            disconnect(card);
            done
        }
    };
    // The caller may have stopped waiting.
    let _ = done.map(|done| done.send(()));
}

/// Disconnects and leaves the card as it is.
pub(crate) fn disconnect(card: Card) {
    // Disconnecting from a removed card fails, which does no harm.
    if let Err((card, _)) = card.disconnect(Disposition::LeaveCard) {
        std::mem::forget(card); // its Drop would reset the card
    }
}

/// Carries out the requests of one transaction. Resets the card if the caller no longer receives its
/// responses, or if it received a code and the caller did not end the transaction.
fn run_transaction(
    card: &mut Card,
    atr: &mut Vec<u8>,
    requests: &Receiver<Request>,
    begun: &Sender<Result<Vec<u8>, TransportError>>,
    state: &WorkerState,
) -> Next {
    state.set(Pending::Access);
    let result = begin(card, atr);
    state.set(Pending::Nothing);
    let transaction = match result {
        Ok(transaction) => transaction,
        Err(error) => {
            // The caller may have stopped waiting, which the next receive detects.
            let _ = begun.send(Err(transport_error(error)));
            return Next::Continue;
        }
    };
    if begun.send(Ok(atr.clone())).is_err() {
        return Next::Disconnect(None); // the caller stopped waiting
    }
    let mut locked =
        LockedCard { transaction: &transaction, buffer: vec![0; pcsc::MAX_BUFFER_SIZE_EXTENDED], state };
    let mut received_code = false;
    loop {
        match requests.recv() {
            Ok(Request::Transmit { command, reply }) => {
                let response = command.lend(|command| {
                    received_code |= carries_code(command);
                    locked.transmit(command)
                });
                // The caller stopped waiting before or during the command.
                if response.is_none_or(|response| reply.send(response).is_err()) {
                    return Next::Reset(None);
                }
            }
            Ok(Request::Read { job, ended }) => {
                job(&mut locked);
                return end(transaction, received_code, &ended);
            }
            Ok(Request::End { reset, ended }) => return end(transaction, reset, &ended),
            Ok(Request::Disconnect { done }) if received_code => return Next::Reset(Some(done)),
            Ok(Request::Disconnect { done }) => return Next::Disconnect(Some(done)),
            Ok(Request::Begin { .. }) | Err(_) if received_code => return Next::Reset(None),
            Ok(Request::Begin { .. }) | Err(_) => return Next::Disconnect(None),
        }
    }
}

/// Begins a transaction and reads the ATR into `atr` if it is empty. Reading it outside of a transaction
/// would wait for other programs' transactions too.
fn begin<'card>(card: &'card mut Card, atr: &mut Vec<u8>) -> Result<pcsc::Transaction<'card>, pcsc::Error> {
    let transaction = card.transaction()?;
    if atr.is_empty() {
        let mut buffer = [0; pcsc::MAX_ATR_SIZE];
        *atr = transaction.status2(&mut [0; READER_NAME_SIZE], &mut buffer)?.atr().to_vec();
    }
    Ok(transaction)
}

/// Ends a transaction and resets the card if `reset` is set.
fn end(transaction: pcsc::Transaction<'_>, reset: bool, ended: &Sender<()>) -> Next {
    let disposition = if reset { Disposition::ResetCard } else { Disposition::LeaveCard };
    let result = transaction.end(disposition).map_err(|(transaction, _)| drop(transaction));
    let reply = ended.send(());
    // A removed card needs no reset; any other is reset when it is dropped.
    if result.is_err() && reset || reply.is_err() { Next::Reset(None) } else { Next::Continue }
}

/// A card in a transaction.
struct LockedCard<'a> {
    transaction: &'a pcsc::Transaction<'a>,
    buffer: Vec<u8>,
    state: &'a WorkerState,
}

impl Transport for LockedCard<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        // The caller may wipe the command while the card does not respond.
        let logged = LoggedCommand::of(command);
        self.state.set(Pending::Response);
        let response = self.transaction.transmit(command, &mut self.buffer);
        let response = response.map(<[u8]>::to_vec).map_err(transport_error);
        self.state.set(Pending::Nothing);
        log::trace!("{}", logged.with_response(&response));
        response
    }
}
