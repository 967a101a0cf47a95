//! The Windows program, its windows and its installer under Wine. Run by `cargo xtask test`, which brings Wine with a
//! folder of its own, a display, and what is tried. A card cannot be had there: Wine's smart-card library refuses
//! everything.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

#[path = "../host/support/browser.rs"]
mod browser;
mod dialog;
mod doctor;
mod installer;
mod program;
mod registration;
mod screen;
mod wine;
