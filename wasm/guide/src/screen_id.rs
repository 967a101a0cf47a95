//! The id of a screen: a page and its state.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A page and one of its screens; written `page` or `page/screen`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
pub struct ScreenId {
    /// The page's id.
    pub page: String,
    /// The screen; none for the first one.
    pub screen: Option<String>,
}

impl From<String> for ScreenId {
    fn from(text: String) -> Self {
        match text.split_once('/') {
            Some((page, screen)) => Self { page: page.to_owned(), screen: Some(screen.to_owned()) },
            None => Self { page: text, screen: None },
        }
    }
}

impl From<ScreenId> for String {
    fn from(id: ScreenId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for ScreenId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.page)?;
        self.screen.iter().try_for_each(|screen| write!(out, "/{screen}"))
    }
}
