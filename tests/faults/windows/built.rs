//! The files that were built for the tests. `cargo xtask` names them in environment variables.

use std::env;
use std::path::PathBuf;

/// Returns the Windows program.
pub fn program() -> PathBuf {
    path("EIMZA_WINDOWS_HOST")
}

/// Returns the Windows program that trusts modules of the user of the tests: Wine has no administrator.
pub fn trusting_program() -> PathBuf {
    library().with_file_name("eimza-host.exe")
}

/// Returns the WinSCard that fails on order.
pub fn library() -> PathBuf {
    path("EIMZA_FAULTY_WINSCARD")
}

/// Returns the module that has the codes of the card.
pub fn module() -> PathBuf {
    library().with_file_name("eimza_test_module.dll")
}

fn path(variable: &str) -> PathBuf {
    env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set")).into()
}
