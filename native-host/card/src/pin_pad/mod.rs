//! Readers with a PIN pad (PC/SC specification part 10, "IFDs with Secure PIN Entry Capabilities"): the user
//! types codes on the keys of the reader, which puts them into a command for the card. The host never has them.

mod features;
mod format;
mod structures;

pub use features::PadFeatures;
pub(crate) use format::{PadEncoding, PadFormat};
pub(crate) use structures::{Entries, modify_structure, verify_structure};
