//! What the guide in the panel knows and does next: pure.

use eimza_guide::{Change, Checklist, Os, Role, SavedState, ScreenId};
use std::collections::BTreeMap;

/// The guide as it is now.
#[derive(Debug, Default)]
pub(crate) struct Guide {
    pub saved_state: SavedState,
    pub os: Option<Os>,
    /// The screen in the tab beside the panel; none where it is none of ours.
    pub here: Option<ScreenId>,
    pub view: View,
    /// The user wants to start again and has not yet said that they are sure.
    pub starting_again: bool,
    /// Parts that the user unfolded or folded: steps by their ids, and [`NEEDS`].
    unfolded: BTreeMap<String, bool>,
}

/// The part about what will be needed. No step is called so.
pub(crate) const NEEDS: &str = "needs";

/// What the panel shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// The card, and all procedures.
    #[default]
    Home,
    /// One procedure.
    Procedure(String),
}

/// What the user can press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Button {
    Home,
    Open(String),
    Role(Role),
    Edition(String),
    Tick {
        step: String,
        done: bool,
    },
    Unfold {
        part: String,
        wanted: bool,
    },
    StartAgain,
    StartAgainSure,
    StartAgainNot,
    /// From the card's "no PUK": the official way, whose first step is about the PUK.
    WithoutPuk,
}

/// What a press in the page beside wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    Card,
    Guide,
}

/// The procedure of the official way to unlock, and its step about the PUK.
const UNLOCK: (&str, &str) = ("unlock", "puk");

impl Guide {
    pub(crate) fn new(saved_state: SavedState, os: Option<Os>) -> Self {
        Self { saved_state, os, ..Self::default() }
    }

    /// The checklist on show.
    pub(crate) fn checklist(&self) -> Option<Checklist> {
        match &self.view {
            View::Home => None,
            View::Procedure(id) => Checklist::of(id, &self.saved_state, self.os),
        }
    }

    /// Whether a part is shown in full: as the user wanted it, else what comes next.
    pub(crate) fn is_unfolded(&self, part: &str, next: bool) -> bool {
        self.unfolded.get(part).copied().unwrap_or(next)
    }

    /// The user is in a step that is shown in full: it stays so, whatever the page beside does.
    pub(crate) fn hold(&mut self, step: &str) {
        let Some(list) = self.checklist() else { return };
        let next = list.next(self.here.as_ref()).map(|number| list.steps[number - 1].step.id.as_str());
        if self.is_unfolded(step, next == Some(step)) {
            self.unfolded.insert(step.to_owned(), true);
        }
    }

    /// What the page beside asked for.
    pub(crate) fn show(&mut self, show: Show) -> Vec<Change> {
        let procedure = self.here.as_ref().and_then(|place| self.saved_state.procedure_for_screen(place));
        let procedure = procedure.map(|procedure| procedure.id.clone());
        match (show, procedure) {
            (Show::Guide, Some(procedure)) => self.pressed(Button::Open(procedure)),
            _ => self.pressed(Button::Home),
        }
    }

    /// Takes a press; says what is to be written into the saved state. It stands in ours at once: the
    /// stored one comes a moment later.
    pub(crate) fn pressed(&mut self, button: Button) -> Vec<Change> {
        self.starting_again = button == Button::StartAgain;
        let changes = self.changes(button);
        for change in &changes {
            self.saved_state.apply(change);
        }
        changes
    }

    fn changes(&mut self, button: Button) -> Vec<Change> {
        match button {
            Button::Home => {
                self.view = View::Home;
                Vec::new()
            }
            Button::Open(procedure) => self.open(procedure),
            Button::Role(role) => vec![Change::Role { role }],
            Button::WithoutPuk => {
                let (procedure, step) = (UNLOCK.0.to_owned(), UNLOCK.1.to_owned());
                let mut changes = self.open(procedure.clone());
                changes.push(Change::Tick { procedure, step, done: true });
                changes
            }
            Button::Unfold { part, wanted } => {
                self.unfolded.insert(part, wanted);
                Vec::new()
            }
            Button::StartAgain | Button::StartAgainNot => Vec::new(),
            Button::Edition(edition) => self.in_procedure(|procedure| Change::Edition { procedure, edition }),
            Button::Tick { step, done } => {
                self.unfolded.remove(&step); // what is done needs no reading
                self.in_procedure(|procedure| Change::Tick { procedure, step, done })
            }
            Button::StartAgainSure => self.in_procedure(|procedure| Change::StartAgain { procedure }),
        }
    }

    /// Looking at a procedure is being in it: the pages then speak of its steps.
    fn open(&mut self, procedure: String) -> Vec<Change> {
        self.unfolded.clear();
        self.view = View::Procedure(procedure.clone());
        if self.saved_state.current.as_ref() == Some(&procedure) {
            return Vec::new();
        }
        vec![Change::Current { procedure: Some(procedure) }]
    }

    fn in_procedure(&self, change: impl FnOnce(String) -> Change) -> Vec<Change> {
        match &self.view {
            View::Home => Vec::new(),
            View::Procedure(procedure) => vec![change(procedure.clone())],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(procedure: &str) -> Guide {
        let mut guide = Guide::default();
        guide.pressed(Button::Open(procedure.to_owned()));
        guide
    }

    #[test]
    fn opening_a_procedure_is_being_in_it_and_is_written_down_once() {
        let mut guide = Guide::default();
        let lost = Some("lost".to_owned());
        assert_eq!(
            guide.pressed(Button::Open("lost".to_owned())),
            [Change::Current { procedure: lost.clone() }]
        );
        assert_eq!(guide.view, View::Procedure("lost".to_owned()));
        guide.pressed(Button::Home);
        assert_eq!(guide.saved_state.current, lost);
        assert_eq!(guide.pressed(Button::Open("lost".to_owned())), []);
    }

    #[test]
    fn a_tick_is_of_the_procedure_on_show() {
        let mut guide = open("lost");
        let tick = Button::Tick { step: "call".to_owned(), done: true };
        let changes = guide.pressed(tick.clone());
        let (procedure, step) = ("lost".to_owned(), "call".to_owned());
        assert_eq!(changes, [Change::Tick { procedure, step, done: true }]);
        assert!(guide.checklist().unwrap().steps[0].done, "at once");
        guide.pressed(Button::Home);
        assert_eq!(guide.pressed(tick), []);
    }

    #[test]
    fn what_comes_next_is_unfolded_until_the_user_says_otherwise() {
        let mut guide = open("lost");
        assert!(guide.is_unfolded("call", true) && !guide.is_unfolded("pay", false));
        guide.pressed(Button::Unfold { part: "call".to_owned(), wanted: false });
        guide.pressed(Button::Unfold { part: "pay".to_owned(), wanted: true });
        assert!(!guide.is_unfolded("call", true) && guide.is_unfolded("pay", false));
        guide.pressed(Button::Tick { step: "pay".to_owned(), done: true });
        assert!(!guide.is_unfolded("pay", false));
        guide.pressed(Button::Open("renewal".to_owned()));
        assert!(guide.is_unfolded("call", true));
    }

    #[test]
    fn a_step_that_the_user_is_in_stays_open_whatever_the_page_beside_does() {
        let mut guide = open("lost");
        guide.hold("call");
        guide.hold("pay");
        guide.here = Some(ScreenId::from("sanalpos.payment".to_owned()));
        assert!(guide.is_unfolded("call", false));
        assert!(!guide.is_unfolded("pay", false), "it was not open");
    }

    #[test]
    fn starting_again_is_asked_about_first() {
        let mut guide = open("lost");
        guide.pressed(Button::Tick { step: "call".to_owned(), done: true });
        assert_eq!(guide.pressed(Button::StartAgain), []);
        assert!(guide.starting_again);
        assert_eq!(guide.pressed(Button::StartAgainNot), []);
        assert!(!guide.starting_again);
        guide.pressed(Button::StartAgain);
        assert_eq!(
            guide.pressed(Button::StartAgainSure),
            [Change::StartAgain { procedure: "lost".to_owned() }]
        );
        assert_eq!(guide.checklist().unwrap().done(), 0);
    }

    #[test]
    fn the_page_beside_says_which_procedure_is_shown() {
        let mut guide =
            Guide { here: Some(ScreenId::from("kartokuyucu.form".to_owned())), ..Guide::default() };
        guide.show(Show::Guide);
        assert_eq!(guide.view, View::Procedure("card-reader".to_owned()));
        guide.show(Show::Card);
        assert_eq!(guide.view, View::Home);
        let mut guide = Guide { here: Some(ScreenId::from("portal.form".to_owned())), ..Guide::default() };
        guide.show(Show::Guide);
        assert_eq!(guide.view, View::Home, "two procedures come by there: the user says which");
    }

    #[test]
    fn without_a_puk_the_official_way_begins_after_the_step_about_it() {
        let mut guide = Guide::default();
        guide.pressed(Button::WithoutPuk);
        let list = guide.checklist().unwrap();
        assert_eq!((list.procedure.id.as_str(), list.next(None)), ("unlock", Some(2)));
    }
}
