//! Who the user is, what they want and where they sit: what guidance may depend on.

use eimza_payment::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who the user is: it decides who pays and what goes where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Role {
    /// "Aile hekimi".
    FamilyPhysician,
    /// "Aile hekimliği haricindeki personel".
    OtherStaff,
}

impl Role {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::FamilyPhysician, Self::OtherStaff];

    /// As it is written in data and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FamilyPhysician => "family-physician",
            Self::OtherStaff => "other-staff",
        }
    }

    /// Locale key of what they are called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::FamilyPhysician => "panel_role_family_physician",
            Self::OtherStaff => "panel_role_other_staff",
        }
    }
}

/// The operating system, as far as a step depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Os {
    /// Microsoft Windows.
    Windows,
    /// Linux, among it Pardus.
    Linux,
    /// Apple macOS.
    Macos,
    /// Anything else that a browser runs on.
    Other,
}

impl Os {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Windows, Self::Linux, Self::Macos, Self::Other];

    /// From the browser's word for it: `runtime.PlatformOs` of the WebExtensions interface.
    #[must_use]
    pub fn from_platform(platform: &str) -> Self {
        match platform {
            "win" => Self::Windows,
            "linux" => Self::Linux,
            "mac" => Self::Macos,
            _ => Self::Other,
        }
    }

    /// As it is written in data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::Linux => "linux",
            Self::Macos => "macos",
            Self::Other => "other",
        }
    }
}

/// What surrounds the user; nothing of it need be known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Environment {
    /// What they sit at.
    pub os: Option<Os>,
    /// What day it is.
    pub today: Option<Day>,
}

/// What is known of the user; nothing of it need be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserContext {
    /// Who they are.
    pub role: Option<Role>,
    /// The id of the procedure that they are in.
    pub procedure: Option<String>,
    /// What they sit at.
    pub os: Option<Os>,
    /// Whether they pay their institution themselves.
    pub pays: Option<bool>,
    /// Ids of the procedure's steps that are done.
    pub done: BTreeSet<String>,
}

/// Stands for being in no procedure.
pub(crate) const NONE: &str = "none";

/// A condition. Every list that is not empty must name what is so; what is not known is in no list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    /// Ids of procedures; [`NONE`] for being in none.
    pub procedures: Vec<String>,
    /// Who the user is.
    pub roles: Vec<Role>,
    /// Operating systems.
    pub os: Vec<Os>,
    /// Whether the user pays their institution themselves.
    pub pays: Option<bool>,
    /// Steps of the procedure that are done, each of them.
    pub done: Vec<String>,
    /// Steps of the procedure that are not done, none of them.
    pub undone: Vec<String>,
}

impl Condition {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, user_context: &UserContext) -> bool {
        let procedure = user_context.procedure.as_deref().unwrap_or(NONE);
        (self.procedures.is_empty() || self.procedures.iter().any(|id| id == procedure))
            && fits(&self.roles, user_context.role.as_ref())
            && fits(&self.os, user_context.os.as_ref())
            && self.pays.is_none_or(|pays| user_context.pays == Some(pays))
            && self.done.iter().all(|step| user_context.done.contains(step))
            && !self.undone.iter().any(|step| user_context.done.contains(step))
    }
}

fn fits<T: PartialEq>(wanted: &[T], given: Option<&T>) -> bool {
    wanted.is_empty() || given.is_some_and(|given| wanted.contains(given))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_on_something_unknown_does_not_hold() {
        let only_physicians = Condition { roles: vec![Role::FamilyPhysician], ..Condition::default() };
        assert!(!only_physicians.holds(&UserContext::default()));
        let role = Some(Role::FamilyPhysician);
        assert!(only_physicians.holds(&UserContext { role, ..UserContext::default() }));
        assert!(Condition::default().holds(&UserContext::default()));
        let pays = Condition { pays: Some(false), ..Condition::default() };
        assert!(!pays.holds(&UserContext::default()));
        assert!(pays.holds(&UserContext { pays: Some(false), ..UserContext::default() }));
    }

    #[test]
    fn a_condition_may_speak_of_steps() {
        let after = Condition {
            done: vec!["debt".to_owned()],
            undone: vec!["pay".to_owned()],
            ..Condition::default()
        };
        let with = |steps: &[&str]| UserContext {
            done: steps.iter().map(|&step| step.to_owned()).collect(),
            ..UserContext::default()
        };
        assert!(after.holds(&with(&["debt"])));
        assert!(!after.holds(&with(&[])) && !after.holds(&with(&["debt", "pay"])));
    }

    #[test]
    fn names_are_those_of_the_data() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
        for os in Os::ALL {
            assert_eq!(serde_json::to_value(os).unwrap(), os.name());
        }
    }
}
