//! A connection to a card, with bounded waits for its worker thread.
//!
//! Reading a card is a single request to the thread: a request for each command took a quarter of the reading
//! time with the virtual card. Each command with codes is a separate request, so that the sender knows which
//! one got no response.

use crate::request::{Request, carries_code};
use crate::timeouts::{ENTRY_TIMEOUT, Timeouts};
use eimza_card::{ControlAnswer, ReaderControl, Transport, TransportError};
use eimza_memory_protection::LentBytes;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// A connected card. Commands are only sent in a [`Transaction`].
pub struct Connection {
    /// The channel to the worker thread, or the reason why the card was abandoned. The thread detects this by
    /// its closed channels.
    requests: Result<Sender<Request>, TransportError>,
    timeouts: Timeouts,
    /// Called when the card is abandoned.
    on_abandon: Option<Box<dyn FnOnce() + Send>>,
}

/// Exclusive access to a card: commands of other programs are not interleaved. Never held during a prompt,
/// because Windows resets the card after five seconds without a command (Microsoft Learn,
/// `SCardBeginTransaction`).
pub struct Transaction<'card> {
    connection: &'card mut Connection,
    atr: Vec<u8>,
    /// Whether a code was sent. The card is then reset at the end, so that no other program can use the
    /// verified state.
    reset: bool,
    /// Whether the worker thread has ended the transaction.
    ended: bool,
}

impl Connection {
    /// Returns a connection to the worker thread that receives these requests; `on_abandon` is called when
    /// its card is abandoned.
    pub(crate) fn new(
        requests: Sender<Request>,
        timeouts: Timeouts,
        on_abandon: Box<dyn FnOnce() + Send>,
    ) -> Self {
        Self { requests: Ok(requests), timeouts, on_abandon: Some(on_abandon) }
    }

    /// Begins a transaction. Never reconnects.
    ///
    /// # Errors
    /// [`TransportError::Changed`] if the card was reset or replaced since it was connected to,
    /// [`TransportError::Busy`] if another program does not release it in time.
    pub fn begin(&mut self) -> Result<Transaction<'_>, TransportError> {
        let timeout = self.timeouts.transaction;
        let new_request = |reply| Request::Begin { reply };
        let atr = self.request(TransportError::Busy, new_request, |reply| reply.recv_timeout(timeout))??;
        Ok(Transaction { connection: self, atr, reset: false, ended: false })
    }

    /// Disconnects and leaves the card as it is: other programs may have verified a PIN.
    pub fn disconnect(mut self) {
        // Disconnecting from a removed or abandoned card fails, which does no harm.
        let _ = self.request_response(|done| Request::Disconnect { done });
    }

    /// Resets the card, also if another program has reset it before, and disconnects.
    pub fn reset(mut self) {
        // A removed card needs no reset. One that does not respond is reset when it does.
        let _ = self.request_response(|done| Request::Reset { done, is_last: true });
    }

    /// Resets the card if that takes no longer than `timeout`, and later otherwise. Does not disconnect.
    pub(crate) fn reset_now(&mut self, timeout: Duration) {
        let (done, is_done) = channel();
        if let Ok(requests) = &self.requests
            && requests.send(Request::Reset { done, is_last: false }).is_ok()
        {
            let _ = is_done.recv_timeout(timeout); // the requests that follow wait for this one
        }
    }

    /// Returns whether the service still knows this handle of a card in its reader; the card may have been
    /// reset.
    pub(crate) fn is_known(&mut self) -> bool {
        let timeout = self.timeouts.transaction;
        self.request(
            TransportError::Busy,
            |known| Request::IsKnown { known },
            |known| known.recv_timeout(timeout),
        ) == Ok(true)
    }

    /// Sends a request and waits for the reply, up to the timeout for a response of the card.
    fn request_response<T>(
        &mut self,
        new_request: impl FnOnce(Sender<T>) -> Request,
    ) -> Result<T, TransportError> {
        let timeout = self.timeouts.response;
        self.request(TransportError::Silent, new_request, |reply| reply.recv_timeout(timeout))
    }

    /// Sends a request and waits for its reply. If none arrives, the card is abandoned, and this and all
    /// later requests fail with `timeout_error`.
    fn request<T>(
        &mut self,
        timeout_error: TransportError,
        new_request: impl FnOnce(Sender<T>) -> Request,
        wait: impl FnOnce(&Receiver<T>) -> Result<T, RecvTimeoutError>,
    ) -> Result<T, TransportError> {
        let requests = self.requests.as_ref().map_err(|error| *error)?;
        let (sender, reply) = channel();
        // A thread that has ended is treated like a timeout.
        let received = requests.send(new_request(sender)).ok().and_then(|()| wait(&reply).ok());
        received.ok_or_else(|| {
            if let Some(on_abandon) = self.on_abandon.take() {
                on_abandon();
            }
            self.requests = Err(timeout_error);
            timeout_error
        })
    }
}

impl Transaction<'_> {
    /// Returns the card's answer to reset.
    #[must_use]
    pub fn atr(&self) -> Vec<u8> {
        self.atr.clone()
    }

    /// Runs `read` on the card's worker thread and `meanwhile` on this one. `read` may take any time as long
    /// as every response arrives in time, and must not send a code. The transaction ends with `read`,
    /// regardless of `meanwhile`.
    ///
    /// # Errors
    /// If a response does not arrive in time.
    pub fn read<T: Send + 'static>(
        mut self,
        read: impl FnOnce(&mut dyn Transport) -> T + Send + 'static,
        meanwhile: impl FnOnce(),
    ) -> Result<T, TransportError> {
        self.ended = true;
        let last_response = Arc::new(Mutex::new(Instant::now()));
        let (watched, (sender, result)) = (Arc::downgrade(&last_response), channel());
        let job = move |card: &mut dyn Transport| {
            // The caller may have stopped waiting.
            let _ = sender.send(read(&mut WatchedCard { card, last_response: watched }));
        };
        let timeout = self.connection.timeouts.response;
        let time_left = || timeout.saturating_sub(lock(&last_response).elapsed());
        let wait = |ended: &Receiver<()>| {
            meanwhile();
            loop {
                match ended.recv_timeout(time_left()) {
                    Err(RecvTimeoutError::Timeout) if !time_left().is_zero() => {}
                    reply => return reply,
                }
            }
        };
        let new_request = |ended| Request::Read { job: Box::new(job), ended };
        self.connection.request(TransportError::Silent, new_request, wait)?;
        result.try_recv().map_err(|_| TransportError::Silent)
    }
}

impl Transport for Transaction<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.reset |= carries_code(command);
        // Longer than any command.
        let command = LentBytes::new(command).ok_or(TransportError::Silent)?;
        let timeout = self.connection.timeouts.response;
        let new_request = |reply| Request::Transmit { command: command.clone(), reply };
        let wait = |reply: &Receiver<_>| wait_for_response(reply, &command, timeout);
        let response = self.connection.request(TransportError::Silent, new_request, wait);
        // The worker thread may never return from the card, and still has the command.
        command.wipe();
        response?
    }

    fn control(&mut self, control: ReaderControl<'_>) -> Result<ControlAnswer, TransportError> {
        let takes_codes = matches!(control, ReaderControl::TakeCodes { .. });
        let timeout = if takes_codes { ENTRY_TIMEOUT } else { self.connection.timeouts.response };
        let new_request = |reply| Request::Control { control: control.into(), reply };
        let wait = |reply: &Receiver<_>| reply.recv_timeout(timeout);
        let answer = self.connection.request(TransportError::Silent, new_request, wait);
        let answer = answer.and_then(|answer| answer);
        self.reset |= takes_codes && answer != Ok(ControlAnswer::Refused);
        answer
    }
}

/// Waits for the response to a command, up to `timeout` after the worker thread began to send it. If that
/// never begins, the command is not sent later either.
fn wait_for_response<T>(
    reply: &Receiver<T>,
    command: &LentBytes,
    timeout: Duration,
) -> Result<T, RecvTimeoutError> {
    reply.recv_timeout(timeout).or_else(|error| match command.wipe_unless_lent() {
        Some(since) => reply.recv_timeout(timeout.saturating_sub(since.elapsed())),
        None => reply.try_recv().map_err(|_| error), // it may have arrived at this moment
    })
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        let reset = self.reset;
        // A transaction with a removed card has ended already.
        let _ = self.connection.request_response(|ended| Request::End { reset, ended });
    }
}

/// A card that is being read on its worker thread. Records the time of the last response, and fails once the
/// card is abandoned.
struct WatchedCard<'a> {
    card: &'a mut dyn Transport,
    last_response: Weak<Mutex<Instant>>,
}

impl Transport for WatchedCard<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        if carries_code(command) {
            // Not sent: the transaction would not know that it must reset the card.
            return Err(TransportError::Silent);
        }
        let last_response = || self.last_response.upgrade().ok_or(TransportError::Silent);
        last_response()?;
        let response = self.card.transmit(command);
        *lock(&*last_response()?) = Instant::now();
        response
    }
}

fn lock(last_response: &Mutex<Instant>) -> MutexGuard<'_, Instant> {
    last_response.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::OwnedControl;
    use std::thread::{JoinHandle, spawn};
    use std::time::Duration;

    /// A timeout that is never reached, and one that is always reached.
    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    /// A request that a worker thread received.
    #[derive(Debug, PartialEq, Eq)]
    enum Received {
        Begin,
        Transmit,
        Control,
        Read,
        End { reset: bool },
        Disconnect,
    }

    /// Returns a card whose worker thread replies to the first `answered` requests only. Joining the thread
    /// returns all requests that it received.
    fn card(answered: usize, timeouts: Timeouts) -> (Connection, JoinHandle<Vec<Received>>) {
        let (requests, received) = channel();
        let thread = spawn(move || {
            let mut log = Vec::new();
            // Kept, because a dropped reply channel would be detected immediately.
            let mut unanswered = Vec::new();
            while let Ok(request) = received.recv() {
                let answer = log.len() < answered;
                log.push(match &request {
                    Request::Begin { .. } => Received::Begin,
                    Request::Transmit { .. } => Received::Transmit,
                    Request::Control { .. } => Received::Control,
                    Request::Read { .. } => Received::Read,
                    Request::End { reset, .. } => Received::End { reset: *reset },
                    Request::Disconnect { .. } | Request::Reset { .. } | Request::IsKnown { .. } => {
                        Received::Disconnect
                    }
                });
                match request {
                    request if !answer => unanswered.push(request),
                    Request::Begin { reply } | Request::Transmit { reply, .. } => {
                        reply.send(Ok(vec![])).unwrap();
                    }
                    Request::Control { control: OwnedControl::GetFeatures, reply } => {
                        reply.send(Ok(ControlAnswer::Response(vec![]))).unwrap();
                    }
                    Request::Control { control: OwnedControl::TakeCodes { code, .. }, reply } => {
                        let status = u16::try_from(code).unwrap().to_be_bytes().to_vec();
                        let refused = ControlAnswer::Refused;
                        let answer = if code == 0 { refused } else { ControlAnswer::Response(status) };
                        reply.send(Ok(answer)).unwrap();
                    }
                    Request::Read { ended: done, .. }
                    | Request::End { ended: done, .. }
                    | Request::Reset { done, .. }
                    | Request::Disconnect { done } => done.send(()).unwrap(),
                    Request::IsKnown { known } => known.send(true).unwrap(),
                }
            }
            log
        });
        (Connection::new(requests, timeouts, Box::new(|| ())), thread)
    }

    /// Returns a card on a worker thread that takes `delay` for each response. Joining the thread returns the
    /// number of commands that the card received.
    fn slow_card(delay: Duration, timeouts: Timeouts) -> (Connection, JoinHandle<u32>) {
        struct Slow(Duration, u32);
        impl Transport for Slow {
            fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
                std::thread::sleep(self.0);
                self.1 += 1;
                Ok(command.to_vec())
            }
        }
        let (requests, received) = channel();
        let thread = spawn(move || {
            let mut card = Slow(delay, 0);
            while let Ok(request) = received.recv() {
                let _ = match request {
                    Request::Begin { reply } | Request::Transmit { reply, .. } => {
                        reply.send(Ok(vec![])).is_ok()
                    }
                    Request::Control { reply, .. } => reply.send(Ok(ControlAnswer::Refused)).is_ok(),
                    Request::Read { job, ended } => {
                        job(&mut card);
                        ended.send(()).is_ok()
                    }
                    Request::End { ended: done, .. }
                    | Request::Reset { done, .. }
                    | Request::Disconnect { done } => done.send(()).is_ok(),
                    Request::IsKnown { known } => known.send(true).is_ok(),
                };
            }
            card.1
        });
        (Connection::new(requests, timeouts, Box::new(|| ())), thread)
    }

    #[test]
    fn read_may_take_longer_than_the_timeout_for_one_response() {
        let timeouts = Timeouts { transaction: LONG, response: 20 * SHORT };
        let (mut connection, thread) = slow_card(3 * SHORT, timeouts);
        let read =
            connection.begin().unwrap().read(|card| (0..10).map(|n| card.transmit(&[n])).collect(), || ());
        assert_eq!(read, Ok((0..10).map(|n| Ok(vec![n])).collect::<Vec<_>>()));
        connection.disconnect();
        assert_eq!(thread.join().unwrap(), 10);
    }

    #[test]
    fn card_that_stops_responding_during_a_read_is_abandoned() {
        let (mut connection, thread) = slow_card(10 * SHORT, Timeouts { transaction: LONG, response: SHORT });
        let read = connection.begin().unwrap().read(|card| [card.transmit(&[1]), card.transmit(&[2])], || ());
        assert_eq!(
            (read, connection.begin().err()),
            (Err(TransportError::Silent), Some(TransportError::Silent))
        );
        connection.disconnect();
        assert_eq!(thread.join().unwrap(), 1);
    }

    #[test]
    fn card_that_another_program_holds_is_abandoned_as_busy() {
        let (mut connection, thread) = card(0, Timeouts { transaction: SHORT, response: LONG });
        assert_eq!(connection.begin().err(), Some(TransportError::Busy));
        assert_eq!(connection.begin().err(), Some(TransportError::Busy));
        assert_eq!(thread.join().unwrap().len(), 1, "an abandoned card gets no further request");
    }

    #[test]
    fn unresponsive_card_is_abandoned() {
        let (mut connection, thread) = card(1, Timeouts { transaction: LONG, response: SHORT });
        let mut transaction = connection.begin().unwrap();
        assert_eq!(transaction.transmit(&[1]), Err(TransportError::Silent));
        assert_eq!(transaction.transmit(&[2]), Err(TransportError::Silent));
        drop(transaction);
        connection.disconnect();
        assert_eq!(thread.join().unwrap(), [Received::Begin, Received::Transmit]);
    }

    /// Regression: the command, and the PUK in it, stayed in memory for as long as the card did not respond.
    #[test]
    fn command_is_wiped_under_a_card_that_does_not_respond() {
        let ((requests, received), (give_up, is_over)) = (channel(), channel::<()>());
        let thread = spawn(move || {
            let Ok(Request::Begin { reply }) = received.recv() else { panic!("a transaction begins") };
            reply.send(Ok(vec![])).unwrap();
            let Ok(Request::Transmit { command, reply }) = received.recv() else { panic!("a command") };
            let left = command.lend(|bytes| {
                is_over.recv().unwrap();
                bytes.iter().any(|&byte| byte != 0)
            });
            drop(reply);
            left
        });
        let timeouts = Timeouts { transaction: LONG, response: SHORT };
        let mut connection = Connection::new(requests, timeouts, Box::new(|| ()));
        let mut transaction = connection.begin().unwrap();
        let verify = b"\x00\x20\x00\x82\x0812345678";
        assert_eq!(transaction.transmit(verify), Err(TransportError::Silent));
        give_up.send(()).unwrap();
        assert_eq!(thread.join().unwrap(), Some(false));
    }

    /// A worker thread that is late must not send half of a wiped command, which would use a try.
    #[test]
    fn command_that_was_not_begun_in_time_is_never_sent() {
        let (requests, received) = channel();
        let timeouts = Timeouts { transaction: LONG, response: SHORT };
        let mut connection = Connection::new(requests, timeouts, Box::new(|| ()));
        let thread = spawn(move || {
            let Ok(Request::Begin { reply }) = received.recv() else { panic!("a transaction begins") };
            reply.send(Ok(vec![])).unwrap();
            received
        });
        let mut transaction = connection.begin().unwrap();
        let received = thread.join().unwrap();
        assert_eq!(transaction.transmit(b"\x00\x20\x00\x82\x0812345678"), Err(TransportError::Silent));
        let Ok(Request::Transmit { command, .. }) = received.recv() else { panic!("a command") };
        assert_eq!(command.lend(<[u8]>::to_vec), None);
    }

    /// Regression: a read alone reset the card, and another program lost its verified PIN.
    #[test]
    fn card_is_reset_only_after_a_command_with_a_code() {
        for (command, expected) in [
            (&b"\x00\x20\x00\x82\x0412345678"[..], true),
            (b"\x00\x2C\x02\x81\x04123456", true),
            (b"\x00\x20\x00\x82", false),
            (b"\x00\xA4\x04\x00\x02\x50\x15\x00", false),
        ] {
            let (mut connection, thread) = card(4, Timeouts { transaction: LONG, response: LONG });
            let mut transaction = connection.begin().unwrap();
            transaction.transmit(command).unwrap();
            drop(transaction);
            connection.disconnect();
            let end = Received::End { reset: expected };
            let received = [Received::Begin, Received::Transmit, end, Received::Disconnect];
            assert_eq!(thread.join().unwrap(), received, "{command:02X?}");
        }
    }

    /// A reader that refused has sent nothing to the card.
    #[test]
    fn card_is_reset_after_the_reader_took_a_code() {
        let taking = |code| ReaderControl::TakeCodes { code, structure: &[0x3C] };
        for (control, expected) in [
            (taking(0x9000), true),
            (taking(0x6401), true),
            (taking(0), false),
            (ReaderControl::GetFeatures, false),
        ] {
            let (mut connection, thread) = card(4, Timeouts { transaction: LONG, response: LONG });
            let mut transaction = connection.begin().unwrap();
            transaction.control(control).unwrap();
            drop(transaction);
            connection.disconnect();
            let end = Received::End { reset: expected };
            let received = [Received::Begin, Received::Control, end, Received::Disconnect];
            assert_eq!(thread.join().unwrap(), received, "{control:?}");
        }
    }

    #[test]
    fn reader_that_does_not_answer_about_its_features_is_abandoned() {
        let (mut connection, thread) = card(1, Timeouts { transaction: LONG, response: SHORT });
        let mut transaction = connection.begin().unwrap();
        assert_eq!(transaction.control(ReaderControl::GetFeatures), Err(TransportError::Silent));
        drop(transaction);
        connection.disconnect();
        assert_eq!(thread.join().unwrap(), [Received::Begin, Received::Control]);
    }
}
