//! Keeps codes out of swap, core dumps and abandoned buffers.
//!
//! [`LockedBuffer`] holds a code in memory that is not swapped out; [`LentBytes`] passes one to a call that
//! may never return, and can still wipe it; [`forbid_dumps`] protects the whole process.

mod lent_bytes;
mod locked_buffer;
mod page;
#[cfg(unix)]
mod unix_process;
#[cfg(windows)]
mod windows_process;

pub use lent_bytes::LentBytes;
pub use locked_buffer::LockedBuffer;
#[cfg(unix)]
pub use unix_process::forbid_dumps;
#[cfg(windows)]
pub use windows_process::forbid_dumps;
