//! What to do with a card at the end of a transaction or connection.

/// What happens to a card at the end of a connection or a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// Nothing.
    LeaveCard,
    /// It is reset.
    ResetCard,
}
