//! Commands, files and data objects of ISO 7816-4, and the answer to reset of ISO 7816-3.

pub(crate) mod apdu;
pub(crate) mod atr;
pub(crate) mod read_binary;
pub(crate) mod select;
mod status_word;
pub(crate) mod tlv;
mod transport;

pub use status_word::StatusWord;
pub use transport::{ControlAnswer, ReaderControl, Transport, TransportError};
