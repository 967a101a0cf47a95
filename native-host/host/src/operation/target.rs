//! The card that an operation acts on.

use eimza_card::{Card, CodeState};
use eimza_display_text::DisplayText;

/// The card that an operation acts on.
pub struct TargetCard<'a> {
    /// The opened card.
    pub card: &'a Card,
    /// The state of the old code, as shown to the user.
    pub state: CodeState,
    /// The name of its reader.
    pub reader: &'a DisplayText,
}
