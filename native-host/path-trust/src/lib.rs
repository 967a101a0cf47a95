//! Whether only the administrator can change what a path names.
//!
//! Used before a program is registered for all users, and before a library is loaded.

mod fault;
#[cfg(any(windows, test))]
mod security_descriptor;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use fault::PathFault;
#[cfg(unix)]
pub use unix::TrustedOwners;
#[cfg(windows)]
pub use windows::TrustedOwners;
