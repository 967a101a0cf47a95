//! Tests of the module route: the host with modules that others wrote, and with one that misbehaves on order,
//! each mounted at a path where the maker of AKİS installs its own. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod diagnosis;
mod driver;
mod faults;
mod helper;
mod interruption;
mod matching;
mod operations;
mod questions;
mod secrecy;
#[path = "../host/support/mod.rs"]
mod support;
mod third_party;
mod trust;

use support::VirtualCard;

/// A card whose unblock command no source confirms, with a blocked PIN.
const UNCONFIRMED_CARD: [&str; 4] = ["--profile", "akis-2x", "--pin-tries", "0"];

fn insert_unconfirmed_card() -> VirtualCard {
    VirtualCard::insert(&UNCONFIRMED_CARD)
}

/// Asserts that a card received no command with a code: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER.
fn assert_no_code_in_commands(card: &VirtualCard) {
    for instruction in ["20", "24", "2C"] {
        assert!(!card.received(instruction), "{:#?}", card.log());
    }
}
