//! Whether only the administrator can change what a path names.
//!
//! Used before a program is registered for all users, and before a library is loaded.

mod fault;
#[cfg(unix)]
mod unix;

pub use fault::PathFault;
#[cfg(unix)]
pub use unix::TrustedOwners;
