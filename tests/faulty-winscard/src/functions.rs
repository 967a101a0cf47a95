//! The functions that the host calls. Those of winscard.h that it does not call are missing: a program that names
//! another one is not loaded.
//!
//! Each passes its arguments on unchanged; the caller keeps the promises that winscard.h asks for.
#![allow(non_snake_case, reason = "the names are those of winscard.h")]
#![allow(clippy::missing_safety_doc, reason = "documented by winscard.h")]

use crate::calls::call;
use crate::system_library::function;
use std::ffi::c_void;
use windows_sys::Win32::Security::Credentials::{SCARD_IO_REQUEST, SCARD_READERSTATEW};
use windows_sys::core::PCWSTR;

/// Declares functions that are passed on, with what is recorded of each call.
macro_rules! functions {
    ($($name:ident($($argument:ident: $kind:ty),*) $detail:expr;)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "` of winscard.h.")]
            #[unsafe(no_mangle)]
            pub unsafe extern "system" fn $name($($argument: $kind),*) -> i32 {
                type Function = unsafe extern "system" fn($($kind),*) -> i32;
                let detail: String = $detail;
                call(stringify!($name), &detail, || {
                    let name = concat!(stringify!($name), "\0").as_bytes();
                    let name = std::ffi::CStr::from_bytes_with_nul(name).expect("a name");
                    // SAFETY: the type is that of winscard.h, and the arguments are those of the caller.
                    unsafe { function::<Function>(name)($($argument),*) }
                })
            }
        )*
    };
}

functions! {
    SCardEstablishContext(scope: u32, one: *const c_void, two: *const c_void, context: *mut usize) none();
    SCardReleaseContext(context: usize) none();
    SCardListReadersW(context: usize, groups: PCWSTR, readers: *mut u16, length: *mut u32) none();
    SCardGetStatusChangeW(context: usize, timeout: u32, states: *mut SCARD_READERSTATEW, count: u32) none();
    SCardConnectW(
        context: usize, reader: PCWSTR, mode: u32, protocols: u32, card: *mut usize, protocol: *mut u32
    ) none();
    SCardReconnect(card: usize, mode: u32, protocols: u32, disposition: u32, protocol: *mut u32)
        disposition.to_string();
    SCardDisconnect(card: usize, disposition: u32) disposition.to_string();
    SCardBeginTransaction(card: usize) none();
    SCardEndTransaction(card: usize, disposition: u32) disposition.to_string();
    SCardStatusW(
        card: usize, names: *mut u16, names_length: *mut u32, state: *mut u32, protocol: *mut u32,
        atr: *mut u8, atr_length: *mut u32
    ) none();
    SCardTransmit(
        card: usize, header: *const SCARD_IO_REQUEST, command: *const u8, length: u32,
        received_header: *mut SCARD_IO_REQUEST, response: *mut u8, received: *mut u32
    ) command_header(command, length);
    SCardControl(
        card: usize, code: u32, request: *const c_void, length: u32, answer: *mut c_void, size: u32,
        received: *mut u32
    ) format!("{code:08X}");
}

fn none() -> String {
    "-".to_owned()
}

/// Returns the header of a command, and a `+` if it has data: nothing that may be a code.
fn command_header(command: *const u8, length: u32) -> String {
    // SAFETY: the caller passes a command of this length.
    let command = unsafe { std::slice::from_raw_parts(command, length as usize) };
    let header: String = command.iter().take(4).map(|byte| format!("{byte:02X}")).collect();
    if length > 5 { format!("{header}+") } else { header }
}
