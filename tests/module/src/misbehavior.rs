//! Misbehavior that every call may have.

use crate::settings::{Settings, log};
use cryptoki_sys::{CK_RV, CKR_GENERAL_ERROR, CKR_OK};

/// Carries out a call: logs it, misbehaves as ordered, or does its work.
pub(crate) fn call(name: &str, detail: &str, work: impl FnOnce(&Settings) -> CK_RV) -> CK_RV {
    let settings = Settings::read();
    log(format!("{name} {detail}").trim_end());
    if settings.prints {
        #[allow(clippy::print_stdout, clippy::print_stderr)]
        {
            println!("{name}");
            eprintln!("{name}");
        }
    }
    if settings.crash.as_deref() == Some(name) {
        std::process::abort();
    }
    while settings.hang.as_deref() == Some(name) {
        std::thread::park();
    }
    if let Some((_, result)) = settings.results.iter().find(|(failing, _)| failing == name) {
        return *result as CK_RV;
    }
    let result = work(&settings);
    if result == CKR_OK && settings.lost.as_deref() == Some(name) { CKR_GENERAL_ERROR } else { result }
}
