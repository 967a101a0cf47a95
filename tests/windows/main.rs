//! Tests of the Windows program, its dialogs and its installer under Wine. Run by `cargo xtask test`, which
//! provides a Wine prefix, a display, a smart-card service and the built programs.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod accessibility;
mod dialog;
mod doctor;
mod installer;
mod module;
mod program;
mod registration;
mod screen;
#[path = "../host/support/mod.rs"]
mod support;
mod wine;
