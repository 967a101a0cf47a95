//! Operations with codes: unblocking the PIN, changing the PIN, changing the PUK.
//!
//! Each first warns of its risk, then asks for the codes in the host's own prompt, and sends them once.

#[cfg(test)]
mod captured_log;
mod card_finder;
mod error;
mod message;
#[cfg(test)]
mod module_properties;
mod prompt_startup;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod question_tests;
mod questions;
pub mod run;
#[cfg(test)]
mod scenario;
#[cfg(test)]
mod test_routes;
mod wording;

pub use error::Error;
