//! Asks the user for PIN and PUK with the program `pinentry` or, on Windows, in its own dialog. No other
//! crate of the product does.

#[cfg(not(windows))]
mod assuan;
mod cancellation;
mod error;
#[cfg(not(windows))]
mod pinentry;
#[cfg(not(windows))]
mod pinentry_process;
#[cfg(not(windows))]
mod pinentry_programs;
mod prompt;
#[cfg(not(windows))]
mod timeout_reader;
#[cfg(windows)]
mod win32;
#[cfg(any(windows, test))]
mod window_thread;

pub use cancellation::Cancellation;
pub use error::Error;
#[cfg(not(windows))]
pub use pinentry::{Pinentry as SystemPrompt, StartingPinentry as StartingPrompt};
pub use prompt::{CodePair, Prompt, PromptLabels, Question, Repeat};
#[cfg(windows)]
pub use win32::{DialogPrompt as SystemPrompt, UnopenedDialog as StartingPrompt};
