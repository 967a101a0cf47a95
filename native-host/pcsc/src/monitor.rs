//! Waits for changes of readers and cards.

use crate::card_memory::CardMemory;
use crate::context::establish_context;
use crate::error_mapping::access_error;
use eimza_session::Error;
use pcsc::{Context, PNP_NOTIFICATION, ReaderState, State};
use std::time::Duration;

/// The longest wait without a reader. Only the plug-and-play notification is watched then, and one that
/// arrives between listing the readers and waiting is lost.
const WAIT_WITHOUT_READER: Duration = Duration::from_secs(1);

/// Waits for readers and cards to be inserted and removed.
pub struct ReaderMonitor {
    context: Context,
    states: Vec<ReaderState>,
    is_first_wait: bool,
    memory: CardMemory,
}

impl ReaderMonitor {
    /// Connects to the smart-card service. Every change empties this memory at once, before anything is read
    /// again. The first [`Self::wait_for_change`] returns at once.
    ///
    /// # Errors
    /// If the smart-card service is not available.
    pub fn start(memory: CardMemory) -> Result<Self, Error> {
        let context = establish_context()?;
        let plug_and_play = ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE);
        Ok(Self { context, states: vec![plug_and_play], is_first_wait: true, memory })
    }

    /// Blocks until a reader or a card was, or may have been, inserted or removed, or until the `timeout`.
    ///
    /// # Errors
    /// If the smart-card service or a reader fails.
    pub fn wait_for_change(&mut self, timeout: Option<Duration>) -> Result<(), Error> {
        let names = self.context.list_readers_owned().or_else(|error| match error {
            pcsc::Error::NoReadersAvailable => Ok(Vec::new()),
            other => Err(access_error(other)),
        })?;
        self.states.retain(|state| {
            state.name() == PNP_NOTIFICATION() || names.iter().any(|name| **name == *state.name())
        });
        for name in names {
            if !self.states.iter().any(|state| state.name() == name.as_c_str()) {
                self.states.push(ReaderState::new(name, State::UNAWARE));
            }
        }
        self.states.iter_mut().for_each(ReaderState::sync_current_state);
        let no_reader = self.states.len() == 1;
        if std::mem::take(&mut self.is_first_wait) && no_reader {
            return Ok(()); // a new reader's unknown state would count as a change; without one, nothing does
        }
        let timeout = if no_reader { Some(WAIT_WITHOUT_READER) } else { timeout };
        match self.context.get_status_change(timeout, &mut self.states) {
            Err(pcsc::Error::Timeout) => Ok(()),
            Ok(()) => {
                self.memory.forget_all();
                Ok(())
            }
            Err(error) => {
                self.memory.forget_all();
                Err(access_error(error))
            }
        }
    }
}
