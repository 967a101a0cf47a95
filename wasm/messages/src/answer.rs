//! The worker's answer to a snapshot: what the content script draws.

use eimza_guide::{Action, Fix, PageVisit, ScreenId, Severity};
use serde::Serialize;

/// The answer to a snapshot, in the user's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Answer {
    /// The recognised page's id; none for an unknown page, on which nothing is drawn.
    pub page: Option<String>,
    /// The page and its screen.
    pub screen: Option<ScreenId>,
    /// The visit to record in the saved state; absent where nothing would change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub visit: Option<PageVisit>,
    /// The texts of the overlay itself.
    pub texts: OverlayTexts,
    /// The hints in reading order.
    pub hints: Vec<LocalizedHint>,
    /// Which step of which procedure this page is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub guide: Option<GuideLine>,
}

/// The texts of the overlay itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OverlayTexts {
    /// The product's name.
    pub product: String,
    /// Folds the corner panel or a hint card.
    pub fold: String,
    /// Unfolds the corner panel.
    pub unfold: String,
    /// Applies the preferred fix of every finding in a field.
    pub fix_all: String,
    /// Copies the corrected text of a field that cannot be written to.
    pub copy: String,
    /// The text was copied.
    pub copied: String,
    /// Dismisses a piece of advice.
    pub dismiss: String,
    /// "Findings", before their number.
    pub findings: String,
    /// Names a badge without findings.
    pub tip: String,
    /// Advises to reload the page, once the extension was updated or removed. No worker can be asked for it then.
    pub reload: String,
    /// Describes a card: which keys lead into it and out of it.
    pub keys: String,
}

/// A hint in the user's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LocalizedHint {
    /// A stable id such as `address.abbreviation`.
    pub id: String,
    /// The `ref` of the field or button that it belongs to; none for the whole page.
    pub anchor: Option<String>,
    /// Its severity.
    pub severity: Severity,
    /// The sentence.
    pub text: String,
    /// Alternative replacements of one and the same range, the preferred one first.
    pub fixes: Vec<Fix>,
    /// The action of the button beside the hint.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub action: Option<Action>,
    /// The text on that button.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub action_text: Option<String>,
    /// Whether the hint waits until its field has the focus.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub quiet: bool,
}

/// The line below a page's hints, with a button that opens the steps in the side panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GuideLine {
    /// The sentence.
    pub text: String,
    /// The text on the button.
    pub action_text: String,
}
