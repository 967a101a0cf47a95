//! Takes the place of `SCardControl` in the process that it is preloaded into (`LD_PRELOAD`): the virtual reader then
//! has a PIN pad, as a reader and its driver would present it (PC/SC part 10). It was written from part 10 and was
//! never compared with a real PIN pad.
//!
//! The folder that the variable `EIMZA_TEST_PIN_PAD` names holds what the user types and how the reader misbehaves,
//! see `pad.rs`.
#![cfg(unix)]

mod entry;
mod pad;

use pad::{Pad, Reply};
use pcsc_sys::{
    DWORD, LONG, SCARD_CTL_CODE, SCARD_E_NOT_TRANSACTED, SCARD_E_UNSUPPORTED_FEATURE, SCARD_S_SUCCESS,
    SCARDHANDLE, SCardTransmit, g_rgSCardT1Pci,
};
use std::ptr::null_mut;

/// The control codes of this reader; libccid has others.
const VERIFY: u32 = 0x4233_0006;
const MODIFY: u32 = 0x4233_0007;

/// Passes a control request to the PIN pad.
///
/// # Safety
/// As for the function of the library: the pointers are valid for these lengths.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn SCardControl(
    card: SCARDHANDLE,
    code: DWORD,
    request: *const u8,
    request_length: DWORD,
    answer: *mut u8,
    size: DWORD,
    length: *mut DWORD,
) -> LONG {
    let Ok(mut pad) = Pad::from_environment() else { return SCARD_E_UNSUPPORTED_FEATURE };
    let request = if request_length == 0 {
        &[]
    } else {
        // SAFETY: the caller guarantees it.
        unsafe { std::slice::from_raw_parts(request, usize::try_from(request_length).unwrap_or(0)) }
    };
    let transmit = |command: &[u8]| transmit(card, command);
    let reply = match u32::try_from(code) {
        _ if code == SCARD_CTL_CODE(3400) => Reply::Data(pad.features(VERIFY, MODIFY)),
        Ok(VERIFY) => pad.take("verify", request, transmit),
        Ok(MODIFY) => pad.take("modify", request, transmit),
        _ => Reply::Unsupported,
    };
    let data = match reply {
        Reply::Data(data) => data,
        Reply::Unsupported => return SCARD_E_UNSUPPORTED_FEATURE,
        Reply::Failed => return SCARD_E_NOT_TRANSACTED,
    };
    if data.len() > usize::try_from(size).unwrap_or(0) {
        return SCARD_E_NOT_TRANSACTED;
    }
    // SAFETY: the caller guarantees it; the length was compared.
    unsafe {
        answer.copy_from_nonoverlapping(data.as_ptr(), data.len());
        *length = DWORD::try_from(data.len()).unwrap_or(0);
    }
    SCARD_S_SUCCESS
}

/// Sends a command to the card; returns `None` if it does not respond.
fn transmit(card: SCARDHANDLE, command: &[u8]) -> Option<Vec<u8>> {
    let mut response = vec![0; 258];
    let mut length = DWORD::try_from(response.len()).ok()?;
    let command_length = DWORD::try_from(command.len()).ok()?;
    // SAFETY: both buffers are valid for these lengths, and virtual cards use T=1.
    let status = unsafe {
        SCardTransmit(
            card,
            &raw const g_rgSCardT1Pci,
            command.as_ptr(),
            command_length,
            null_mut(),
            response.as_mut_ptr(),
            &raw mut length,
        )
    };
    response.truncate(usize::try_from(length).ok()?);
    (status == SCARD_S_SUCCESS).then_some(response)
}
