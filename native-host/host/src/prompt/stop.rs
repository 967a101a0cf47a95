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
            kill(&mut prompt);
            let _ = prompt.wait();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0.state)
    }
}

/// Ends a prompt and, where it leads a group of processes, all of them: a script may have started the
/// program that shows the window. It may have ended by itself.
fn kill(prompt: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        let group = i32::try_from(prompt.id()).ok().and_then(Pid::from_raw);
        let _ = group.map(|group| kill_process_group(group, Signal::KILL));
    }
    let _ = prompt.kill();
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(unix)]
    use std::{io::Read, os::unix::process::CommandExt, process::Stdio};

    /// A prompt that said nothing kept the operation for ever.
    #[cfg(unix)]
    #[test]
    fn a_prompt_that_says_nothing_is_ended() {
        let stop = Stop::default();
        let mut silent = std::process::Command::new("sh");
        silent.args(["-c", "sleep 1000; true"]).process_group(0).stdout(Stdio::piped());
        let mut silent = silent.spawn().unwrap();
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
