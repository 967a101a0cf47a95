//! Numbers of the interface, whose width depends on the system, in messages, where it does not.

use cryptoki_sys::CK_ULONG;

/// Converts a number for a message.
pub(crate) fn widened(number: CK_ULONG) -> u64 {
    #[allow(clippy::useless_conversion, reason = "narrower on Windows")]
    u64::from(number)
}

/// Converts a number of a message; one that is too large becomes one that nothing has.
pub(crate) fn narrowed(number: u64) -> CK_ULONG {
    #[allow(clippy::unnecessary_fallible_conversions, reason = "narrower on Windows")]
    CK_ULONG::try_from(number).unwrap_or(CK_ULONG::MAX)
}
