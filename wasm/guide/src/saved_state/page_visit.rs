//! A visit to a known screen.

use crate::screen_id::ScreenId;
use eimza_payment::PriceList;
use serde::{Deserialize, Serialize};

/// A visit to a known screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PageVisit {
    /// The screen.
    pub screen: ScreenId,
    /// The page's URL without query, fragment and session id.
    pub address: String,
    /// The prices that the page lists.
    #[serde(default)]
    pub prices: PriceList,
}
