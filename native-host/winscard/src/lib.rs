//! WinSCard, the smart-card library of Windows: the calls that the product makes, with every code that it returns
//! and the names of readers in UTF-16.
//!
//! The crate `pcsc` knows only the codes of PC/SC and reads names in the code page of the process
//! ([decision 0460](../../../docs/decisions/0460-winscard-crate.md)). The interface has the shape of that crate's.

#[cfg(any(windows, test))]
mod multi_string;

#[cfg(windows)]
mod card;
#[cfg(windows)]
mod context;
#[cfg(windows)]
mod disposition;
#[cfg(windows)]
mod error;
#[cfg(windows)]
mod library;
#[cfg(windows)]
mod reader_name;

#[cfg(windows)]
pub use card::{Card, Transaction};
#[cfg(windows)]
pub use context::Context;
#[cfg(windows)]
pub use disposition::Disposition;
#[cfg(windows)]
pub use error::Error;
#[cfg(windows)]
pub use library::ReaderState;
#[cfg(windows)]
pub use reader_name::ReaderName;
