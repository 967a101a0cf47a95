//! The changes that a user can make to the saved state.

use crate::user_context::{Role, Signing};
use eimza_payment::Day;
use serde::{Deserialize, Serialize};

/// A change that the user makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
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
    /// Says that a step is not needed, or that it is needed after all. Its tick is cleared.
    NotNeeded {
        /// The procedure's id.
        procedure: String,
        /// The step's id.
        step: String,
        /// Whether it is not needed.
        not_needed: bool,
    },
    /// Sets how the user signs the application, which ticks the step.
    Signing {
        /// The procedure's id.
        procedure: String,
        /// The id of the step in which they choose it.
        step: String,
        /// What they choose.
        signing: Signing,
    },
    /// Clears everything that the user said about the steps of a procedure; its edition stays.
    StartAgain {
        /// The procedure's id.
        procedure: String,
    },
    /// Remembers the end of the user's certificate. Another end is replaced.
    Remind {
        /// The last valid day.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        ends: Day,
        /// The day on which the user agrees to it.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        today: Day,
    },
    /// Forgets the end of the user's certificate.
    ForgetReminder,
}
