//! SCardSvr, the service of Windows.
//!
//! Windows starts it on demand with the first reader (Microsoft Learn, “Smart Cards for Windows Service”) and stops
//! it with the last one: unless it is disabled, a reader is missing.

use eimza_card::TransportError;
use eimza_session::Error;
use winreg::RegKey;
use winreg::enums::HKEY_LOCAL_MACHINE;

/// Returns why the service does not run.
pub(crate) fn stopped_reason() -> Error {
    if is_started_on_demand() { Error::ServiceAwaitsReader } else { Error::NoService }
}

/// Returns why the connection to the service was lost.
pub(crate) fn lost_reason() -> Error {
    Error::NoService
}

/// Returns the error of a card whose service has gone: in most cases, its reader was the last one.
pub(crate) fn error_of_connected_card() -> TransportError {
    if is_started_on_demand() { TransportError::ReaderGone } else { TransportError::ServiceGone }
}

fn is_started_on_demand() -> bool {
    const SERVICE: &str = "SYSTEM\\CurrentControlSet\\Services\\SCardSvr";
    /// `SERVICE_DISABLED` in winsvc.h.
    const DISABLED: u32 = 4;

    let start = RegKey::predef(HKEY_LOCAL_MACHINE)
        .open_subkey(SERVICE)
        .and_then(|key| key.get_value::<u32, _>("Start"));
    start.is_ok_and(|start| start != DISABLED)
}
