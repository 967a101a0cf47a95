//! Changes of the saved state that the service worker has not stored yet.

use eimza_guide::SavedState;

/// Keeps track of changes that were sent to the service worker. While there are some, the stored state is
/// older than the one on show.
#[derive(Debug, Default)]
pub(crate) struct PendingChanges {
    count: u32,
    /// The stored state, as last reported by the browser.
    stored: SavedState,
    /// Whether a change could not be stored.
    pub failed: bool,
}

impl PendingChanges {
    /// Starts with the stored state.
    pub(crate) fn new(stored: SavedState) -> Self {
        Self { stored, ..Self::default() }
    }

    /// Counts a change that was sent.
    pub(crate) fn sent(&mut self) {
        self.count += 1;
    }

    /// Records the stored state; returns it if it is to be shown.
    pub(crate) fn stored_state_changed(&mut self, stored: SavedState) -> Option<&SavedState> {
        self.stored = stored;
        (self.count == 0).then_some(&self.stored)
    }

    /// Records the outcome of a change. Returns the stored state if it is to be shown because a change
    /// failed; without a failure, the browser reports the new stored state itself.
    pub(crate) fn change_stored(&mut self, stored: bool) -> Option<&SavedState> {
        self.count = self.count.saturating_sub(1);
        self.failed |= !stored;
        (self.count == 0 && self.failed).then_some(&self.stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(current: &str) -> SavedState {
        SavedState { current: Some(current.to_owned()), ..SavedState::default() }
    }

    #[test]
    fn shows_the_stored_state_only_while_nothing_is_pending() {
        let mut changes = PendingChanges::new(SavedState::default());
        assert_eq!(changes.stored_state_changed(state("lost")), Some(&state("lost")));
        changes.sent();
        assert_eq!(changes.stored_state_changed(state("renewal")), None);
        assert_eq!(changes.change_stored(true), None, "the browser reports the new state itself");
        assert_eq!(changes.stored_state_changed(state("unlock")), Some(&state("unlock")));
    }

    #[test]
    fn returns_to_the_stored_state_after_the_last_pending_change_if_one_failed() {
        let mut changes = PendingChanges::new(state("lost"));
        changes.sent();
        changes.sent();
        assert_eq!(changes.change_stored(false), None);
        assert_eq!(changes.change_stored(true), Some(&state("lost")));
        assert!(changes.failed);
    }
}
