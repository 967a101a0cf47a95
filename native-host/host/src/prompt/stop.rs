//! Ending a prompt from outside: the browser went away while the user was being asked.

use std::process::Child;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Shared between an operation and whoever may end it.
#[derive(Clone, Default)]
pub struct Stop(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    stopped: bool,
    prompt: Option<Child>,
}

impl Stop {
    /// Ends the prompt that is open, and every later one at its start.
    pub fn stop(&self) {
        self.state().stopped = true;
        self.end_prompt();
    }

    /// Whether [`Self::stop`] was called.
    pub fn is_stopped(&self) -> bool {
        self.state().stopped
    }

    /// Takes charge of a prompt's process; ends it at once where already stopped.
    pub(super) fn guard(&self, prompt: Child) {
        self.state().prompt = Some(prompt);
        if self.is_stopped() {
            self.end_prompt();
        }
    }

    /// Ends the prompt's process and waits until it is gone.
    pub(super) fn end_prompt(&self) {
        if let Some(mut prompt) = self.state().prompt.take() {
            // It may have ended by itself; waiting is right in either case.
            let _ = prompt.kill();
            let _ = prompt.wait();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
