//! The connection to the smart-card service: pcscd, on Windows SCardSvr.

use crate::error::Error;
use pcsc::{Context, Scope};

/// Connects to the service, which reports readers and cards.
pub(crate) fn establish_context() -> Result<Context, Error> {
    Context::establish(Scope::User).map_err(|error| {
        log::debug!("no smart-card service: {error:?}");
        unavailable_reason()
    })
}

/// Returns why the service is unavailable.
#[cfg(not(windows))]
pub(crate) fn unavailable_reason() -> Error {
    Error::NoService
}

/// Returns why the service is unavailable. Windows starts it on demand with the first reader (Microsoft
/// Learn, "Smart Cards for Windows Service") and stops it with the last one: unless it is disabled, a reader
/// is missing.
#[cfg(windows)]
pub(crate) fn unavailable_reason() -> Error {
    use winreg::RegKey;
    use winreg::enums::HKEY_LOCAL_MACHINE;

    const SERVICE: &str = "SYSTEM\\CurrentControlSet\\Services\\SCardSvr";
    /// `SERVICE_DISABLED` in winsvc.h.
    const DISABLED: u32 = 4;

    let start =
        RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey(SERVICE).and_then(|key| key.get_value("Start"));
    match start {
        Ok(DISABLED) | Err(_) => Error::NoService,
        Ok(_) => Error::NoReader,
    }
}
