//! Reading what a prompt says, with an end: of the time that it may take, and of the operation.

use super::Stop;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{self, ErrorKind, Read};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

/// So often it is seen whether the operation was ended meanwhile.
const LOOK: Duration = Duration::from_millis(200);

/// A pipe from a prompt.
pub(super) struct Patient<R> {
    pipe: R,
    stop: Stop,
    until: Instant,
}

impl<R> Patient<R> {
    pub(super) fn new(pipe: R, stop: Stop, limit: Duration) -> Self {
        Self { pipe, stop, until: Instant::now() + limit }
    }

    /// From now on so long.
    pub(super) fn give(&mut self, limit: Duration) {
        self.until = Instant::now() + limit;
    }
}

/// The pipe may stay open though the prompt has ended: a program that it started may hold it.
impl<R: Read + AsFd> Read for Patient<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.stop.is_stopped() || Instant::now() > self.until {
                return Err(ErrorKind::TimedOut.into());
            }
            let left = self.until.saturating_duration_since(Instant::now()).min(LOOK);
            let left = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
            let mut pipe = [PollFd::new(&self.pipe, PollFlags::IN)];
            match poll(&mut pipe, Some(&left)) {
                Ok(0) | Err(rustix::io::Errno::INTR) => {}
                Ok(_) => return self.pipe.read(into),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Whether there is something to read within this time.
pub(super) fn speaks(pipe: &impl AsFd, within: Duration) -> bool {
    let within = Timespec { tv_sec: 0, tv_nsec: within.subsec_nanos().into() };
    poll(&mut [PollFd::new(pipe, PollFlags::IN)], Some(&within)).is_ok_and(|ready| ready > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_is_said_in_time_is_heard() {
        let (pipe, mut said) = io::pipe().unwrap();
        said.write_all(b"OK").unwrap();
        let mut heard = [0; 2];
        Patient::new(pipe, Stop::default(), Duration::from_secs(60)).read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"OK");
    }

    /// A prompt that said nothing kept the operation for ever, also where it had ended and another program held
    /// its pipe.
    #[test]
    fn silence_ends_with_the_time_or_the_operation() {
        let (pipe, _said) = io::pipe().unwrap();
        let mut patient = Patient::new(pipe, Stop::default(), Duration::from_millis(20));
        assert_eq!(patient.read(&mut [0]).unwrap_err().kind(), ErrorKind::TimedOut);

        let (pipe, _said) = io::pipe().unwrap();
        let stop = Stop::default();
        stop.stop();
        let mut patient = Patient::new(pipe, stop, Duration::from_secs(60));
        assert_eq!(patient.read(&mut [0]).unwrap_err().kind(), ErrorKind::TimedOut);
    }
}
