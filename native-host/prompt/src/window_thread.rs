//! The thread that shows all windows of this process, one after the other.
//!
//! The keyboard moves from a window to the next one of the same thread. Under Wine without a window manager, a window of
//! another thread does not get it, and what the user types would go elsewhere.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;

type Job = Box<dyn FnOnce() + Send>;

/// Starts with the first window, and ends with the process.
static JOBS: LazyLock<Mutex<Sender<Job>>> = LazyLock::new(|| {
    let (jobs, queue) = channel::<Job>();
    // Without a thread, no job is run.
    let _ = thread::Builder::new()
        .name("windows".to_owned())
        .spawn(move || queue.into_iter().for_each(|job| job()));
    Mutex::new(jobs)
});

/// Runs this on the thread of windows, once the window before it is closed. The result is received from what is returned, or
/// an error if there is no such thread.
pub fn on_window_thread<T: Send + 'static>(show: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (result, receiver) = channel();
    let job = Box::new(move || _ = result.send(show()));
    // A job that is not run is dropped, and `result` with it.
    let _ = JOBS.lock().unwrap_or_else(PoisonError::into_inner).send(job);
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::current;

    #[test]
    fn all_windows_have_one_thread_which_is_not_that_of_the_caller() {
        let threads: Vec<_> = (0..3)
            .map(|_| thread::spawn(|| on_window_thread(|| current().id()).recv().unwrap()).join().unwrap())
            .collect();
        assert!(threads.iter().all(|&id| id == threads[0] && id != current().id()), "{threads:?}");
    }
}
