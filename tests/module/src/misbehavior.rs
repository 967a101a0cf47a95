//! Misbehavior that every call may have.

use crate::settings::{Settings, log, store};
use cryptoki_sys::{CK_RV, CKR_GENERAL_ERROR, CKR_OK};

/// Carries out a call: logs it, misbehaves as ordered, or does its work.
pub(crate) fn call(name: &str, detail: &str, work: impl FnOnce(&Settings) -> CK_RV) -> CK_RV {
    let mut settings = Settings::read();
    log(format!("{name} {detail}").trim_end());
    if settings.prints {
        #[allow(clippy::print_stdout, clippy::print_stderr)]
        {
            println!("{name}");
            eprintln!("{name}");
        }
    }
    #[cfg(windows)]
    if settings.logs_handles {
        log(&format!("pipes {}", crate::handles::pipes()));
    }
    if settings.crash.as_deref() == Some(name) {
        std::process::abort();
    }
    if settings.fork.as_deref() == Some(name)
        && let Ok(child) = std::process::Command::new("/usr/bin/sleep").arg("infinity").spawn()
    {
        store("akisp11.child", child.id().to_string().as_bytes());
    }
    while settings.pause.as_deref() == Some(name) {
        std::thread::park_timeout(std::time::Duration::from_millis(5));
        settings = Settings::read();
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
