//! The thread that shows all windows of this process, one after the other.
//!
//! The keyboard moves from a window to the next one of the same thread. Under Wine without a window manager, a window
//! of another thread does not get it, and what the user types would go elsewhere.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

type Job = Box<dyn FnOnce() + Send>;

/// Its thread starts with the first window, and ends with the process.
static JOBS: LazyLock<Sender<Job>> = LazyLock::new(|| {
    let (jobs, queue) = channel::<Job>();
    // A job that panics leaves nothing behind that the next one uses; its caller gets no result.
    let run = |job: Job| _ = catch_unwind(AssertUnwindSafe(job));
    // If it cannot be started, the queue is dropped, and no job is run.
    let _ = thread::Builder::new().name("prompt".to_owned()).spawn(move || queue.into_iter().for_each(run));
    jobs
});

/// Runs `show` on the thread of windows, once the window before it is closed. Returns a channel that receives the result;
/// it is disconnected if there is none.
pub fn on_window_thread<T: Send + 'static>(show: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (result, receiver) = channel();
    // A job that is not run is dropped, and `result` with it.
    let _ = JOBS.send(Box::new(move || _ = result.send(show())));
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::current;

    #[test]
    fn all_windows_have_one_thread_which_is_not_that_of_the_caller() {
        let shown = |_| thread::spawn(|| on_window_thread(|| current().id()).recv().unwrap()).join().unwrap();
        let threads: Vec<_> = (0..3).map(shown).collect();
        assert!(threads.iter().all(|&id| id == threads[0] && id != current().id()), "{threads:?}");
    }

    #[test]
    fn window_after_one_that_failed_is_shown() {
        assert!(on_window_thread(|| panic!("as the test wants")).recv().is_err());
        assert_eq!(on_window_thread(|| 1).recv(), Ok(1));
    }
}
