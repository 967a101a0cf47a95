//! Updates of the saved state: by the user, and by the screens that they visit.

use super::change::Change;
use super::page_visit::PageVisit;
use super::progress::ProcedureProgress;
use super::state::{IMPORTED_PREFIX, SavedState};
use crate::institution::ImportedProfile;
use crate::procedure::{Procedure, Step};
use crate::screen_id::ScreenId;
use eimza_payment::Day;
use eimza_reminder::Reminder;

/// The maximum number of imported profiles; importing another removes the oldest.
const MAX_IMPORTED: usize = 8;

impl SavedState {
    /// Applies a change.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Role { role } => self.role = Some(*role),
            Change::Current { procedure } => self.current.clone_from(procedure),
            Change::Institution { institution } => self.institution.clone_from(institution),
            Change::Import { profile } => self.import(profile),
            Change::Forget { id } => {
                self.imported.retain(|profile| profile.id != *id);
                if self.selected_import() == Some(id) {
                    self.institution = None;
                }
            }
            Change::Edition { procedure, edition } => {
                self.progress_mut(procedure).edition = Some(edition.clone());
            }
            Change::Tick { procedure, step, done } => {
                self.progress_mut(procedure).tick(step, *done);
            }
            Change::NotNeeded { procedure, step, not_needed } => {
                self.progress_mut(procedure).set_not_needed(step, *not_needed);
            }
            Change::Signing { procedure, step, signing } => {
                let progress = self.progress_mut(procedure);
                progress.signing = Some(*signing);
                progress.tick(step, true);
            }
            Change::StartAgain { procedure } => {
                let progress = self.progress_mut(procedure);
                let edition = progress.edition.take();
                *progress = ProcedureProgress { edition, ..ProcedureProgress::default() };
            }
            Change::Remind { ends, today } => self.reminder = Some(Reminder::new(*ends, *today)),
            Change::ForgetReminder => self.reminder = None,
        }
    }

    /// Adds a profile and selects it; does nothing where the text is not a valid profile.
    fn import(&mut self, text: &str) {
        let profile = ImportedProfile::from(text.to_owned());
        if profile.institution.is_err() {
            return;
        }
        let id = profile.id.clone();
        self.imported.retain(|known| known.id != id);
        if self.imported.len() >= MAX_IMPORTED {
            self.imported.remove(0);
        }
        self.institution = Some(format!("{IMPORTED_PREFIX}{id}"));
        self.imported.push(profile);
    }

    /// Records a visit: ticks the steps that must be done before the screen appears, and stores the prices on
    /// it. Returns whether that changed anything.
    pub fn record_visit(&mut self, visit: &PageVisit, today: Day) -> bool {
        let before = self.clone();
        if let Some((procedure, reached)) = self.newly_reached(&visit.screen) {
            self.progress_mut(&procedure.id).by_screen.extend(reached.iter().map(|step| step.id.clone()));
        }
        self.prices.record(&visit.prices, &visit.address, today);
        *self != before
    }

    /// Returns whether [`Self::record_visit`] would change anything.
    #[must_use]
    pub fn would_record(&self, visit: &PageVisit, today: Day) -> bool {
        self.clone().record_visit(visit, today)
    }

    /// Returns the steps that this screen proves to be done and that are not recorded yet, with their
    /// procedure.
    fn newly_reached(&self, screen: &ScreenId) -> Option<(&'static Procedure, Vec<&'static Step>)> {
        let procedure = self.active_procedure(Some(screen))?;
        let known = self.procedures.get(&procedure.id).map(|progress| &progress.by_screen);
        // Steps of all editions: a step keeps its id whichever edition the user follows.
        let steps = procedure.editions.iter().flat_map(|edition| &edition.steps);
        let is_new = |step: &&Step| {
            step.reached.contains(screen) && known.is_none_or(|known| !known.contains(&step.id))
        };
        let reached: Vec<_> = steps.filter(is_new).collect();
        (!reached.is_empty()).then_some((procedure, reached))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_is_replaced_by_another_end_and_goes_when_it_is_forgotten() {
        let day = |text| Day::parse(text).unwrap();
        let mut saved_state = SavedState::default();
        let remind = |ends| Change::Remind { ends: day(ends), today: day("2026-11-26") };
        saved_state.apply(&remind("2027-01-10"));
        saved_state.apply(&remind("2029-11-25"));
        assert_eq!(saved_state.reminder.as_ref().map(Reminder::ends), Some(day("2029-11-25")));
        saved_state.apply(&Change::ForgetReminder);
        assert_eq!(saved_state, SavedState::default());
        let stored = serde_json::to_value(&saved_state).unwrap();
        assert_eq!(stored.get("reminder"), None, "nothing is left in the storage");
    }

    #[test]
    fn changes_are_serialized_as_tagged_objects() {
        let json =
            serde_json::json!({"change": "tick", "procedure": "renewal", "step": "print", "done": true});
        assert_eq!(
            serde_json::from_value::<Change>(json).unwrap(),
            Change::Tick { procedure: "renewal".to_owned(), step: "print".to_owned(), done: true }
        );
        assert!(serde_json::from_str::<Change>(r#"{"change": "start-again"}"#).is_err());
        assert!(serde_json::from_str::<Change>(r#"{"change": "forget"}"#).is_err());
    }
}
