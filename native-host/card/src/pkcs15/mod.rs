//! The PKCS#15 application on a card (ISO 7816-15): how to find it, and its PINs, certificates and keys.

mod application;
mod code_format;
mod code_pair;
mod directory;
mod directory_entries;
mod location;
mod path;
mod pin_object;

pub(crate) use application::Application;
pub use code_format::{CodeFormat, CodeFormatError};
pub(crate) use code_pair::{CodeAttributes, CodePair};
pub(crate) use directory::ListedCertificate;
#[cfg(test)]
pub(crate) use path::Path;
