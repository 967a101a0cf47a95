//! AKİS e-signature cards by published standards: ISO 7816-4 commands and ISO 7816-15 directories.
//!
//! Pure: it knows no PC/SC, no clock and no window. Whoever holds a card lends it as a
//! [`Transport`]. Nothing here was tried on a physical AKİS card.

mod apdu;
mod application;
mod atr;
mod card;
mod certificate;
mod change;
mod code_error;
mod codes;
mod family;
mod files;
mod hex;
mod path;
mod pin_object;
mod report;
#[cfg(test)]
mod scripted;
mod secret;
mod status_word;
mod tlv;
mod unblock;
mod walk;
mod weakness;

pub use apdu::{Transport, TransportError};
pub use card::{Card, CardError, CodeKind, CodeState};
pub use certificate::Certificate;
pub use code_error::CodeError;
pub use family::Family;
pub use pin_object::{CodeFormat, CodeFormatError};
pub use report::report;
pub use secret::Secret;
pub use status_word::StatusWord;
pub use weakness::{Cardholder, CodeWeakness};
