//! The state of the panel and its transitions, without the browser.

use super::effects::{Effect, PendingChanges};
use super::navigation::{NavigationSource, RequestedView, View};
use super::registry::{Message, Sections};
use super::section::Event;
use super::shared::{ExtensionPage, Shared, UserData};
use eimza_guide::{Change, SavedState};

/// The state of the panel.
pub(crate) struct Model {
    pub shared: Shared,
    pub sections: Sections,
    pub pending_changes: PendingChanges,
}

/// Effects that are left for the browser.
type Effects = Vec<Effect<Message>>;

impl Model {
    pub(crate) fn new(page: ExtensionPage, user: UserData) -> Self {
        let UserData { lang, saved_state, os } = user;
        Self {
            pending_changes: PendingChanges::new(saved_state.clone()),
            shared: Shared { page, lang, saved_state, os, ..Shared::default() },
            sections: Sections::default(),
        }
    }

    /// Handles a message that a control sent because the user pressed or chose it.
    pub(crate) fn control_used(&mut self, message: Message) -> Effects {
        self.pending_changes.failed = false;
        let mut effects = self.notify(&Event::ControlUsed);
        effects.extend(self.update(message));
        effects
    }

    /// Passes a message to its section.
    pub(crate) fn update(&mut self, message: Message) -> Effects {
        let effects = self.sections.update(message, &self.shared);
        self.apply(effects)
    }

    /// Passes an event to every section.
    pub(crate) fn notify(&mut self, event: &Event<'_>) -> Effects {
        let effects = self.sections.notify(event, &self.shared);
        self.apply(effects)
    }

    /// Shows the view that a button in a page asked for.
    pub(crate) fn show(&mut self, requested: RequestedView) -> Effects {
        let view = self.shared.requested_view(requested);
        self.navigate(view, NavigationSource::Page)
    }

    /// Takes over the user's data after the browser reported a change.
    pub(crate) fn user_data_changed(&mut self, user: UserData) {
        self.shared.lang = user.lang;
        if let Some(stored) = self.pending_changes.stored_state_changed(user.saved_state) {
            self.shared.saved_state = stored.clone();
        }
    }

    /// Records whether a change was stored; returns whether the view changes.
    pub(crate) fn change_stored(&mut self, stored: bool) -> bool {
        let restored: Option<SavedState> = self.pending_changes.change_stored(stored).cloned();
        let is_restored = restored.is_some();
        if let Some(saved_state) = restored {
            self.shared.saved_state = saved_state;
        }
        is_restored
    }

    /// Applies the effects that concern the shared state.
    fn apply(&mut self, effects: Effects) -> Effects {
        let mut remaining = Vec::new();
        for effect in effects {
            match effect {
                Effect::Navigate(view) => remaining.extend(self.navigate(view, NavigationSource::Panel)),
                Effect::SaveChange(change) => remaining.push(self.save(change)),
                Effect::SetLanguage(lang) => {
                    self.shared.lang = lang;
                    remaining.push(effect);
                }
                _ => remaining.push(effect),
            }
        }
        remaining
    }

    fn navigate(&mut self, view: View, source: NavigationSource) -> Effects {
        let change = self.shared.navigate(view);
        let mut effects = self.notify(&Event::Navigated(source));
        effects.extend(change.map(|change| self.save(change)));
        effects
    }

    /// Shows a change at once. The browser reports the stored state later.
    fn save(&mut self, change: Change) -> Effect<Message> {
        self.shared.saved_state.apply(&change);
        self.pending_changes.sent();
        Effect::SaveChange(change)
    }
}
