//! Serializes access to cards within this process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Serializes operations and reads.
///
/// An operation may take minutes, because it prompts the user; a read takes a moment. An operation therefore
/// waits for a read to finish, but during an operation reads and other operations are refused.
#[derive(Debug, Default)]
pub struct OperationLock {
    is_operating: AtomicBool,
    cards: Mutex<()>,
}

impl OperationLock {
    /// Runs an operation; returns `None` if another one is running.
    pub fn try_operate<T>(&self, operation: impl FnOnce() -> T) -> Option<T> {
        if self.is_operating.swap(true, Ordering::AcqRel) {
            return None;
        }
        let _reset = ResetOnDrop(&self.is_operating);
        Some(self.wait(operation))
    }

    /// Reads cards; returns `None` if an operation is running.
    pub fn try_read<T>(&self, read: impl FnOnce() -> T) -> Option<T> {
        (!self.is_operating.load(Ordering::Acquire)).then(|| self.wait(read))
    }

    /// Waits until no operation and no other read is running, then reads cards.
    pub fn wait<T>(&self, read: impl FnOnce() -> T) -> T {
        let _cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        read()
    }
}

/// Marks the operation as finished, even if it panics.
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
    fn operation_refuses_other_operations_and_reads_until_it_ends() {
        let lock = OperationLock::default();
        let nested = lock.try_operate(|| (lock.try_operate(|| ()), lock.try_read(|| ())));
        assert_eq!(nested, Some((None, None)));
        assert_eq!(lock.try_operate(|| ()), Some(()));
    }

    /// Regression: an unlock failed with "busy" while the card was being read.
    #[test]
    fn read_does_not_refuse_an_operation() {
        let lock = OperationLock::default();
        let is_free = || !lock.is_operating.load(Ordering::Acquire);
        assert!(lock.wait(is_free));
        assert_eq!(lock.try_read(is_free), Some(true));
    }
}
