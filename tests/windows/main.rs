//! Tests of the Windows program, its dialogs and its installer under Wine. Run by `cargo xtask test`, which
//! provides a Wine prefix, a display, and the built programs. There are no cards: Wine's smart-card library
//! refuses every call.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

#[path = "../host/support/browser.rs"]
mod browser;
mod dialog;
mod doctor;
mod installer;
mod module;
mod program;
mod registration;
mod screen;
mod wine;
