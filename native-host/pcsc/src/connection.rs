//! A connection to a card, with bounded waits for its worker thread.
//!
//! Reading a card is one request to the thread: one request for each command took a quarter of the reading time with
//! the virtual card. Commands with codes are one request each, so that the sender knows which one was not answered.

use crate::request::{Request, carries_code};
use crate::timeouts::Timeouts;
use eimza_card::{Transport, TransportError};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;
use zeroize::Zeroizing;

/// A connected card. Commands are only sent in a [`Transaction`].
pub struct Connection {
    /// The channel to the worker thread, or, once the card was abandoned, the reason. The thread notices from the
    /// closed channels that nobody waits for it.
    requests: Result<Sender<Request>, TransportError>,
    timeouts: Timeouts,
    /// Called when the card is abandoned.
    on_abandon: Option<Box<dyn FnOnce() + Send>>,
}

/// Exclusive access to a card: no command of another program is interleaved. Never held while the user is asked
/// something, because Windows resets the card after five seconds without a command (Microsoft Learn,
/// `SCardBeginTransaction`).
pub struct Transaction<'card> {
    connection: &'card mut Connection,
    atr: Vec<u8>,
    /// A code was sent: the card is reset at the end, so that no program can use an accepted code any further.
    reset: bool,
    /// The worker thread has ended the transaction.
    ended: bool,
}

impl Connection {
    /// Returns a connection to the worker thread that receives these requests; `on_abandon` is called when its card is
    /// abandoned.
    pub(crate) fn new(
        requests: Sender<Request>,
        timeouts: Timeouts,
        on_abandon: Box<dyn FnOnce() + Send>,
    ) -> Self {
        Self { requests: Ok(requests), timeouts, on_abandon: Some(on_abandon) }
    }

    /// Begins a transaction. A connection is never renewed.
    ///
    /// # Errors
    /// [`TransportError::Changed`] if the card was reset or replaced since it was connected to,
    /// [`TransportError::Busy`] if another program does not release it in time.
    pub fn begin(&mut self) -> Result<Transaction<'_>, TransportError> {
        let timeout = self.timeouts.transaction;
        let to = |reply| Request::Begin { reply };
        let atr = self.request(TransportError::Busy, to, |reply| reply.recv_timeout(timeout))??;
        Ok(Transaction { connection: self, atr, reset: false, ended: false })
    }

    /// Runs `read` with the card and its answer to reset in one transaction, then disconnects without a reset.
    ///
    /// # Errors
    /// Those of `read`, and those of the connection.
    pub fn read_and_disconnect<T: Send + 'static, E: From<TransportError> + Send + 'static>(
        mut self,
        read: impl FnOnce(&mut dyn Transport, &[u8]) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let result = self.begin().and_then(|transaction| {
            let atr = transaction.atr();
            transaction.read(move |card| read(card, &atr), || ())
        });
        self.disconnect();
        result?
    }

    /// Disconnects and leaves the card as it is: other programs may have verified a PIN.
    pub fn disconnect(mut self) {
        // Disconnecting from a removed or abandoned card fails; nothing is lost by that.
        let _ = self.request_response(|done| Request::Disconnect { done });
    }

    /// Sends a request and waits as long as for a response of the card.
    fn request_response<T>(&mut self, to: impl FnOnce(Sender<T>) -> Request) -> Result<T, TransportError> {
        let timeout = self.timeouts.response;
        self.request(TransportError::Silent, to, |reply| reply.recv_timeout(timeout))
    }

    /// Sends a request and waits for its reply. If none arrives, the card is abandoned, and this and all later
    /// requests fail with the error `late`.
    fn request<T>(
        &mut self,
        late: TransportError,
        to: impl FnOnce(Sender<T>) -> Request,
        wait: impl FnOnce(&Receiver<T>) -> Result<T, RecvTimeoutError>,
    ) -> Result<T, TransportError> {
        let requests = self.requests.as_ref().map_err(|error| *error)?;
        let (sender, reply) = channel();
        // A thread that has ended is treated like one that is late.
        let received = requests.send(to(sender)).ok().and_then(|()| wait(&reply).ok());
        received.ok_or_else(|| {
            if let Some(on_abandon) = self.on_abandon.take() {
                on_abandon();
            }
            self.requests = Err(late);
            late
        })
    }
}

impl Transaction<'_> {
    /// Returns the card's answer to reset.
    #[must_use]
    pub fn atr(&self) -> Vec<u8> {
        self.atr.clone()
    }

    /// Reads the card on its worker thread and runs `meanwhile` on this one. The reading may take as long as it needs
    /// while every response arrives in time. No command may carry a code. The transaction ends with the reading,
    /// however long `meanwhile` takes.
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
        let to = |ended| Request::Read { job: Box::new(job), ended };
        self.connection.request(TransportError::Silent, to, wait)?;
        result.try_recv().map_err(|_| TransportError::Silent)
    }
}

impl Transport for Transaction<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.reset |= carries_code(command);
        let command = Zeroizing::new(command.to_vec());
        self.connection.request_response(|reply| Request::Transmit { command, reply })?
    }
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

/// A card that is read on its worker thread. Records when it last responded, and fails once nobody waits for it.
struct WatchedCard<'a> {
    card: &'a mut dyn Transport,
    last_response: Weak<Mutex<Instant>>,
}

impl Transport for WatchedCard<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        if carries_code(command) {
            return Err(TransportError::Silent); // not sent: the transaction could not tell that it has to reset the card
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
    use std::thread::{JoinHandle, spawn};
    use std::time::Duration;

    /// A timeout that is never reached, and one that is always reached.
    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    /// What a worker thread was asked for.
    #[derive(Debug, PartialEq, Eq)]
    enum Received {
        Begin,
        Transmit,
        Read,
        End { reset: bool },
        Disconnect,
    }

    /// A card whose worker thread answers so many requests and then no more until it is abandoned. Joining the thread
    /// returns the requests that it received.
    fn card(answered: usize, timeouts: Timeouts) -> (Connection, JoinHandle<Vec<Received>>) {
        let (requests, received) = channel();
        let thread = spawn(move || {
            let mut log = Vec::new();
            let mut unanswered = Vec::new(); // kept: a dropped reply channel would be noticed at once
            while let Ok(request) = received.recv() {
                let answer = log.len() < answered;
                log.push(match &request {
                    Request::Begin { .. } => Received::Begin,
                    Request::Transmit { .. } => Received::Transmit,
                    Request::Read { .. } => Received::Read,
                    Request::End { reset, .. } => Received::End { reset: *reset },
                    Request::Disconnect { .. } => Received::Disconnect,
                });
                match request {
                    request if !answer => unanswered.push(request),
                    Request::Begin { reply } | Request::Transmit { reply, .. } => {
                        reply.send(Ok(vec![])).unwrap();
                    }
                    Request::Read { ended: done, .. }
                    | Request::End { ended: done, .. }
                    | Request::Disconnect { done } => done.send(()).unwrap(),
                }
            }
            log
        });
        (Connection::new(requests, timeouts, Box::new(|| ())), thread)
    }

    /// A card on a worker thread that runs one reading and takes `delay` for each response. Joining the thread returns
    /// the number of commands that the card received.
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
                    Request::Read { job, ended } => {
                        job(&mut card);
                        ended.send(()).is_ok()
                    }
                    Request::End { ended: done, .. } | Request::Disconnect { done } => done.send(()).is_ok(),
                };
            }
            card.1
        });
        (Connection::new(requests, timeouts, Box::new(|| ())), thread)
    }

    #[test]
    fn reading_may_take_longer_than_the_timeout_for_one_response() {
        let timeouts = Timeouts { transaction: LONG, response: 20 * SHORT };
        let (mut connection, thread) = slow_card(3 * SHORT, timeouts);
        let read =
            connection.begin().unwrap().read(|card| (0..10).map(|n| card.transmit(&[n])).collect(), || ());
        assert_eq!(read, Ok((0..10).map(|n| Ok(vec![n])).collect::<Vec<_>>()));
        connection.disconnect();
        assert_eq!(thread.join().unwrap(), 10);
    }

    #[test]
    fn card_that_stops_responding_during_a_reading_is_abandoned() {
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
    fn card_that_another_program_keeps_is_abandoned_as_busy() {
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

    /// Regression: reading alone reset the card and took a verified PIN away from another program.
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
}
