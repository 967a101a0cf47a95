//! What the worker shows of the remembered end of a certificate.

use serde::Serialize;

/// What the browser shows of the remembered end of a certificate, in the user's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ReminderDisplay {
    /// The text on the toolbar button; empty for none.
    pub badge: String,
    /// The tooltip of the toolbar button.
    pub title: String,
    /// The notification to show now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub notification: Option<NotificationText>,
    /// The time of the next check, in milliseconds since 1970 (UTC); absent where no end is remembered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub next_check: Option<u64>,
}

/// The text of a notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NotificationText {
    /// Its title.
    pub title: String,
    /// Its message.
    pub message: String,
}
