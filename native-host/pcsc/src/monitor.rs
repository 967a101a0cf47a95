//! Waits for changes of readers and cards.

use crate::card_memory::CardMemory;
use crate::change_detector::{ChangeDetector, ReaderSource};
use crate::code_meaning::Code;
use crate::context::establish_context;
use crate::library::{self, Context, ReaderName, ReaderStatus};
use eimza_display_text::DisplayText;
use eimza_session::Error;
use std::thread;
use std::time::{Duration, Instant};

/// Waits for readers and cards to be inserted and removed, and for cards that other programs have used.
pub trait ChangeSource {
    /// Blocks until something changed that was not reported yet, or until the `timeout`. The first wait reports
    /// everything. Whatever the service says, a reader is only reported if its state has changed.
    ///
    /// # Errors
    /// If the smart-card service or a reader fails, twice in a row.
    fn wait_for_change(&mut self, timeout: Option<Duration>) -> Result<Changes, Error>;
}

/// The readers that changed since the last wait. One that was disconnected may be among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Their names, as they are shown.
    pub readers: Vec<DisplayText>,
}

/// Waits for the smart-card service to report changes.
pub struct ReaderMonitor(ChangeDetector<Service>);

impl ReaderMonitor {
    /// Connects to the smart-card service. A change forgets the card of this memory at once, before anything is
    /// read again.
    ///
    /// # Errors
    /// If the smart-card service is not available.
    pub fn start(memory: CardMemory) -> Result<Self, Error> {
        let service = Service { context: establish_context()?, started: Instant::now() };
        Ok(Self(ChangeDetector::new(service, memory)))
    }
}

impl ChangeSource for ReaderMonitor {
    fn wait_for_change(&mut self, timeout: Option<Duration>) -> Result<Changes, Error> {
        self.0.wait_for_change(timeout).map(|readers| Changes { readers })
    }
}

/// The smart-card service, and the clock.
struct Service {
    context: Context,
    started: Instant,
}

impl ReaderSource for Service {
    fn reconnect(&mut self) -> Result<(), Error> {
        self.context = establish_context()?;
        Ok(())
    }

    fn list(&mut self) -> Result<Vec<ReaderName>, Code> {
        library::list_readers(&self.context)
    }

    fn wait(&mut self, timeout: Option<Duration>, readers: &mut [ReaderStatus]) -> Result<(), Code> {
        library::states(&self.context, timeout, readers)
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }

    fn pause(&mut self, time: Duration) {
        thread::sleep(time);
    }
}
