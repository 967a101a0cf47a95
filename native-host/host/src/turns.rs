//! One operation at a time has the cards.

use std::sync::{Mutex, PoisonError, TryLockError};

/// The right to talk to cards within this process.
#[derive(Debug, Default)]
pub struct Turns(Mutex<()>);

impl Turns {
    /// Waits for the right and keeps it while `operation` runs.
    pub fn with<T>(&self, operation: impl FnOnce() -> T) -> T {
        let _turn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        operation()
    }

    /// The same without waiting: none where another operation has the right.
    pub fn try_with<T>(&self, operation: impl FnOnce() -> T) -> Option<T> {
        match self.0.try_lock() {
            Ok(_turn) => Some(operation()),
            Err(TryLockError::Poisoned(poisoned)) => {
                let _turn = poisoned.into_inner();
                Some(operation())
            }
            Err(TryLockError::WouldBlock) => None,
        }
    }
}
