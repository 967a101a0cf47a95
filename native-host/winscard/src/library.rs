//! The calls of WinSCard, each checked for its code. Its functions are documented on Microsoft Learn (winscard.h).
#![allow(unsafe_code, reason = "calls a C library")]

use crate::disposition::Disposition;
use crate::error::Error;
use crate::reader_name::ReaderName;
use std::ffi::c_void;
use std::ptr::{null, null_mut};
use std::time::Duration;
use windows_sys::Win32::Security::Credentials::{
    SCARD_IO_REQUEST, SCARD_LEAVE_CARD, SCARD_PROTOCOL_T0, SCARD_PROTOCOL_T1, SCARD_READERSTATEW,
    SCARD_RESET_CARD, SCARD_SCOPE_USER, SCARD_SHARE_SHARED, SCardBeginTransaction, SCardConnectW,
    SCardControl, SCardDisconnect, SCardEndTransaction, SCardEstablishContext, SCardGetStatusChangeW,
    SCardListReadersW, SCardReconnect, SCardReleaseContext, SCardStatusW, SCardTransmit,
};
use windows_sys::Win32::System::Threading::INFINITE;

/// The longest answer to reset (ISO 7816-3, section 8.2) is shorter; the size that `SCARD_READERSTATE` has.
const ATR_SIZE: usize = 36;

const ANY_PROTOCOL: u32 = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;

/// A handle of the service; released when dropped.
pub(crate) struct ContextHandle(usize);

impl Drop for ContextHandle {
    fn drop(&mut self) {
        // SAFETY: the handle was returned by `SCardEstablishContext` and is released once.
        let _ = unsafe { SCardReleaseContext(self.0) };
    }
}

/// A handle of a card, which is invalid once it was passed to [`disconnect`].
pub(crate) struct CardHandle(usize);

/// The protocol of a connection, a `SCARD_PROTOCOL_…`.
#[derive(Clone, Copy)]
pub(crate) struct Protocol(u32);

/// A reader with its state.
pub struct ReaderState {
    /// Its name.
    pub name: ReaderName,
    /// Its state as the caller knows it: bits of `SCARD_STATE_…`, and the count of insertions and removals above
    /// them. `SCardGetStatusChange` writes the new one.
    pub state: u32,
    /// The answer to reset of the card in it; empty without one.
    pub atr: Vec<u8>,
}

fn check(code: i32) -> Result<(), Error> {
    if code == 0 { Ok(()) } else { Err(Error(code.cast_unsigned())) }
}

/// Returns a length for a call. No buffer here is longer than 64 KiB.
fn length(buffer_len: usize) -> u32 {
    u32::try_from(buffer_len).unwrap_or(u32::MAX)
}

pub(crate) fn establish() -> Result<ContextHandle, Error> {
    let mut handle = 0;
    // SAFETY: the handle is written to a variable; the reserved pointers are null.
    check(unsafe { SCardEstablishContext(SCARD_SCOPE_USER, null(), null(), &raw mut handle) })?;
    Ok(ContextHandle(handle))
}

/// Reads the names of all readers into a buffer. Returns the length of the list, or the error with the length that
/// is needed.
pub(crate) fn list_readers(context: &ContextHandle, buffer: &mut [u16]) -> Result<usize, (Error, usize)> {
    let mut units = length(buffer.len());
    // SAFETY: the buffer has as many units as is said; no group is named.
    let code = unsafe { SCardListReadersW(context.0, null(), buffer.as_mut_ptr(), &raw mut units) };
    let units = units as usize;
    check(code).map(|()| units).map_err(|error| (error, units))
}

pub(crate) fn get_status_change(
    context: &ContextHandle,
    timeout: Option<Duration>,
    readers: &mut [ReaderState],
) -> Result<(), Error> {
    let milliseconds = timeout
        .map_or(INFINITE, |timeout| u32::try_from(timeout.as_millis()).unwrap_or(INFINITE).min(INFINITE - 1));
    let mut states: Vec<_> = readers
        .iter()
        .map(|reader| SCARD_READERSTATEW {
            szReader: reader.name.with_nul().as_ptr(),
            dwCurrentState: reader.state,
            ..SCARD_READERSTATEW::default()
        })
        .collect();
    let count = length(states.len());
    // SAFETY: there are `count` states, whose names end with NUL and outlive the call.
    check(unsafe { SCardGetStatusChangeW(context.0, milliseconds, states.as_mut_ptr(), count) })?;
    for (reader, new) in readers.iter_mut().zip(&states) {
        reader.state = new.dwEventState;
        reader.atr = new.rgbAtr.iter().copied().take(new.cbAtr as usize).collect();
    }
    Ok(())
}

pub(crate) fn connect_shared(
    context: &ContextHandle,
    reader: &ReaderName,
) -> Result<(CardHandle, Protocol), Error> {
    let (mut card, mut protocol) = (0, 0);
    let name = reader.with_nul().as_ptr();
    // SAFETY: the name ends with NUL; handle and protocol are written to variables.
    let code = unsafe {
        SCardConnectW(context.0, name, SCARD_SHARE_SHARED, ANY_PROTOCOL, &raw mut card, &raw mut protocol)
    };
    check(code)?;
    Ok((CardHandle(card), Protocol(protocol)))
}

pub(crate) fn reset(card: &CardHandle) -> Result<Protocol, Error> {
    let mut protocol = 0;
    // SAFETY: the handle is valid; the protocol is written to a variable.
    let code = unsafe {
        SCardReconnect(card.0, SCARD_SHARE_SHARED, ANY_PROTOCOL, SCARD_RESET_CARD, &raw mut protocol)
    };
    check(code)?;
    Ok(Protocol(protocol))
}

fn raw(disposition: Disposition) -> u32 {
    match disposition {
        Disposition::LeaveCard => SCARD_LEAVE_CARD,
        Disposition::ResetCard => SCARD_RESET_CARD,
    }
}

pub(crate) fn disconnect(card: &CardHandle, disposition: Disposition) -> Result<(), Error> {
    // SAFETY: the caller does not use the handle again.
    check(unsafe { SCardDisconnect(card.0, raw(disposition)) })
}

pub(crate) fn begin_transaction(card: &CardHandle) -> Result<(), Error> {
    // SAFETY: the handle is valid.
    check(unsafe { SCardBeginTransaction(card.0) })
}

pub(crate) fn end_transaction(card: &CardHandle, disposition: Disposition) -> Result<(), Error> {
    // SAFETY: the handle is valid.
    check(unsafe { SCardEndTransaction(card.0, raw(disposition)) })
}

pub(crate) fn atr(card: &CardHandle) -> Result<Vec<u8>, Error> {
    let mut atr = [0; ATR_SIZE];
    let mut atr_len = length(atr.len());
    // Windows returns the name even if only the rest is asked for, and fails without room for it.
    let mut name = vec![0_u16; 16 * 128];
    let mut name_len = length(name.len());
    // SAFETY: both buffers have the lengths that are said; the other results are not asked for.
    let code = unsafe {
        SCardStatusW(
            card.0,
            name.as_mut_ptr(),
            &raw mut name_len,
            null_mut(),
            null_mut(),
            atr.as_mut_ptr(),
            &raw mut atr_len,
        )
    };
    check(code)?;
    Ok(atr.iter().copied().take(atr_len as usize).collect())
}

/// Sends a command; returns the length of the response in the buffer.
pub(crate) fn transmit(
    card: &CardHandle,
    protocol: Protocol,
    command: &[u8],
    buffer: &mut [u8],
) -> Result<usize, Error> {
    // The constants `SCARD_PCI_T0` and `SCARD_PCI_T1` have no other content.
    let header =
        SCARD_IO_REQUEST { dwProtocol: protocol.0, cbPciLength: length(size_of::<SCARD_IO_REQUEST>()) };
    let mut received = length(buffer.len());
    // SAFETY: command and buffer have the lengths that are said; the header outlives the call.
    let code = unsafe {
        SCardTransmit(
            card.0,
            &raw const header,
            command.as_ptr(),
            length(command.len()),
            null_mut(),
            buffer.as_mut_ptr(),
            &raw mut received,
        )
    };
    check(code)?;
    Ok(received as usize)
}

/// Passes a request to the driver; returns the length of the answer in the buffer.
pub(crate) fn control(
    card: &CardHandle,
    code: u32,
    request: &[u8],
    buffer: &mut [u8],
) -> Result<usize, Error> {
    let mut received = 0;
    // SAFETY: request and buffer have the lengths that are said.
    let result = unsafe {
        SCardControl(
            card.0,
            code,
            request.as_ptr().cast::<c_void>(),
            length(request.len()),
            buffer.as_mut_ptr().cast::<c_void>(),
            length(buffer.len()),
            &raw mut received,
        )
    };
    check(result)?;
    Ok(received as usize)
}
