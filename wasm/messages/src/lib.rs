//! Messages between content script, service worker and extension pages, defined once for both languages: the
//! TypeScript types of the scripts are generated from these (`cargo xtask docs`).
//!
//! Messages between the extension and the native host are in the crate `eimza-protocol`.

mod answer;
mod port;
mod reminder;
mod sheet;
mod view;

pub use answer::{Answer, GuideLine, LocalizedHint, OverlayTexts};
pub use port::PortMessage;
pub use reminder::{NotificationText, ReminderDisplay};
pub use sheet::Sheet;
pub use view::{RequestedView, ViewRequest};

use eimza_guide::{Change, PageSnapshot, ScreenId};
use serde::{Deserialize, Serialize};

/// A message of `chrome.runtime.sendMessage` or `chrome.tabs.sendMessage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ExtensionMessage {
    /// Content script to worker: asks for the hints on a page. The answer is an [`Answer`], or null where the
    /// snapshot is malformed or of another origin. Never sent by Rust code.
    #[serde(skip_serializing)]
    Advise {
        /// The page.
        snapshot: PageSnapshot,
    },
    /// Content script to worker: opens the panel beside the page, or in a window of its own. Not answered.
    OpenPanel {
        /// The view to open.
        view: RequestedView,
    },
    /// Content script to worker: asks whether the user folded the corner panel. The answer is a boolean.
    GetFolded,
    /// Content script to worker: stores whether the user folded the corner panel. Not answered.
    SetFolded {
        /// Whether it is folded.
        folded: bool,
    },
    /// Worker to the content scripts: language, saved state or policy have changed, so that hints may have, too.
    /// Not answered.
    SettingsChanged,
    /// Extension page to worker: applies a change to the saved state. The answer is whether it was stored.
    ApplyChange {
        /// The change.
        change: Change,
    },
    /// Worker to panel: reports the screen in a frame of a tab. Not answered.
    SetPage {
        /// The tab's id.
        tab: i32,
        /// Its screen; none for an unknown page. Another frame of the tab may show a known one.
        screen: Option<ScreenId>,
    },
    /// Panel to the content scripts of a tab: asks for the screen. One that recognised a screen answers with its
    /// [`ScreenId`]; the others do not answer.
    GetPage,
    /// Printed sheet to panel: asks for its content. The answer has the [`Sheet`] or null as `sheet`, and the id of
    /// the panel's window as `window`.
    GetTransferSheet,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Result<ExtensionMessage, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn messages_are_tagged_by_type() {
        let messages = [
            (
                ExtensionMessage::OpenPanel { view: RequestedView::Guide },
                r#"{"type":"openPanel","view":"guide"}"#,
            ),
            (
                ExtensionMessage::ApplyChange { change: Change::Forget { id: "a".to_owned() } },
                r#"{"type":"applyChange","change":{"change":"forget","id":"a"}}"#,
            ),
            (
                ExtensionMessage::SetPage { tab: 7, screen: Some(ScreenId::from("a/b".to_owned())) },
                r#"{"type":"setPage","tab":7,"screen":"a/b"}"#,
            ),
            (ExtensionMessage::GetFolded, r#"{"type":"getFolded"}"#),
            (ExtensionMessage::SetFolded { folded: true }, r#"{"type":"setFolded","folded":true}"#),
            (ExtensionMessage::SettingsChanged, r#"{"type":"settingsChanged"}"#),
            (ExtensionMessage::GetPage, r#"{"type":"getPage"}"#),
            (ExtensionMessage::GetTransferSheet, r#"{"type":"getTransferSheet"}"#),
        ];
        for (message, json) in messages {
            assert_eq!(serde_json::to_string(&message).unwrap(), json);
            assert_eq!(parse(json).unwrap(), message);
        }
    }

    #[test]
    fn unknown_types_and_fields_are_rejected() {
        for json in [
            r#"{"type":"unlock"}"#,
            r#"{"type":"openPanel","view":"guide","more":1}"#,
            r#"{"type":"openPanel","view":"host"}"#,
            r#"{"type":"advise","snapshot":{"url":"https://example.org/","pin":"1234"}}"#,
        ] {
            assert!(parse(json).is_err(), "{json}");
        }
    }
}
