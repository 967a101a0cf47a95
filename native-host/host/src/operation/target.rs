//! The card that an operation acts on.

use eimza_card::{Card, CodeState};

/// The card that an operation acts on.
pub struct TargetCard<'a> {
    /// What is known about it.
    pub card: &'a Card,
    /// The state of the old code, as the user is told.
    pub state: CodeState,
    /// The name of its reader.
    pub reader: &'a str,
}
