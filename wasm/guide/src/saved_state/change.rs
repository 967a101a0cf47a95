//! Changes that the user makes to the saved state.

use super::state::{IMPORTED_PREFIX, SavedState};
use crate::institution::ImportedProfile;
use crate::user_context::Role;
use serde::{Deserialize, Serialize};

/// The most imported profiles that are kept; importing another removes the oldest.
const MAX_IMPORTED: usize = 8;

/// A change that the user makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Change {
    /// Sets the role.
    Role {
        /// The new value.
        role: Role,
    },
    /// Sets the current procedure.
    Current {
        /// Its id; none for no procedure.
        procedure: Option<String>,
    },
    /// Selects an institution.
    Institution {
        /// The profile's id; none for no institution.
        institution: Option<String>,
    },
    /// Imports a profile and selects it. A profile of the same id is replaced.
    Import {
        /// The text of the file.
        profile: String,
    },
    /// Removes an imported profile.
    Forget {
        /// Its id, without [`super::IMPORTED_PREFIX`].
        id: String,
    },
    /// Sets the edition to follow.
    Edition {
        /// The procedure's id.
        procedure: String,
        /// The edition's id.
        edition: String,
    },
    /// Ticks or unticks a step.
    Tick {
        /// The procedure's id.
        procedure: String,
        /// The step's id.
        step: String,
        /// Whether it is done.
        done: bool,
    },
    /// Clears all ticks of a procedure; its edition stays.
    StartAgain {
        /// The procedure's id.
        procedure: String,
    },
}

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
                self.progress_mut(procedure).by_user.insert(step.clone(), *done);
            }
            Change::StartAgain { procedure } => {
                let progress = self.progress_mut(procedure);
                progress.by_user.clear();
                progress.by_screen.clear();
            }
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_travel_as_plain_messages() {
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
