//! Reads and unblocks AKİS e-signature cards through published standards: ISO 7816-4 commands and
//! ISO 7816-15 (PKCS#15) directories.
//!
//! The crate does no I/O and reads no clock; `no_std` enforces it. The caller provides the connection to a
//! card as a [`Transport`]. It has not been tested with a physical AKİS card.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod card;
mod card_codes;
mod card_error;
mod cardholder;
mod certificate;
#[cfg(test)]
mod certificate_samples;
mod code_weakness;
mod command_limit;
mod family;
mod hex;
mod iso7816;
mod operations;
mod pin_pad;
mod pkcs15;
mod report;
mod report_names;
#[cfg(test)]
mod scripted_transport;
mod secret;

pub use card::{Card, CodeKind};
pub use card_error::CardError;
pub use cardholder::Cardholder;
pub use certificate::Certificate;
pub use code_weakness::CodeWeakness;
pub use family::Family;
pub use iso7816::{ControlAnswer, ReaderControl, StatusWord, Transport, TransportError};
pub use operations::{CodeError, CodeState, PadError};
pub use pin_pad::PadFeatures;
pub use pkcs15::{CodeFormat, CodeFormatError};
pub use report::report;
pub use secret::Secret;
