//! The worker thread of a card: carries out requests with blocking PC/SC calls.

use crate::abandoned::{Pending, WorkerState};
use crate::apdu_log::LoggedCommand;
use crate::code_meaning::{Code, Meaning};
use crate::error_mapping::{connected_error, entry_answer};
use crate::library::{self, Card, Transaction, control_code};
use crate::request::{OwnedControl, Request, carries_code};
use crate::timeouts::RETRY_INTERVAL;
use eimza_card::{ControlAnswer, Transport, TransportError};
use std::sync::mpsc::{Receiver, Sender};
use std::thread;
use std::time::Instant;

/// The longest response to an extended command, with its status word; the length of the longest control request's
/// answer is shorter.
const BUFFER_SIZE: usize = (1 << 16) + 2;

/// The number of `CM_IOCTL_GET_FEATURE_REQUEST` (PC/SC part 10, section 2.2).
const GET_FEATURES: u32 = 3400;

/// How the worker continues after a request; it confirms that on the channel, if any.
enum Next {
    /// Wait for the next request.
    Continue(Option<Sender<()>>),
    /// Disconnect without a reset.
    Disconnect(Option<Sender<()>>),
    /// Reset the card and disconnect, because it could not be reset otherwise.
    Reset(Option<Sender<()>>),
}

/// Carries out requests until the connection is closed or abandoned.
pub(crate) fn run(mut card: Card, requests: &Receiver<Request>, state: &WorkerState) {
    // Read once: a connection to a card that was reset or replaced is no longer valid.
    let mut atr = Vec::new();
    loop {
        let next = match requests.recv() {
            Ok(Request::Begin { reply }) => run_transaction(&mut card, &mut atr, requests, &reply, state),
            Ok(Request::Disconnect { done }) => Next::Disconnect(Some(done)),
            Ok(Request::Reset { is_last, done }) => {
                state.set(Pending::Access);
                let is_reset = reset(&mut card);
                state.set(Pending::Nothing);
                match (is_last, is_reset) {
                    (false, _) => Next::Continue(Some(done)), // a last one follows
                    (true, true) => Next::Disconnect(Some(done)),
                    (true, false) => Next::Reset(Some(done)),
                }
            }
            Ok(Request::IsKnown { known }) => {
                state.set(Pending::Access);
                let is_handle_known = is_handle_known(library::is_status_answered(&card));
                state.set(Pending::Nothing);
                let _ = known.send(is_handle_known); // the caller may have stopped waiting
                Next::Continue(None)
            }
            // Commands are only sent in a transaction.
            Ok(
                Request::Transmit { .. }
                | Request::Control { .. }
                | Request::Read { .. }
                | Request::End { .. },
            )
            | Err(_) => Next::Disconnect(None),
        };
        let done = match next {
            Next::Continue(done) => {
                // If the caller stopped waiting, no request follows.
                confirm(done);
                continue;
            }
            Next::Disconnect(done) => {
                library::disconnect(card);
                done
            }
            Next::Reset(done) => {
                library::drop_and_reset(card);
                done
            }
        };
        return confirm(done);
    }
}

fn confirm(done: Option<Sender<()>>) {
    // The caller may have stopped waiting.
    let _ = done.map(|done| done.send(()));
}

/// Returns whether a service that answers a status request like this still knows the handle: not after the
/// card or its reader was removed, even if it came back under the same name.
fn is_handle_known(status: Result<(), Code>) -> bool {
    status.err().is_none_or(|code| code.meaning() == Meaning::CardReset)
}

/// Resets the card, also if another program has reset it before. Waits for other programs' transactions.
fn reset(card: &mut Card) -> bool {
    loop {
        match library::reset(card) {
            Err(Code::HELD_BY_OTHER_PROGRAM) => thread::sleep(RETRY_INTERVAL),
            result => return result.is_ok(),
        }
    }
}

/// Carries out the requests of one transaction, and ends it. The card is reset as the transaction ends, so that
/// no other program gets it before, if it received a code, or if the caller stopped waiting for a response.
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
            let _ = begun.send(Err(connected_error(error)));
            return Next::Continue(None);
        }
    };
    if begun.send(Ok(atr.clone())).is_err() {
        return Next::Disconnect(None); // the caller stopped waiting
    }
    let (reset, next) = serve_transaction(&transaction, requests, state);
    match transaction.end(reset) {
        Err(code) if reset => {
            log::debug!("the card was not reset: {code:?}");
            // A removed card needs no reset; any other is reset when it is disconnected.
            let (Next::Continue(done) | Next::Disconnect(done) | Next::Reset(done)) = next;
            Next::Reset(done)
        }
        _ => next,
    }
}

/// Carries out the requests of one transaction. Returns whether to reset the card, and how to continue.
fn serve_transaction(
    transaction: &Transaction<'_>,
    requests: &Receiver<Request>,
    state: &WorkerState,
) -> (bool, Next) {
    let mut locked = LockedCard { transaction, buffer: vec![0; BUFFER_SIZE], state };
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
                    return (true, Next::Disconnect(None));
                }
            }
            Ok(Request::Control { control, reply }) => {
                let takes_codes = matches!(control, OwnedControl::TakeCodes { .. });
                let answer = locked.control(control);
                received_code |= takes_codes && answer != Ok(ControlAnswer::Refused);
                if reply.send(answer).is_err() {
                    return (true, Next::Disconnect(None)); // the caller stopped waiting
                }
            }
            Ok(Request::Read { job, ended }) => {
                job(&mut locked);
                return (received_code, Next::Continue(Some(ended)));
            }
            Ok(Request::End { reset, ended }) => {
                return (reset || received_code, Next::Continue(Some(ended)));
            }
            Ok(Request::Disconnect { done }) => return (received_code, Next::Disconnect(Some(done))),
            Ok(Request::Reset { done, .. }) => return (true, Next::Disconnect(Some(done))),
            Ok(Request::Begin { .. } | Request::IsKnown { .. }) | Err(_) => {
                return (received_code, Next::Disconnect(None));
            }
        }
    }
}

/// Begins a transaction and reads the ATR into `atr` if it is empty. Reading it outside of a transaction
/// would wait for other programs' transactions too.
fn begin<'card>(card: &'card mut Card, atr: &mut Vec<u8>) -> Result<Transaction<'card>, Code> {
    let transaction = Transaction::begin(card)?;
    if atr.is_empty() {
        *atr = transaction.atr()?;
    }
    Ok(transaction)
}

/// A card in a transaction.
struct LockedCard<'a> {
    transaction: &'a Transaction<'a>,
    buffer: Vec<u8>,
    state: &'a WorkerState,
}

impl LockedCard<'_> {
    /// Passes a request to the driver of the reader.
    fn control(&mut self, control: OwnedControl) -> Result<ControlAnswer, TransportError> {
        self.state.set(Pending::Response);
        let answer = match control {
            OwnedControl::GetFeatures => {
                // Most drivers know no features.
                let list = self.transaction.control(control_code(GET_FEATURES), &[], &mut self.buffer);
                Ok(list.map_or(ControlAnswer::Refused, |list| ControlAnswer::Response(list.to_vec())))
            }
            OwnedControl::TakeCodes { code, structure } => self.take_codes(code, &structure),
        };
        self.state.set(Pending::Nothing);
        answer
    }

    /// Has the reader take codes, if the card in it is still the one that was connected to: unlike a command, a
    /// control request is passed to the reader whatever card is in it.
    fn take_codes(&mut self, code: u32, structure: &[u8]) -> Result<ControlAnswer, TransportError> {
        self.transaction.atr().map_err(connected_error)?;
        let started = Instant::now();
        let answer = self.transaction.control(code, structure, &mut self.buffer);
        let status = answer.map(|response| response.last_chunk::<2>());
        log::trace!("control {code:08X}: {status:02X?}");
        entry_answer(answer.map(<[u8]>::to_vec), started.elapsed())
    }
}

impl Transport for LockedCard<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        // The caller may wipe the command while the card does not respond.
        let logged = LoggedCommand::of(command);
        self.state.set(Pending::Response);
        let response = self.transaction.transmit(command, &mut self.buffer);
        let response = response.map(<[u8]>::to_vec).map_err(connected_error);
        self.state.set(Pending::Nothing);
        log::trace!("{}", logged.with_response(&response));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    /// A reader that was plugged in again has its old name, and may have counted as many insertions.
    #[test]
    fn handle_is_known_after_a_reset_and_not_after_its_reader_was_removed() {
        assert!(is_handle_known(Ok(())) && is_handle_known(Err(Code(0x8010_0068))));
        let unknown = [0x8010_0003, 0x8010_0017, 0x8010_0069, 0x8010_001D, 0x0006];
        assert!(unknown.into_iter().all(|code| !is_handle_known(Err(Code(code)))));
    }
}
