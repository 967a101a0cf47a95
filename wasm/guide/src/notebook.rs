//! How far the user is: what is remembered from visit to visit.

use crate::institution::{Institution, institutions};
use crate::page::Place;
use crate::procedure::{Procedure, Step, procedure, procedures};
use crate::situation::{Os, Role, Situation};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is remembered. Nothing in it names the user, nor holds anything that they typed.
///
/// What a later version may have added is left out in silence: an older one still reads the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notebook {
    /// Who the user is.
    pub role: Option<Role>,
    /// The id of the procedure that they are in.
    pub current: Option<String>,
    /// The id of their institution's profile.
    pub institution: Option<String>,
    /// By procedure.
    pub procedures: BTreeMap<String, Progress>,
}

/// How far one procedure is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The edition that the user chose; none for the one that holds.
    pub edition: Option<String>,
    /// Steps that the user ticked, or unticked: their word counts more than a screen's.
    pub hand: BTreeMap<String, bool>,
    /// Steps that a screen showed to be done.
    pub seen: BTreeSet<String>,
}

impl Progress {
    /// Whether a step is done.
    #[must_use]
    pub fn is_done(&self, step: &str) -> bool {
        self.hand.get(step).copied().unwrap_or_else(|| self.seen.contains(step))
    }
}

/// What the user changes in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Change {
    /// Who they are.
    Role {
        /// The new value.
        role: Role,
    },
    /// Which procedure they are in.
    Current {
        /// Its id; none to be in none.
        procedure: Option<String>,
    },
    /// Their institution.
    Institution {
        /// The profile's id; none for none.
        institution: Option<String>,
    },
    /// Which edition they follow.
    Edition {
        /// The procedure's id.
        procedure: String,
        /// The edition's id.
        edition: String,
    },
    /// A step is done, or not.
    Tick {
        /// The procedure's id.
        procedure: String,
        /// The step's id.
        step: String,
        /// Whether it is done.
        done: bool,
    },
    /// All ticks of a procedure are taken away; its edition stays.
    StartAgain {
        /// The procedure's id.
        procedure: String,
    },
}

impl Notebook {
    /// How far a procedure is.
    #[must_use]
    pub fn progress(&self, procedure: &str) -> Progress {
        self.procedures.get(procedure).cloned().unwrap_or_default()
    }

    /// The profile that the user chose.
    #[must_use]
    pub fn institution(&self) -> Option<&'static Institution> {
        institutions().iter().find(|known| Some(&known.id) == self.institution.as_ref())
    }

    /// What hints may depend on, on this screen.
    #[must_use]
    pub fn situation(&self, here: Option<&Place>, os: Option<Os>) -> Situation {
        let procedure = self.procedure_on(here).map(|procedure| procedure.id.clone());
        Situation { role: self.role, procedure, os }
    }

    /// The procedure that the user is in: on a screen of one procedure alone it is that one, whatever
    /// they were in before; on any other it is what they said.
    #[must_use]
    pub fn procedure_on(&self, here: Option<&Place>) -> Option<&'static Procedure> {
        let mut on_screen =
            procedures().iter().filter(|procedure| here.is_some_and(|place| procedure.is_on(place)));
        match (on_screen.next(), on_screen.next()) {
            (Some(only), None) => Some(only),
            _ => procedure(self.current.as_ref()?),
        }
    }

    /// The procedure whose steps belong on this screen: the one that the user is in, unless only others
    /// come by here.
    #[must_use]
    pub fn procedure_at(&self, here: &Place) -> Option<&'static Procedure> {
        let others_come_by = procedures().iter().any(|procedure| procedure.is_on(here));
        self.procedure_on(Some(here)).filter(|procedure| procedure.is_on(here) || !others_come_by)
    }

    /// Writes a change down.
    pub fn take(&mut self, change: &Change) {
        match change {
            Change::Role { role } => self.role = Some(*role),
            Change::Current { procedure } => self.current.clone_from(procedure),
            Change::Institution { institution } => self.institution.clone_from(institution),
            Change::Edition { procedure, edition } => {
                self.progress_mut(procedure).edition = Some(edition.clone());
            }
            Change::Tick { procedure, step, done } => {
                self.progress_mut(procedure).hand.insert(step.clone(), *done);
            }
            Change::StartAgain { procedure } => {
                let progress = self.progress_mut(procedure);
                progress.hand.clear();
                progress.seen.clear();
            }
        }
    }

    /// Takes note of a screen that the user is on: it ticks the steps that must be done by now.
    /// Says whether that changed anything.
    pub fn visit(&mut self, here: &Place) -> bool {
        let Some((procedure, reached)) = self.newly_reached(here) else {
            return false;
        };
        self.progress_mut(&procedure.id).seen.extend(reached.iter().map(|step| step.id.clone()));
        true
    }

    /// Whether a visit to this screen would change anything.
    #[must_use]
    pub fn would_tick(&self, here: &Place) -> bool {
        self.newly_reached(here).is_some()
    }

    /// The steps that this screen shows to be done for the first time, and whose they are.
    fn newly_reached(&self, here: &Place) -> Option<(&'static Procedure, Vec<&'static Step>)> {
        let procedure = self.procedure_on(Some(here))?;
        let seen = self.procedures.get(&procedure.id).map(|progress| &progress.seen);
        // By the steps of all editions: a step is known by its id, whichever edition is followed.
        let steps = procedure.editions.iter().flat_map(|edition| &edition.steps);
        let is_new =
            |step: &&Step| step.reached.contains(here) && seen.is_none_or(|seen| !seen.contains(&step.id));
        let reached: Vec<_> = steps.filter(is_new).collect();
        (!reached.is_empty()).then_some((procedure, reached))
    }

    fn progress_mut(&mut self, procedure: &str) -> &mut Progress {
        self.procedures.entry(procedure.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Place {
        Place::from(text.to_owned())
    }

    fn tick(step: &str, done: bool) -> Change {
        Change::Tick { procedure: "renewal".to_owned(), step: step.to_owned(), done }
    }

    fn in_renewal() -> Notebook {
        Notebook { current: Some("renewal".to_owned()), ..Notebook::default() }
    }

    #[test]
    fn the_next_screen_ticks_the_step_before_in_the_users_procedure_only() {
        let mut notebook = in_renewal();
        assert!(!notebook.visit(&place("portal.login")), "nothing is done yet");
        assert!(notebook.visit(&place("portal.form")));
        assert!(notebook.progress("renewal").is_done("enter"));
        assert!(!notebook.progress("first-application").is_done("enter"));
        assert!(!notebook.visit(&place("portal.form")), "known already");
    }

    #[test]
    fn the_users_word_counts_more_than_a_screens() {
        let mut notebook = in_renewal();
        notebook.take(&tick("enter", false));
        notebook.visit(&place("portal.form"));
        assert!(!notebook.progress("renewal").is_done("enter"));
        notebook.take(&tick("enter", true));
        assert!(notebook.progress("renewal").is_done("enter"));
    }

    #[test]
    fn start_again_takes_all_ticks_of_one_procedure_away() {
        let mut notebook = in_renewal();
        notebook.take(&tick("print", true));
        notebook.visit(&place("portal.form"));
        notebook.take(&Change::Tick { procedure: "lost".to_owned(), step: "call".to_owned(), done: true });
        notebook.take(&Change::StartAgain { procedure: "renewal".to_owned() });
        assert_eq!(notebook.progress("renewal"), Progress::default());
        assert!(notebook.progress("lost").is_done("call"));
    }

    #[test]
    fn a_screen_of_one_procedure_says_which_it_is() {
        let notebook = in_renewal();
        let on = |text| notebook.procedure_on(Some(&place(text))).map(|procedure| procedure.id.as_str());
        assert_eq!(on("kartokuyucu.form"), Some("card-reader"));
        assert_eq!(on("nesbireysel.unlock"), Some("unlock"));
        assert_eq!(on("portal.form"), Some("renewal"));
        let nobody = Notebook::default();
        assert!(nobody.procedure_on(Some(&place("portal.form"))).is_none());
        assert!(nobody.procedure_on(None).is_none());
    }

    #[test]
    fn on_a_screen_of_others_the_users_own_procedure_is_not_spoken_of() {
        let notebook = Notebook { current: Some("unlock".to_owned()), ..Notebook::default() };
        let at = |text| notebook.procedure_at(&place(text)).map(|procedure| procedure.id.as_str());
        assert_eq!(at("sanalpos.query"), None, "lost cards and card readers are paid there");
        assert_eq!(at("onlineislemler.menu"), Some("unlock"));
        assert_eq!(at("info.faq"), Some("unlock"), "nobody's page");
    }

    #[test]
    fn what_is_stored_is_read_again_also_by_an_older_version() {
        let mut notebook = in_renewal();
        notebook.take(&Change::Role { role: Role::OtherStaff });
        notebook.take(&tick("print", true));
        let stored = serde_json::to_value(&notebook).unwrap();
        assert_eq!(serde_json::from_value::<Notebook>(stored.clone()).unwrap(), notebook);
        let mut newer = stored;
        newer["added"] = 1.into();
        newer["procedures"]["renewal"]["added"] = 1.into();
        assert_eq!(serde_json::from_value::<Notebook>(newer).unwrap(), notebook);
        assert_eq!(serde_json::from_str::<Notebook>("{}").unwrap(), Notebook::default());
    }

    #[test]
    fn changes_travel_as_plain_messages() {
        let json =
            serde_json::json!({"change": "tick", "procedure": "renewal", "step": "print", "done": true});
        assert_eq!(serde_json::from_value::<Change>(json).unwrap(), tick("print", true));
        assert!(serde_json::from_str::<Change>(r#"{"change": "start-again"}"#).is_err());
        assert!(serde_json::from_str::<Change>(r#"{"change": "forget"}"#).is_err());
    }
}
