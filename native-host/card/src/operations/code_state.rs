//! Queries the state of a code without using a try.

use crate::iso7816::apdu::{Command, transmit_once};
use crate::{StatusWord, Transport, TransportError};

/// The state of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeState {
    /// The code can be entered; with the tries left if the card reports them.
    Usable(Option<u8>),
    /// Too many wrong entries.
    Blocked,
    /// The card does not report the state, or it is not known whether the query would use a try.
    Unknown,
}

/// Queries the tries left with a VERIFY without data (ISO 7816-4, section 7.5.6). Some cards count it as a
/// wrong entry, so callers send it only to families that are known to answer it.
pub(crate) fn query_code_state(
    transport: &mut dyn Transport,
    reference: u8,
) -> Result<CodeState, TransportError> {
    let verify = Command { ins: 0x20, p1: 0, p2: reference, data: &[], le: None };
    // Not repeated after 6Cxx: with a length field it would be another command.
    Ok(match transmit_once(transport, verify)?.status {
        StatusWord::Ok => CodeState::Usable(None),
        status if status.is_blocked() => CodeState::Blocked,
        StatusWord::WrongCode(left) => CodeState::Usable(Some(left)),
        _ => CodeState::Unknown,
    })
}
