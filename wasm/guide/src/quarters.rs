//! The quarters of all districts, which the check of addresses uses once they are provided.
//!
//! They are a file of their own (docs/decisions/0121-quarters-as-a-file.md). The caller loads it when
//! [`crate::wants_quarters`] says so; until then, and where it cannot be loaded, quarters are not checked.

use eimza_address::Quarters;
use std::cell::Cell;

thread_local! {
    static QUARTERS: Cell<Option<&'static Quarters>> = const { Cell::new(None) };
}

/// Provides the quarters for as long as the program runs: the content of the extension's file `wasm/quarters`. A
/// file that is not valid has none.
pub fn provide_quarters(packed: &[u8]) {
    provide(Quarters::unpack(packed));
}

pub(crate) fn provide(quarters: Quarters) {
    QUARTERS.set(Some(Box::leak(Box::new(quarters))));
}

/// Returns the quarters, if they were provided.
pub(crate) fn quarters() -> Option<&'static Quarters> {
    QUARTERS.get()
}
