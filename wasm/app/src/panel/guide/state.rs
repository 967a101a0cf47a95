//! The state of the guide.

use crate::panel::effects::Effect;
use crate::panel::navigation::View;
use crate::panel::shared::Shared;
use eimza_guide::{Change, Role, Signing};
use std::collections::BTreeMap;

/// The state of the guide.
#[derive(Debug, Default)]
pub(crate) struct Guide {
    /// Whether the confirmation of starting again is on show.
    pub confirming_restart: bool,
    /// Parts that the user expanded or collapsed: steps by their ids, and [`NEEDS`].
    expanded: BTreeMap<String, bool>,
    /// Whether the choice of the role is on show although it is known. It stays until the view changes: with the
    /// arrow keys each radio button on the way is chosen.
    pub choosing_role: bool,
}

/// Returns the id of a step's element.
pub(super) fn step_element_id(step: &str) -> String {
    format!("{STEP_ID}{step}")
}

/// Returns the id of a step's check box.
pub(super) fn tick_id(step: &str) -> String {
    format!("tick-{step}")
}

/// The prefix of the id of a step's element.
pub(super) const STEP_ID: &str = "step-";

/// The ids of the button that starts again, and of the one that leaves everything as it is.
pub(super) const RESTART: &str = "start-again";
pub(super) const RESTART_NOT: &str = "start-again-not";

/// The name of the part about what the user needs. No step has this id.
pub(crate) const NEEDS: &str = "needs";

/// The messages of the controls. Those about steps refer to the procedure on show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    OpenStart,
    OpenProcedure(String),
    /// Opens a procedure at a step.
    Resume {
        procedure: String,
        step: String,
    },
    ChooseRole,
    SelectRole(Role),
    SelectEdition(String),
    SetDone {
        step: String,
        done: bool,
    },
    SelectSigning {
        step: String,
        signing: Signing,
    },
    SetNotNeeded {
        step: String,
        not_needed: bool,
    },
    SetExpanded {
        part: String,
        expanded: bool,
    },
    AskRestart,
    Restart,
    CancelRestart,
}

impl Guide {
    /// Returns whether a part is expanded: as the user chose, else as given by `default`.
    pub(crate) fn is_expanded(&self, part: &str, default: bool) -> bool {
        self.expanded.get(part).copied().unwrap_or(default)
    }

    /// Keeps a step expanded that the user is working in, even if another page in the tab makes another step
    /// the next one.
    pub(super) fn keep_expanded(&mut self, step: &str, shared: &Shared) {
        let Some(list) = shared.checklist() else { return };
        let next = list.next_step(shared.screen.as_ref()).map(|state| state.step.id.as_str());
        if self.is_expanded(step, next == Some(step)) {
            self.expanded.insert(step.to_owned(), true);
        }
    }

    /// Clears the state that belongs to the previous view.
    pub(super) fn view_changed(&mut self) {
        self.confirming_restart = false;
        self.choosing_role = false;
        self.expanded.clear();
    }

    /// Handles a message.
    pub(super) fn handle(&mut self, message: Message, shared: &Shared) -> Vec<Effect<Message>> {
        if let Message::Resume { procedure, step } = message {
            return self.resume(procedure, &step, shared);
        }
        let scroll = focus_after(&message);
        self.effect(message, shared).into_iter().chain(scroll).collect()
    }

    /// Shows a step: opens its procedure if another view is on show, expands the step and scrolls to it.
    fn resume(&mut self, procedure: String, step: &str, shared: &Shared) -> Vec<Effect<Message>> {
        let view = View::Procedure(procedure);
        let scroll = scroll_to_step(step);
        if shared.view == view {
            self.expanded.insert(step.to_owned(), true);
            return vec![scroll];
        }
        vec![Effect::Navigate(view), scroll]
    }

    fn effect(&mut self, message: Message, shared: &Shared) -> Option<Effect<Message>> {
        self.confirming_restart = message == Message::AskRestart;
        self.choosing_role |= matches!(message, Message::ChooseRole | Message::SelectRole(_));
        let in_procedure = |change: &dyn Fn(String) -> Change| match &shared.view {
            View::Start => None,
            View::Procedure(procedure) => Some(Effect::SaveChange(change(procedure.clone()))),
        };
        match message {
            Message::OpenStart => Some(Effect::Navigate(View::Start)),
            Message::OpenProcedure(procedure) => Some(Effect::Navigate(View::Procedure(procedure))),
            Message::Resume { .. } | Message::ChooseRole => None,
            Message::SelectRole(role) => Some(Effect::SaveChange(Change::Role { role })),
            Message::SelectEdition(edition) => {
                in_procedure(&|procedure| Change::Edition { procedure, edition: edition.clone() })
            }
            Message::SetDone { step, done } => {
                self.expanded.remove(&step); // a step that is done is collapsed
                in_procedure(&|procedure| Change::Tick { procedure, step: step.clone(), done })
            }
            Message::SelectSigning { step, signing } => {
                self.expanded.remove(&step);
                in_procedure(&|procedure| Change::Signing { procedure, step: step.clone(), signing })
            }
            Message::SetNotNeeded { step, not_needed } => {
                self.expanded.remove(&step);
                in_procedure(&|procedure| Change::NotNeeded { procedure, step: step.clone(), not_needed })
            }
            Message::SetExpanded { part, expanded } => {
                self.expanded.insert(part, expanded);
                None
            }
            Message::AskRestart | Message::CancelRestart => None,
            Message::Restart => in_procedure(&|procedure| Change::StartAgain { procedure }),
        }
    }
}

/// Returns where the focus goes after a control that its own message removes, so that the view stays where it is.
fn focus_after(message: &Message) -> Option<Effect<Message>> {
    let scroll_to = |button: &str| Effect::ScrollTo { region: button.to_owned(), control: button.to_owned() };
    match message {
        Message::AskRestart => Some(scroll_to(RESTART_NOT)),
        Message::CancelRestart => Some(scroll_to(RESTART)),
        Message::SetNotNeeded { step, .. } | Message::SelectSigning { step, .. } => {
            Some(scroll_to_step(step))
        }
        _ => None,
    }
}

fn scroll_to_step(step: &str) -> Effect<Message> {
    Effect::ScrollTo { region: step_element_id(step), control: tick_id(step) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::{ScreenId, StepStatus};

    /// The guide with the state that it shares with other sections.
    #[derive(Default)]
    struct Panel {
        guide: Guide,
        shared: Shared,
    }

    impl Panel {
        fn open(procedure: &str) -> Self {
            let mut panel = Self::default();
            panel.update(Message::OpenProcedure(procedure.to_owned()));
            panel
        }

        /// Handles a message and applies its effect.
        fn update(&mut self, message: Message) -> Option<Effect<Message>> {
            let effects = self.guide.handle(message, &self.shared);
            for effect in &effects {
                match effect {
                    Effect::SaveChange(change) => self.shared.saved_state.apply(change),
                    Effect::Navigate(view) => {
                        self.shared.navigate(view.clone());
                        self.guide.view_changed();
                    }
                    _ => {}
                }
            }
            effects.into_iter().last()
        }

        fn set_done(&mut self, step: &str) -> Option<Effect<Message>> {
            self.update(Message::SetDone { step: step.to_owned(), done: true })
        }

        fn set_expanded(&mut self, part: &str, expanded: bool) {
            self.update(Message::SetExpanded { part: part.to_owned(), expanded });
        }
    }

    #[test]
    fn a_step_is_done_in_the_procedure_on_show() {
        let mut panel = Panel::open("lost");
        let effect = panel.set_done("call");
        let (procedure, step) = ("lost".to_owned(), "call".to_owned());
        assert_eq!(effect, Some(Effect::SaveChange(Change::Tick { procedure, step, done: true })));
        assert!(panel.shared.checklist().unwrap().steps[0].is_done(), "at once");
        panel.update(Message::OpenStart);
        assert_eq!(panel.set_done("call"), None);
    }

    #[test]
    fn a_step_that_is_not_needed_collapses_and_the_next_one_follows() {
        let mut panel = Panel::open("lost");
        panel.set_expanded("call", true);
        panel.update(Message::SetNotNeeded { step: "call".to_owned(), not_needed: true });
        let list = panel.shared.checklist().unwrap();
        assert_eq!((list.steps[0].status, list.next(None)), (StepStatus::NotNeeded, Some(2)));
        assert!(!panel.guide.is_expanded("call", false));
    }

    #[test]
    fn the_next_step_is_expanded_until_the_user_collapses_it() {
        let mut panel = Panel::open("lost");
        assert!(panel.guide.is_expanded("call", true) && !panel.guide.is_expanded("pay", false));
        panel.set_expanded("call", false);
        panel.set_expanded("pay", true);
        assert!(!panel.guide.is_expanded("call", true) && panel.guide.is_expanded("pay", false));
        panel.set_done("pay");
        assert!(!panel.guide.is_expanded("pay", false));
        panel.update(Message::OpenProcedure("renewal".to_owned()));
        assert!(panel.guide.is_expanded("call", true));
    }

    #[test]
    fn the_step_that_the_user_works_in_stays_expanded() {
        let Panel { mut guide, mut shared } = Panel::open("lost");
        guide.keep_expanded("call", &shared);
        guide.keep_expanded("pay", &shared);
        shared.screen = Some(ScreenId::from("sanalpos.payment".to_owned()));
        assert!(guide.is_expanded("call", false));
        assert!(!guide.is_expanded("pay", false), "it was not expanded");
    }

    #[test]
    fn resuming_opens_the_procedure_and_scrolls_to_the_step_even_if_it_was_collapsed() {
        let mut panel = Panel::default();
        let resume = || Message::Resume { procedure: "lost".to_owned(), step: "call".to_owned() };
        let scroll = Effect::ScrollTo { region: "step-call".to_owned(), control: "tick-call".to_owned() };
        assert_eq!(panel.update(resume()), Some(scroll.clone()));
        assert_eq!(panel.shared.view, View::Procedure("lost".to_owned()));
        panel.set_expanded("call", false);
        assert_eq!(panel.update(resume()), Some(scroll));
        assert!(panel.guide.is_expanded("call", false));
    }

    #[test]
    fn the_choice_of_the_role_stays_until_the_view_changes() {
        let mut panel = Panel::open("renewal");
        panel.update(Message::SelectRole(Role::OtherStaff));
        panel.set_expanded(NEEDS, true);
        assert!(panel.guide.choosing_role, "the arrow keys go on from here");
        panel.update(Message::OpenProcedure("lost".to_owned()));
        assert!(!panel.guide.choosing_role);
        panel.update(Message::ChooseRole);
        assert!(panel.guide.choosing_role);
    }

    #[test]
    fn starting_again_needs_confirmation() {
        let mut panel = Panel::open("lost");
        panel.set_done("call");
        let focus = |control: &str| {
            Some(Effect::ScrollTo { region: control.to_owned(), control: control.to_owned() })
        };
        assert_eq!(panel.update(Message::AskRestart), focus(RESTART_NOT));
        assert!(panel.guide.confirming_restart);
        assert_eq!(panel.update(Message::CancelRestart), focus(RESTART));
        assert!(!panel.guide.confirming_restart);
        panel.update(Message::AskRestart);
        let restart = Effect::SaveChange(Change::StartAgain { procedure: "lost".to_owned() });
        assert_eq!(panel.update(Message::Restart), Some(restart));
        assert_eq!(panel.shared.checklist().unwrap().done(), 0);
    }
}
