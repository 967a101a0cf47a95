//! The effects that a section can request.

use crate::panel::navigation::View;
use eimza_guide::Change;
use eimza_payment::Payer;
use eimza_protocol::{Lang, Request};

/// An effect that a section requests. `M` is the type of the section's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect<M> {
    /// Shows a view.
    Navigate(View),
    /// Applies a change to the saved state, and has the service worker store it.
    SaveChange(Change),
    /// Switches the language, and stores it.
    SetLanguage(Lang),
    /// Connects to the native host. An open connection is closed first: two hosts would compete for the card.
    ConnectHost,
    /// Closes the connection to the native host.
    DisconnectHost,
    /// Sends a request to the native host.
    SendToHost(Request),
    /// Sends a message after a time. A running timer of the same name is replaced.
    StartTimer { name: &'static str, milliseconds: u32, message: M },
    /// Stops the timer of this name.
    StopTimer(&'static str),
    /// Copies a text to the clipboard, and sends one of the messages.
    CopyText { text: String, copied: M, failed: M },
    /// Remembers the payer in local storage, or removes them from it.
    StorePayer(Option<Payer>),
    /// Opens the side panel, from a page of the extension in a tab.
    OpenPanel,
    /// Has the browser save a text as a file.
    SaveFile { name: String, kind: &'static str, text: String },
    /// Scrolls to an element and focuses a control in it, after the page was drawn.
    ScrollTo { region: String, control: String },
    /// Asks the user whether notifications may be shown, and sends a message if they may not.
    RequestNotifications { refused: M },
}

impl<M> Effect<M> {
    /// Converts the messages of the effect.
    pub(crate) fn map<N>(self, wrap: fn(M) -> N) -> Effect<N> {
        match self {
            Self::Navigate(view) => Effect::Navigate(view),
            Self::SaveChange(change) => Effect::SaveChange(change),
            Self::SetLanguage(lang) => Effect::SetLanguage(lang),
            Self::ConnectHost => Effect::ConnectHost,
            Self::DisconnectHost => Effect::DisconnectHost,
            Self::SendToHost(request) => Effect::SendToHost(request),
            Self::StartTimer { name, milliseconds, message } => {
                Effect::StartTimer { name, milliseconds, message: wrap(message) }
            }
            Self::StopTimer(name) => Effect::StopTimer(name),
            Self::CopyText { text, copied, failed } => {
                Effect::CopyText { text, copied: wrap(copied), failed: wrap(failed) }
            }
            Self::StorePayer(payer) => Effect::StorePayer(payer),
            Self::OpenPanel => Effect::OpenPanel,
            Self::SaveFile { name, kind, text } => Effect::SaveFile { name, kind, text },
            Self::ScrollTo { region, control } => Effect::ScrollTo { region, control },
            Self::RequestNotifications { refused } => Effect::RequestNotifications { refused: wrap(refused) },
        }
    }
}
