//! Operations with codes: unblocking the PIN, changing the PIN, changing the PUK.
//!
//! Each first warns of its risk, then asks for the codes in the host's own prompt, and sends them once.

mod card_finder;
#[cfg(test)]
mod command_test_route;
mod error;
mod message;
mod prompt_startup;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod question_tests;
mod questions;
pub mod run;
#[cfg(test)]
mod test_route;
#[cfg(test)]
mod test_routes;
mod wording;

pub use error::Error;
