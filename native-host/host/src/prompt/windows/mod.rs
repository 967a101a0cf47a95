//! Asking in a window of our own on Windows, where no program like `pinentry` can be counted on.

#[cfg(windows)]
mod dialog;
mod form;
mod layout;
mod template;
#[cfg(windows)]
mod window;

#[cfg(windows)]
pub use window::{Prompt, Starting};
