//! Texts that come from cards, readers, other programs, files and the environment, cleaned for display.
//!
//! Such a text could imitate our own: with line breaks it draws lines of the prompt, with bidirectional
//! controls it reorders them, with escape sequences it controls the terminal, and with length or stacked
//! marks it covers them. [`DisplayText`] is a text that cannot, and [`ScreenText`] is what is composed of our
//! own sentences and such texts; only they are shown.
#![no_std]

extern crate alloc;

mod clean;
mod display_text;
mod screen_text;

pub use display_text::DisplayText;
pub use screen_text::ScreenText;
