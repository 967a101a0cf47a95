//! A reader that fails at a deadline or when the operation is cancelled.

use crate::cancellation::Cancellation;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{self, ErrorKind, Read};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

/// Interval at which cancellation is checked.
const CHECK_INTERVAL: Duration = Duration::from_millis(200);

/// A pipe from a prompt program. The pipe may stay open after the program has ended, because a program that
/// it started may hold it.
pub(crate) struct TimeoutReader<R> {
    pipe: R,
    cancellation: Cancellation,
    deadline: Instant,
}

impl<R> TimeoutReader<R> {
    pub(crate) fn new(pipe: R, cancellation: Cancellation, timeout: Duration) -> Self {
        Self { pipe, cancellation, deadline: Instant::now() + timeout }
    }

    /// Starts a new timeout.
    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.deadline = Instant::now() + timeout;
    }
}

impl<R: Read + AsFd> Read for TimeoutReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.cancellation.is_cancelled() || Instant::now() > self.deadline {
                return Err(ErrorKind::TimedOut.into());
            }
            let wait = self.deadline.saturating_duration_since(Instant::now()).min(CHECK_INTERVAL);
            let wait = Timespec { tv_sec: 0, tv_nsec: wait.subsec_nanos().into() };
            let mut pipe = [PollFd::new(&self.pipe, PollFlags::IN)];
            match poll(&mut pipe, Some(&wait)) {
                Ok(0) | Err(rustix::io::Errno::INTR) => {}
                Ok(_) => return self.pipe.read(into),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Returns whether the pipe can be read within the timeout, which must be less than a second.
pub(crate) fn is_readable_within(pipe: &impl AsFd, timeout: Duration) -> bool {
    let timeout = Timespec { tv_sec: 0, tv_nsec: timeout.subsec_nanos().into() };
    poll(&mut [PollFd::new(pipe, PollFlags::IN)], Some(&timeout)).is_ok_and(|ready| ready > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn reads_what_arrives_in_time() {
        let (pipe, mut writer) = io::pipe().unwrap();
        writer.write_all(b"OK").unwrap();
        let mut read = [0; 2];
        TimeoutReader::new(pipe, Cancellation::default(), Duration::from_secs(60))
            .read_exact(&mut read)
            .unwrap();
        assert_eq!(&read, b"OK");
    }

    /// Regression: a prompt that wrote nothing blocked the operation forever, even after it had ended while
    /// another program held its pipe.
    #[test]
    fn fails_at_the_deadline_and_when_cancelled() {
        let (pipe, _writer) = io::pipe().unwrap();
        let mut reader = TimeoutReader::new(pipe, Cancellation::default(), Duration::from_millis(20));
        assert_eq!(reader.read(&mut [0]).unwrap_err().kind(), ErrorKind::TimedOut);

        let (pipe, _writer) = io::pipe().unwrap();
        let cancellation = Cancellation::default();
        cancellation.cancel();
        let mut reader = TimeoutReader::new(pipe, cancellation, Duration::from_secs(60));
        assert_eq!(reader.read(&mut [0]).unwrap_err().kind(), ErrorKind::TimedOut);
    }
}
