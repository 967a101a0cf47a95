//! What guidance may depend on: the user's role, procedure and environment.

use eimza_payment::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The user's role, which determines who pays and where documents are submitted.
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
    /// Both roles, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::FamilyPhysician, Self::OtherStaff];

    /// Returns its name in data files and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FamilyPhysician => "family-physician",
            Self::OtherStaff => "other-staff",
        }
    }

    /// Returns the message key of its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::FamilyPhysician => "panel_role_family_physician",
            Self::OtherStaff => "panel_role_other_staff",
        }
    }
}

/// How an application is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Signing {
    /// "E-İMZA", with the certificate that the user still has.
    Electronic,
    /// "ISLAK İMZA İLE İMZALA", on paper.
    Paper,
}

impl Signing {
    /// Both ways, in the order in which the portal offers them.
    pub const ALL: [Self; 2] = [Self::Electronic, Self::Paper];

    /// Returns its name in data files and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Electronic => "electronic",
            Self::Paper => "paper",
        }
    }

    /// Returns the message key of its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Electronic => "panel_signing_electronic",
            Self::Paper => "panel_signing_paper",
        }
    }
}

/// The operating system, where steps depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Os {
    /// Microsoft Windows.
    Windows,
    /// Linux, including Pardus.
    Linux,
    /// Apple macOS.
    Macos,
    /// Any other system.
    Other,
}

impl Os {
    /// All systems.
    pub const ALL: [Self; 4] = [Self::Windows, Self::Linux, Self::Macos, Self::Other];

    /// Converts a `runtime.PlatformOs` value of the WebExtensions API.
    #[must_use]
    pub fn from_platform(platform: &str) -> Self {
        match platform {
            "win" => Self::Windows,
            "linux" => Self::Linux,
            "mac" => Self::Macos,
            _ => Self::Other,
        }
    }

    /// Returns its name in data files.
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

/// The user's environment. Any of it may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Environment {
    /// The operating system.
    pub os: Option<Os>,
    /// The current day in Turkey.
    pub today: Option<Day>,
}

/// What is known about the user. Any of it may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserContext {
    /// The role.
    pub role: Option<Role>,
    /// The id of the procedure that the user is in.
    pub procedure: Option<String>,
    /// The operating system.
    pub os: Option<Os>,
    /// Whether the user pays the institution.
    pub pays: Option<bool>,
    /// Ids of the steps of the procedure that are done.
    pub done: BTreeSet<String>,
    /// How the user signs the application of the procedure.
    pub signing: Option<Signing>,
}

/// The id that stands for no procedure in [`Condition::procedures`].
pub(crate) const NONE: &str = "none";

/// A condition on the user context. Each non-empty list must contain the actual value; an unknown value is in
/// no list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    /// Ids of procedures; `none` for no procedure.
    pub procedures: Vec<String>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Operating systems.
    pub os: Vec<Os>,
    /// Whether the user pays the institution.
    pub pays: Option<bool>,
    /// Steps of the procedure that must be done.
    pub done: Vec<String>,
    /// Steps of the procedure that must not be done.
    pub undone: Vec<String>,
    /// The way of signing that the user must have chosen.
    pub signing: Option<Signing>,
    /// The way of signing that the user must not have chosen. Where they have chosen none, this holds.
    pub not_signing: Option<Signing>,
}

impl Condition {
    /// Returns whether the condition holds.
    #[must_use]
    pub fn holds(&self, user_context: &UserContext) -> bool {
        let procedure = user_context.procedure.as_deref().unwrap_or(NONE);
        (self.procedures.is_empty() || self.procedures.iter().any(|id| id == procedure))
            && allows(&self.roles, user_context.role.as_ref())
            && allows(&self.os, user_context.os.as_ref())
            && self.pays.is_none_or(|pays| user_context.pays == Some(pays))
            && self.done.iter().all(|step| user_context.done.contains(step))
            && !self.undone.iter().any(|step| user_context.done.contains(step))
            && self.signing.is_none_or(|signing| user_context.signing == Some(signing))
            && self.not_signing.is_none_or(|signing| user_context.signing != Some(signing))
    }
}

fn allows<T: PartialEq>(allowed: &[T], actual: Option<&T>) -> bool {
    allowed.is_empty() || actual.is_some_and(|actual| allowed.contains(actual))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_on_unknown_values_do_not_hold() {
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
    fn conditions_can_require_steps() {
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
    fn names_match_the_serialized_form() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
        for os in Os::ALL {
            assert_eq!(serde_json::to_value(os).unwrap(), os.name());
        }
    }
}
