//! Serializes access to cards within this process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Serializes operations and readings.
///
/// An operation may take minutes, because it asks the user; reading a card takes a moment. So an operation waits for a
/// reading, while a reading or another operation is refused during an operation.
#[derive(Debug, Default)]
pub struct OperationLock {
    is_operating: AtomicBool,
    cards: Mutex<()>,
}

impl OperationLock {
    /// Runs an operation; returns none if another one is running.
    pub fn try_operate<T>(&self, operation: impl FnOnce() -> T) -> Option<T> {
        if self.is_operating.swap(true, Ordering::AcqRel) {
            return None;
        }
        let _reset = ResetOnDrop(&self.is_operating);
        Some(self.wait(operation))
    }

    /// Reads cards; returns none if an operation is running.
    pub fn try_read<T>(&self, read: impl FnOnce() -> T) -> Option<T> {
        (!self.is_operating.load(Ordering::Acquire)).then(|| self.wait(read))
    }

    /// Reads cards as soon as no operation and no other reading is running.
    pub fn wait<T>(&self, read: impl FnOnce() -> T) -> T {
        let _cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        read()
    }
}

/// Marks the operation as finished, also if it panics.
struct ResetOnDrop<'a>(&'a AtomicBool);

impl Drop for ResetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operation_refuses_other_operations_and_readings_until_it_ends() {
        let lock = OperationLock::default();
        let nested = lock.try_operate(|| (lock.try_operate(|| ()), lock.try_read(|| ())));
        assert_eq!(nested, Some((None, None)));
        assert_eq!(lock.try_operate(|| ()), Some(()));
    }

    /// Regression: an unlock failed with "busy" while the card was being read.
    #[test]
    fn reading_does_not_refuse_an_operation() {
        let lock = OperationLock::default();
        let is_free = || !lock.is_operating.load(Ordering::Acquire);
        assert!(lock.wait(is_free));
        assert_eq!(lock.try_read(is_free), Some(true));
    }
}
