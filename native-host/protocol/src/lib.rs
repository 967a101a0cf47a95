//! The messages between the extension and the native host; `PROTOCOL.md` is their prose.
//!
//! One definition for both sides: the host reads [`Request`] and writes [`Message`], the side panel
//! does the reverse. Everything is strict: an unknown field or command is refused. No message has
//! room for a PIN or a PUK.

mod doctor;
#[cfg(test)]
mod examples;
mod message;
mod problem;
mod request;
mod status;
mod validity;

pub use doctor::{Diagnostic, Diagnostics, Part};
pub use message::{Event, Hello, Message, Outcome};
pub use problem::{Problem, problem_codes};
pub use request::{Command, Lang, Request};
pub use status::{CardStatus, Certificate, Changeable, CodeState, CodesFrom, ReaderStatus, Status};
pub use validity::{LocalDateTime, Validity};

/// The name under which browsers know the host.
pub const HOST_NAME: &str = "eimza.yardimcisi.host";

/// The version of these messages. It grows when an older peer would misunderstand a newer one.
pub const PROTOCOL_VERSION: u32 = 1;

/// The longest request that the host reads, in bytes of JSON.
pub const MAX_REQUEST_LEN: usize = 8 * 1024;
