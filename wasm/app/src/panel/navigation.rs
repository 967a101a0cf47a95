//! The views of the side panel.

/// What the side panel shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// The card, and all procedures.
    #[default]
    Start,
    /// The procedure with this id.
    Procedure(String),
}

/// Where a change of the view came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NavigationSource {
    /// A control of the panel.
    Panel,
    /// A button in a page.
    Page,
}
