//! SCardSvr, the service of Windows.

use eimza_session::Error;
use winreg::RegKey;
use winreg::enums::HKEY_LOCAL_MACHINE;

/// Returns why a context could not be established. The crate `pcsc` reports the system's own codes, such as
/// `ERROR_ACCESS_DENIED`, as unknown.
pub(crate) fn establish_error(error: pcsc::Error) -> Option<Error> {
    use pcsc::Error as Pcsc;
    Some(match error {
        Pcsc::SecurityViolation | Pcsc::NoAccess | Pcsc::UnknownError => Error::ServiceRefused,
        _ => unavailable_reason(),
    })
}

/// Returns why the service is unavailable. Windows starts it on demand with the first reader (Microsoft
/// Learn, "Smart Cards for Windows Service") and stops it with the last one: unless it is disabled, a reader
/// is missing.
pub(crate) fn unavailable_reason() -> Error {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusal_is_not_a_missing_reader() {
        for refusal in [pcsc::Error::SecurityViolation, pcsc::Error::NoAccess, pcsc::Error::UnknownError] {
            assert_eq!(establish_error(refusal), Some(Error::ServiceRefused), "{refusal:?}");
        }
        for missing in [pcsc::Error::NoService, pcsc::Error::ServiceStopped] {
            assert_ne!(establish_error(missing), Some(Error::ServiceRefused), "{missing:?}");
        }
    }
}
