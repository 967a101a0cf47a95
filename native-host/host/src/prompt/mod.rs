//! The only place where codes are asked for: the host's own window.

mod assuan;
mod find;
mod pinentry;
mod stop;

pub use pinentry::{Prompt, Question, Repeat};
pub use stop::Stop;
