//! The cardholder's details in the certificates.

use alloc::string::String;

/// The cardholder's details that new codes are checked against. They never leave the host.
#[derive(Clone, Default)]
pub struct Cardholder {
    /// The T.C. kimlik no, digits only.
    pub identity_number: Option<String>,
    /// Year, month and day of birth.
    pub birth_date: Option<(u16, u8, u8)>,
}
