//! The smart-card service, where it does not answer: SCardSvr.

use eimza_protocol::Problem;
use winreg::RegKey;
use winreg::enums::HKEY_LOCAL_MACHINE;

const SERVICE: &str = "SYSTEM\\CurrentControlSet\\Services\\SCardSvr";

/// `SERVICE_DISABLED` in winsvc.h.
const DISABLED: u32 = 4;

/// Why it is away. It is started on demand (Microsoft Learn, "Smart Cards for Windows Service"), which the first reader is,
/// and ends with the last one: unless somebody turned it off, a reader is what is missing.
pub fn why_away() -> Problem {
    let start =
        RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey(SERVICE).and_then(|key| key.get_value("Start"));
    match start {
        Ok(DISABLED) | Err(_) => Problem::NoService,
        Ok(_) => Problem::NoReader,
    }
}
