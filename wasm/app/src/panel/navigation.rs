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

/// What a button that the content script drew asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestedView {
    Card,
    Guide,
}

/// Party changed the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NavigationSource {
    /// A control of the panel.
    Panel,
    /// A button in a page.
    Page,
}
