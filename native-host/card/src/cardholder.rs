//! What the certificates say about the cardholder.

use alloc::string::String;

/// Details of the cardholder that a new code is checked against; they never leave the host.
#[derive(Clone, Default)]
pub struct Cardholder {
    /// The T.C. kimlik no, digits only.
    pub identity_number: Option<String>,
    /// Year, month and day of birth.
    pub birth_date: Option<(u16, u8, u8)>,
}
