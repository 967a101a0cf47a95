//! Bytes that are lent to a call which may never return.

use crate::locked_buffer::LockedBuffer;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Bytes that one thread lends to a call which may never return, and that another thread wipes meanwhile.
/// Clones share the bytes.
#[derive(Clone)]
pub struct LentBytes(Arc<Shared>);

struct Shared {
    buffer: LockedBuffer,
    state: Mutex<State>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unused,
    /// Lent since this time.
    Lent(Instant),
    /// Wiped, or lent and returned.
    Ended,
}

impl LentBytes {
    /// Copies bytes; returns `None` if they are more than fit, at least 4,096.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let mut buffer = LockedBuffer::new();
        let state = Mutex::new(State::Unused);
        buffer.append(bytes).then(|| Self(Arc::new(Shared { buffer, state })))
    }

    /// Lends the bytes to `call`, once, and wipes them when it returns. Runs nothing, and returns `None`, if
    /// they were wiped or lent before.
    ///
    /// The bytes become zero under a call for which [`Self::wipe`] does not wait: it must have passed them on
    /// before it blocks.
    pub fn lend<T>(&self, call: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let mut state = self.state();
        if *state != State::Unused {
            return None;
        }
        *state = State::Lent(Instant::now());
        drop(state); // `wipe` does not wait for the call
        let result = call(self.0.buffer.bytes());
        self.wipe();
        Some(result)
    }

    /// Wipes the bytes unless they are lent at this moment; returns since when they are.
    #[must_use]
    pub fn wipe_unless_lent(&self) -> Option<Instant> {
        let mut state = self.state();
        if let State::Lent(since) = *state {
            return Some(since);
        }
        self.0.buffer.wipe();
        *state = State::Ended;
        None
    }

    /// Wipes the bytes, even while they are lent. They are not lent afterwards.
    pub fn wipe(&self) {
        let mut state = self.state();
        self.0.buffer.wipe();
        *state = State::Ended;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::thread;

    #[test]
    fn lends_once_and_wipes_afterwards() {
        let bytes = LentBytes::new(b"1234").unwrap();
        assert_eq!(bytes.lend(<[u8]>::to_vec), Some(b"1234".to_vec()));
        assert_eq!(bytes.0.buffer.bytes(), [0; 4]);
        assert_eq!(bytes.lend(<[u8]>::to_vec), None);
    }

    #[test]
    fn wiped_bytes_are_not_lent() {
        let bytes = LentBytes::new(b"1234").unwrap();
        bytes.wipe();
        assert_eq!(bytes.lend(<[u8]>::to_vec), None);
        assert_eq!(bytes.wipe_unless_lent(), None);
    }

    #[test]
    fn bytes_that_were_never_lent_are_wiped() {
        let bytes = LentBytes::new(b"1234").unwrap();
        assert_eq!(bytes.wipe_unless_lent(), None);
        assert_eq!(bytes.0.buffer.bytes(), [0; 4]);
        assert_eq!(bytes.lend(<[u8]>::to_vec), None);
    }

    #[test]
    fn wipes_under_a_call_that_does_not_return() {
        let bytes = LentBytes::new(b"1234").unwrap();
        let ((lent, is_lent), (resume, wait)) = (channel(), channel::<()>());
        let borrower = bytes.clone();
        let thread = thread::spawn(move || {
            borrower.lend(|_| {
                lent.send(()).unwrap();
                wait.recv().unwrap();
            })
        });
        is_lent.recv().unwrap();
        assert!(bytes.wipe_unless_lent().is_some());
        assert_eq!(bytes.0.buffer.bytes(), b"1234");
        bytes.wipe();
        assert_eq!(bytes.0.buffer.bytes(), [0; 4]);
        resume.send(()).unwrap();
        thread.join().unwrap();
    }

    #[test]
    fn refuses_more_than_fits() {
        assert!(LentBytes::new(&vec![0; 1 << 20]).is_none());
    }
}
