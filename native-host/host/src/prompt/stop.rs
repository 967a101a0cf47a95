//! Ending an operation from outside: the browser went away while the user was being asked.

use crate::ending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Shared between an operation and whoever may end it.
#[derive(Clone, Default)]
pub struct Stop(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Held while codes are on their way to the card.
    sending: Mutex<()>,
}

#[derive(Default)]
struct State {
    stopped: bool,
    /// Ends the prompt that is open.
    end: Option<End>,
}

/// Ends a prompt and returns when it is gone.
type End = Box<dyn FnOnce() + Send>;

impl Stop {
    /// Ends the prompt that is open, and every later one at its start. Codes that are at the card
    /// already are let through: returns after the card's answer. Others are never sent.
    pub fn stop(&self) {
        self.state().stopped = true;
        self.end_prompt();
        drop(lock(&self.0.sending));
    }

    /// Ends the operation, and then the process, where somebody ends the process: its window would stay behind.
    pub fn on_signals(&self) {
        let stop = self.clone();
        // Fails where there is a handler already: then it does the same.
        let _ = ctrlc::set_handler(move || {
            stop.stop();
            ending::end(130);
        });
    }

    /// Runs what must not be broken off; none, and nothing run, where already stopped.
    pub fn uninterrupted<T>(&self, send: impl FnOnce() -> T) -> Option<T> {
        let _sending = lock(&self.0.sending);
        (!self.is_stopped()).then(send)
    }

    /// Whether [`Self::stop`] was called.
    pub fn is_stopped(&self) -> bool {
        self.state().stopped
    }

    /// Keeps what ends the prompt that is about to open; does it at once where already stopped.
    pub(super) fn guard(&self, end: impl FnOnce() + Send + 'static) {
        self.state().end = Some(Box::new(end));
        if self.is_stopped() {
            self.end_prompt();
        }
    }

    /// Ends the prompt, where one is open.
    pub(super) fn end_prompt(&self) {
        let end = self.state().end.take();
        if let Some(end) = end {
            end();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0.state)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_stop_nothing_is_sent() {
        let stop = Stop::default();
        assert_eq!(stop.uninterrupted(|| 1), Some(1));
        stop.stop();
        assert_eq!(stop.uninterrupted(|| 1), None);
    }
}
