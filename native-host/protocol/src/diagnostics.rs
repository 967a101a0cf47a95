//! The diagnosis of an installation, part by part from the card to the browser.

use crate::{CardRoute, Problem};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The result of `doctor`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnostics {
    /// One diagnostic for each part, from the card to the browser.
    pub findings: Vec<Diagnostic>,
}

/// The diagnosis of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnostic {
    /// The part.
    pub part: Part,
    /// The name of the reader or browser, for parts of which there may be several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The fault; `None` if the part works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// Of a card: the way that codes take to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<CardRoute>,
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
    /// The PKCS#11 module of the cards' maker.
    Module,
    /// The prompt for codes.
    Window,
    /// The registration of the host in a browser.
    Browser,
}

impl Part {
    /// Returns the message key of its name.
    #[must_use]
    pub fn name_key(self) -> &'static str {
        match self {
            Self::Service => "doctor_service",
            Self::Reader => "panel_reader",
            Self::Card => "panel_card",
            Self::Module => "doctor_module",
            Self::Window => "doctor_window",
            Self::Browser => "doctor_browser",
        }
    }
}

impl Diagnostic {
    /// Returns whether the problem may be harmless, such as an empty reader, or has another way out.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        matches!(
            self.problem,
            Some(
                Problem::Confined
                    | Problem::NoReader
                    | Problem::NoCard
                    | Problem::ModuleMissing
                    | Problem::ModuleUnsafe { .. }
                    | Problem::ModuleFailed
            )
        )
    }
}
