//! A modal Win32 dialog with text, fields for codes and two buttons, and the search path of libraries. One
//! of the two crates of the product with unsafe code.
//!
//! The layout and the dialog template need no Windows and are tested on every system; [`show`] needs it.

#[cfg(windows)]
mod dialog;
mod form;
#[cfg(any(windows, test))]
mod layout;
#[cfg(windows)]
mod library_search;
#[cfg(any(windows, test))]
mod template;

#[cfg(windows)]
pub use dialog::{Outcome, has_desktop, show};
pub use form::Form;
#[cfg(windows)]
pub use library_search::search_libraries_in_system_folder_only;
