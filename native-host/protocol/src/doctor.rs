//! What keeps a card from being unlocked, part by part.

use crate::Problem;
use serde::{Deserialize, Serialize};

/// What was found on this computer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnostics {
    /// Part by part, from the card to the browser.
    pub findings: Vec<Diagnostic>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnostic {
    /// What was looked at.
    pub part: Part,
    /// Which of several: a reader's or browser's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is wrong with it; none where it is well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// The parts between the card and the extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The smart-card service.
    Service,
    /// A card reader.
    Reader,
    /// The card in a reader.
    Card,
    /// The window for codes.
    Window,
    /// A browser's way to the host.
    Browser,
}

impl Part {
    /// The key of its name.
    #[must_use]
    pub fn name_key(self) -> &'static str {
        match self {
            Self::Service => "doctor_service",
            Self::Reader => "panel_reader",
            Self::Card => "panel_card",
            Self::Window => "doctor_window",
            Self::Browser => "doctor_browser",
        }
    }
}

impl Diagnostic {
    /// Whether what was found may be no fault at all: on most computers nobody's card is in the reader.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        matches!(self.problem, Some(Problem::Confined | Problem::NoReader | Problem::NoCard))
    }
}
