//! Cards whose callers stopped waiting for them while their worker thread is still inside a PC/SC call.
//!
//! No new connection to such a card is made until that call returns: each attempt would block another thread,
//! and the service supports few connections.

use crate::library::ReaderName;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The readers of abandoned cards, each with the state of its worker thread.
static ABANDONED: Mutex<Vec<(ReaderName, WorkerState)>> = Mutex::new(Vec::new());

/// What a worker thread is waiting for inside a PC/SC call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Pending {
    /// Nothing.
    Nothing,
    /// A connection or a transaction, which another program may delay.
    Access,
    /// A response of the card.
    Response,
}

/// What one worker thread is waiting for, shared between the thread and its callers.
#[derive(Clone)]
pub(crate) struct WorkerState(Arc<AtomicU8>);

impl WorkerState {
    pub(crate) fn new(pending: Pending) -> Self {
        Self(Arc::new(AtomicU8::new(pending as u8)))
    }

    pub(crate) fn set(&self, pending: Pending) {
        self.0.store(pending as u8, Ordering::Release);
    }

    fn get(&self) -> Pending {
        match self.0.load(Ordering::Acquire) {
            value if value == Pending::Nothing as u8 => Pending::Nothing,
            value if value == Pending::Access as u8 => Pending::Access,
            _ => Pending::Response,
        }
    }
}

/// Records that the card in `reader` was abandoned.
pub(crate) fn abandon(reader: ReaderName, state: WorkerState) {
    abandoned().push((reader, state));
}

/// Returns what the worker thread of an abandoned card in `reader` is still waiting for.
pub(crate) fn pending_in(reader: &ReaderName) -> Pending {
    let mut abandoned = abandoned();
    abandoned.retain(|(_, state)| state.get() != Pending::Nothing);
    let pending = abandoned.iter().find(|(name, _)| name == reader);
    pending.map_or(Pending::Nothing, |(_, state)| state.get())
}

fn abandoned() -> MutexGuard<'static, Vec<(ReaderName, WorkerState)>> {
    ABANDONED.lock().unwrap_or_else(PoisonError::into_inner)
}
