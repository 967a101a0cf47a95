//! Cancels an operation from outside, for example when the browser is closed during a prompt.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Cancels an operation. Clones share their state.
#[derive(Clone, Default)]
pub struct Cancellation(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Locked while codes are being sent to the card.
    sending: Mutex<()>,
}

#[derive(Default)]
struct State {
    is_cancelled: bool,
    /// Closes the open prompt.
    close_prompt: Option<ClosePrompt>,
}

/// Closes a prompt and returns when it is closed.
type ClosePrompt = Box<dyn FnOnce() + Send>;

impl Cancellation {
    /// Closes the open prompt, and every later one when it opens. Does not interrupt codes that are being
    /// sent to the card, but waits for the card's response. No other codes are sent.
    pub fn cancel(&self) {
        self.state().is_cancelled = true;
        self.close_prompt();
        drop(lock(&self.0.sending));
    }

    /// Runs `send`, which [`Self::cancel`] waits for. Returns `None`, and runs nothing, if already cancelled.
    pub fn run_uninterrupted<T>(&self, send: impl FnOnce() -> T) -> Option<T> {
        let _sending = lock(&self.0.sending);
        (!self.is_cancelled()).then(send)
    }

    /// Returns whether [`Self::cancel`] was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.state().is_cancelled
    }

    /// Registers the callback that closes the prompt about to open; calls it immediately if already
    /// cancelled.
    pub(crate) fn on_close_prompt(&self, close: impl FnOnce() + Send + 'static) {
        self.state().close_prompt = Some(Box::new(close));
        if self.is_cancelled() {
            self.close_prompt();
        }
    }

    /// Closes the prompt if one is open.
    pub(crate) fn close_prompt(&self) {
        let close = self.state().close_prompt.take();
        if let Some(close) = close {
            close();
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
    fn nothing_is_sent_after_cancellation() {
        let cancellation = Cancellation::default();
        assert_eq!(cancellation.run_uninterrupted(|| 1), Some(1));
        cancellation.cancel();
        assert_eq!(cancellation.run_uninterrupted(|| 1), None);
    }
}
