//! What is known about a card without entering a code.

use crate::{Cardholder, Certificate, CodeFormat, CodeKind, Consent, Route};
use eimza_display_text::DisplayText;

/// An e-signature card in a reader, as it describes itself.
#[derive(Clone)]
pub struct CardDescription {
    /// The name of its reader.
    pub reader: DisplayText,
    /// The name of its family.
    pub family: DisplayText,
    /// Whether nothing distinguishes it from an identity card: its family includes them, and it has no
    /// certificate.
    pub may_be_identity_card: bool,
    /// Whether a source states which command unblocks cards of its family.
    pub unblock_command_is_certain: bool,
    /// The cardholder's certificates, those for signing first.
    pub certificates: Vec<Certificate>,
    /// The cardholder's details, for checking new codes. They never leave the host.
    pub cardholder: Cardholder,
    /// Whether the rules below, and which codes are meant, come from the card; otherwise they are assumed.
    pub codes_are_from_card: bool,
    /// The rules for the PIN.
    pub pin: CodeRules,
    /// The rules for the PUK.
    pub puk: CodeRules,
    /// The route that codes will take.
    pub route: Route,
    /// What the user has to agree to, each explicitly, before any code is asked for.
    pub consents: Vec<Consent>,
}

/// The rules for one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRules {
    /// Its length and characters.
    pub format: CodeFormat,
    /// Whether it can be changed by entering the current one.
    pub is_changeable: bool,
}

impl CardDescription {
    /// Returns the rules for a code.
    #[must_use]
    pub fn rules(&self, code: CodeKind) -> &CodeRules {
        match code {
            CodeKind::Pin => &self.pin,
            CodeKind::Puk => &self.puk,
        }
    }
}
