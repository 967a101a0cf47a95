//! Views of the side panel, and requests for one.

use serde::{Deserialize, Serialize};

/// A view of the side panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RequestedView {
    /// The card and the list of procedures.
    Card,
    /// The steps of the user's procedure.
    Guide,
}

/// The worker's request for a view, which the panel takes from `storage.session`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ViewRequest {
    /// The view to show.
    pub view: RequestedView,
    /// The id of the window; each window has its own panel.
    pub window: i32,
    /// The id of the tab in which the user requests the view. A panel in a window of its own shows the steps
    /// for this tab.
    pub tab: i32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn view_requests_name_the_window_and_the_tab() {
        let json = r#"{"view":"guide","window":7,"tab":8}"#;
        let request = ViewRequest { view: RequestedView::Guide, window: 7, tab: 8 };
        assert_eq!(serde_json::to_string(&request).unwrap(), json);
        assert_eq!(serde_json::from_str::<ViewRequest>(json).unwrap(), request);
    }
}
