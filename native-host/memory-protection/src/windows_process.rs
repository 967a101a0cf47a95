//! Protects this process on Windows.
#![expect(unsafe_code, reason = "Win32 has no safe interface")]

use windows_sys::Win32::System::Diagnostics::Debug::{
    SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SetErrorMode,
};
use windows_sys::Win32::System::ErrorReporting::{WER_FAULT_REPORTING_FLAG_NOHEAP, WerSetFlags};

/// Forbids dumps of this process's memory, for the rest of its life; to be called before any thread starts.
///
/// Windows Error Reporting, which writes the dumps after a crash, is not invoked (Microsoft Learn,
/// `SetErrorMode`). Where a policy of the computer invokes it all the same, its reports contain no heap
/// (`WerSetFlags`). Programs that it starts inherit the error mode.
pub fn forbid_dumps() {
    // SAFETY: neither call takes a pointer.
    let result = unsafe {
        SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
        WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP)
    };
    if result < 0 {
        log::warn!("error reports may contain memory: {result:#x}");
    }
}
