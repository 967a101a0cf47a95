//! A modal Win32 dialog with text, fields for codes and two buttons. The only crate of the product with
//! unsafe code.
//!
//! The layout and the dialog template need no Windows and are tested on every system; [`show`] needs it.

#[cfg(windows)]
mod dialog;
mod form;
#[cfg(any(windows, test))]
mod layout;
#[cfg(any(windows, test))]
mod template;

#[cfg(windows)]
pub use dialog::{Outcome, has_desktop, show};
pub use form::Form;
