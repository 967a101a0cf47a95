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

/// Party changed the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NavigationSource {
    /// A control of the panel.
    Panel,
    /// A button in a page.
    Page,
}
