//! The state of the panel and its transitions, without the browser.

use super::effects::{Effect, PendingChanges};
use super::navigation::{NavigationSource, View};
use super::registry::{Message, Sections};
use super::section::Event;
use super::shared::{ExtensionPage, Shared, UserData};
use eimza_guide::{Change, SavedState};
use eimza_messages::RequestedView;

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
        let UserData { lang, saved_state, os, homepage } = user;
        Self {
            pending_changes: PendingChanges::new(saved_state.clone()),
            shared: Shared { page, lang, saved_state, os, homepage, ..Shared::default() },
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

    /// Shows the view that a button in a page requests.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::institution::InstitutionSection;
    use crate::panel::{card, dom_builder::ChosenFile, guide, institution};
    use eimza_guide::ScreenId;
    use eimza_protocol::Lang;

    fn model() -> Model {
        let user = UserData { lang: Lang::Tr, saved_state: SavedState::default(), os: None, homepage: None };
        Model::new(ExtensionPage::SidePanel, user)
    }

    fn open(procedure: &str) -> Message {
        Message::Guide(guide::Message::OpenProcedure(procedure.to_owned()))
    }

    fn saved(effects: &[Effect<Message>]) -> Vec<&Change> {
        effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::SaveChange(change) => Some(change),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_section_can_open_a_procedure_and_complete_a_step_in_it() {
        let mut model = model();
        let effects = model.control_used(Message::Card(card::Message::OpenOfficialUnlock));
        let procedure = "unlock".to_owned();
        let opened = Change::Current { procedure: Some(procedure.clone()) };
        let step = "puk".to_owned();
        let skip = Change::NotNeeded { procedure: procedure.clone(), step, not_needed: true };
        assert_eq!(saved(&effects), [&opened, &skip]);
        assert_eq!(model.shared.view, View::Procedure(procedure));
        assert_eq!(model.shared.saved_state.current.as_deref(), Some("unlock"), "at once");
    }

    #[test]
    fn a_chosen_file_is_kept_when_a_page_changes_the_view_but_not_when_the_user_does() {
        let mut model = model();
        model.shared.screen = Some(ScreenId::from("kartokuyucu.form".to_owned()));
        model.control_used(open("lost"));
        let file = institution::Message::FileRead(ChosenFile::TooLarge);
        model.update(Message::Institution(file));
        model.show(RequestedView::Guide);
        assert_eq!(model.shared.view, View::Procedure("card-reader".to_owned()));
        assert_ne!(model.sections.institution, InstitutionSection::None);
        model.control_used(open("lost"));
        assert_eq!(model.sections.institution, InstitutionSection::None);
    }

    #[test]
    fn a_failed_change_is_undone_and_reported_until_the_next_action() {
        let mut model = model();
        model.control_used(open("lost"));
        assert!(model.change_stored(false));
        assert_eq!(model.shared.saved_state.current, None);
        assert!(model.pending_changes.failed);
        model.control_used(open("lost"));
        assert!(!model.pending_changes.failed);
    }
}
