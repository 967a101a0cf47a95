//! Ending an operation from outside: the browser went away while the user was being asked.

use std::process::Child;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

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
    prompt: Option<Child>,
}

impl Stop {
    /// Ends the prompt that is open, and every later one at its start. Codes that are at the card
    /// already are let through: returns after the card's answer. Others are never sent.
    pub fn stop(&self) {
        self.state().stopped = true;
        self.end_prompt();
        drop(lock(&self.0.sending));
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

    /// Runs a conversation with the prompt that may take so long; the prompt is ended where it takes longer,
    /// and the conversation with it.
    pub(super) fn within<T>(&self, limit: Duration, talk: impl FnOnce() -> T) -> T {
        let (over, running) = channel::<()>();
        let stop = self.clone();
        let watchman = thread::spawn(move || {
            if running.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
                stop.end_prompt();
            }
        });
        let said = talk();
        drop(over);
        // It has nothing left to do but to end; a later prompt is not its business.
        let _ = watchman.join();
        said
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
        lock(&self.0.state)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::process::Stdio;

    /// A prompt that said nothing kept the operation for ever.
    #[cfg(unix)]
    #[test]
    fn a_prompt_that_says_nothing_is_ended() {
        let stop = Stop::default();
        let mut silent =
            std::process::Command::new("sleep").arg("1000").stdout(Stdio::piped()).spawn().unwrap();
        let mut output = silent.stdout.take().unwrap();
        stop.guard(silent);
        let heard = stop.within(Duration::from_millis(50), || output.read_to_end(&mut Vec::new()));
        assert_eq!(heard.unwrap(), 0);
    }

    #[test]
    fn after_a_stop_nothing_is_sent() {
        let stop = Stop::default();
        assert_eq!(stop.uninterrupted(|| 1), Some(1));
        stop.stop();
        assert_eq!(stop.uninterrupted(|| 1), None);
    }
}
