//! The messages between the extension and the native host. `PROTOCOL.md` describes them.
//!
//! The host reads [`Request`]s and writes [`HostMessage`]s; the side panel does the reverse. Unknown fields and
//! commands are rejected. No message has a field for a PIN or a PUK. The crate does no I/O and reads no
//! clock; `no_std` enforces it.
#![no_std]

extern crate alloc;

mod certificate;
mod diagnostics;
mod message;
mod problem;
#[cfg(test)]
mod protocol_md_tests;
mod request;
mod route;
mod status;

pub use certificate::{Certificate, LocalDateTime, Validity};
pub use diagnostics::{Diagnostic, Diagnostics, Part};
pub use message::{Event, Hello, HostMessage, Outcome};
pub use problem::{Problem, problem_codes};
pub use request::{Command, Lang, Request};
pub use route::CardRoute;
pub use status::{CardStatus, Changeable, CodeState, CodesFrom, ReaderStatus, Status};

/// The native messaging name of the host.
pub const HOST_NAME: &str = "eimza.yardimcisi.host";

/// The protocol version. It is incremented when an older peer would misunderstand a newer one.
pub const PROTOCOL_VERSION: u32 = 1;

/// The longest request that the host accepts, in bytes of JSON.
pub const MAX_REQUEST_LEN: usize = 8 * 1024;
