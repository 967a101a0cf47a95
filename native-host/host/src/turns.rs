//! One at a time has the cards.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The right to talk to cards within this process.
///
/// An operation may take minutes, because it asks the user; reading a card takes a moment. So an
/// operation waits for a reading, and everything else that was asked for is told of the operation.
#[derive(Debug, Default)]
pub struct Turns {
    operating: AtomicBool,
    cards: Mutex<()>,
}

impl Turns {
    /// Runs an operation; none where another one is under way.
    pub fn operate<T>(&self, operation: impl FnOnce() -> T) -> Option<T> {
        if self.operating.swap(true, Ordering::AcqRel) {
            return None;
        }
        let _over = Over(&self.operating);
        Some(self.wait(operation))
    }

    /// Reads cards; none where an operation is under way.
    pub fn read<T>(&self, reading: impl FnOnce() -> T) -> Option<T> {
        (!self.operating.load(Ordering::Acquire)).then(|| self.wait(reading))
    }

    /// Reads cards as soon as no operation is under way.
    pub fn wait<T>(&self, reading: impl FnOnce() -> T) -> T {
        let _cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        reading()
    }
}

/// Says that the operation is over, however it ends.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_refuses_other_operations_and_readings_until_it_is_over() {
        let turns = Turns::default();
        assert_eq!(turns.operate(|| (turns.operate(|| ()), turns.read(|| ()))), Some((None, None)));
        assert_eq!(turns.operate(|| ()), Some(()));
    }

    /// A card that was just being read made an unlock fail with "busy".
    #[test]
    fn a_reading_does_not_refuse_an_operation() {
        let turns = Turns::default();
        let is_free = || !turns.operating.load(Ordering::Acquire);
        assert!(turns.wait(is_free));
        assert_eq!(turns.read(is_free), Some(true));
    }
}
