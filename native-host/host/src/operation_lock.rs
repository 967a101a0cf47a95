//! Serializes access to cards within this process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

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
    /// Returns the permit for an operation; `None` if another one has begun.
    pub fn begin(lock: &Arc<Self>) -> Option<OperationPermit> {
        let is_free = !lock.is_operating.swap(true, Ordering::AcqRel);
        is_free.then(|| OperationPermit(Arc::clone(lock)))
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

/// The permit for one operation. The next one may begin when it is dropped, even if the operation panics.
pub struct OperationPermit(Arc<OperationLock>);

impl OperationPermit {
    /// Waits until no read is running, then runs the operation.
    pub fn operate<T>(self, operation: impl FnOnce() -> T) -> T {
        self.0.wait(operation)
    }
}

impl Drop for OperationPermit {
    fn drop(&mut self) {
        self.0.is_operating.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operation_refuses_other_operations_and_reads_until_it_ends() {
        let lock = Arc::default();
        let permit = OperationLock::begin(&lock).unwrap();
        assert!(OperationLock::begin(&lock).is_none());
        assert_eq!(lock.try_read(|| ()), None);
        permit.operate(|| assert!(OperationLock::begin(&lock).is_none()));
        assert!(OperationLock::begin(&lock).is_some());
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
