//! One at a time has the cards.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

/// The right to talk to cards within this process.
///
/// An operation may take minutes, because it asks the user; reading a card takes a moment. So an
/// operation waits for a reading, and everything else that was asked for is told of the operation.
#[derive(Debug, Default)]
pub struct Turns {
    operation: Mutex<()>,
    cards: Mutex<()>,
}

impl Turns {
    /// Runs an operation; none where another one is under way.
    pub fn operate<T>(&self, operation: impl FnOnce() -> T) -> Option<T> {
        let _operation = try_lock(&self.operation)?;
        let _cards = lock(&self.cards);
        Some(operation())
    }

    /// Reads cards; none where an operation is under way.
    pub fn read<T>(&self, reading: impl FnOnce() -> T) -> Option<T> {
        drop(try_lock(&self.operation)?); // let go at once: a reading refuses nobody
        Some(self.wait(reading))
    }

    /// Reads cards as soon as no operation is under way.
    pub fn wait<T>(&self, reading: impl FnOnce() -> T) -> T {
        let _cards = lock(&self.cards);
        reading()
    }
}

fn lock(mutex: &Mutex<()>) -> MutexGuard<'_, ()> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn try_lock(mutex: &Mutex<()>) -> Option<MutexGuard<'_, ()>> {
    match mutex.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_refuses_other_operations_and_readings() {
        let turns = Turns::default();
        let inner = turns.operate(|| (turns.operate(|| ()), turns.read(|| ())));
        assert_eq!(inner, Some((None, None)));
    }

    /// A card that was just being read made an unlock fail with "busy".
    #[test]
    fn a_reading_does_not_refuse_an_operation() {
        let turns = Turns::default();
        turns.wait(|| assert!(try_lock(&turns.operation).is_some()));
        turns.read(|| assert!(try_lock(&turns.operation).is_some())).unwrap();
    }
}
