//! A bounded number of threads for requests, whatever a caller sends.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A job of a worker.
type Job = Box<dyn FnOnce() + Send>;

/// Threads that carry out jobs, at most [`Workers::new`]'s number at a time. They are started when the first
/// jobs come, and end with the process.
pub struct Workers {
    name: &'static str,
    queue: SyncSender<Job>,
    jobs: Arc<Mutex<Receiver<Job>>>,
    /// How many threads may still be started.
    startable: usize,
    started: usize,
}

impl Workers {
    /// Returns workers with this many threads and room for this many waiting jobs.
    pub fn new(name: &'static str, threads: usize, waiting: usize) -> Self {
        let (queue, jobs) = sync_channel(waiting);
        Self { name, queue, jobs: Arc::new(Mutex::new(jobs)), startable: threads, started: 0 }
    }

    /// Carries out a job soon; returns false, and drops it, if too many are waiting already, or if the system
    /// allows no thread. Never blocks.
    pub fn try_run(&mut self, job: impl FnOnce() + Send + 'static) -> bool {
        if self.startable > 0 && self.start_thread().is_ok() {
            self.startable -= 1;
            self.started += 1;
        }
        if self.started == 0 {
            return false;
        }
        match self.queue.try_send(Box::new(job)) {
            Ok(()) => true,
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => false,
        }
    }

    fn start_thread(&self) -> io::Result<()> {
        let jobs = Arc::clone(&self.jobs);
        let work = move || {
            loop {
                // The lock is released before the job runs.
                let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(job) = job else { return };
                // A panic is a bug; the other jobs must not wait for this thread forever.
                let _ = catch_unwind(AssertUnwindSafe(job));
            }
        };
        thread::Builder::new().name(self.name.to_owned()).spawn(work).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn jobs_after_a_panic_are_carried_out() {
        let mut workers = Workers::new("test", 1, 1);
        assert!(workers.try_run(|| std::panic::resume_unwind(Box::new(()))));
        let (done, is_done) = channel();
        while !workers.try_run({
            let done = done.clone();
            move || done.send(()).unwrap()
        }) {
            thread::yield_now(); // the queue is full until the first job was taken
        }
        is_done.recv().unwrap();
    }

    #[test]
    fn refuses_jobs_that_neither_run_nor_fit_into_the_queue() {
        let mut workers = Workers::new("test", 2, 3);
        let ((started, is_started), (finished, is_finished)) = (channel(), channel());
        let (hold, held) = channel::<()>();
        let held = Arc::new(Mutex::new(held));
        let mut accepted = 0;
        for number in 0..2 {
            let (started, held) = (started.clone(), Arc::clone(&held));
            assert!(workers.try_run(move || {
                started.send(number).unwrap();
                let _ = held.lock().unwrap_or_else(PoisonError::into_inner).recv();
            }));
            is_started.recv().unwrap();
        }
        for _ in 0..100 {
            let finished = finished.clone();
            accepted += usize::from(workers.try_run(move || finished.send(()).unwrap()));
        }
        assert_eq!(accepted, 3);
        drop(hold);
        for _ in 0..accepted {
            is_finished.recv().unwrap();
        }
        assert!(workers.try_run(|| ()));
    }
}
