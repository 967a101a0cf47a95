//! Hexadecimal text.

use alloc::format;
use alloc::string::String;

/// Encodes bytes as two uppercase hex digits each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
