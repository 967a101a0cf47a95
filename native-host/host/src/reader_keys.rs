//! The setting that codes are typed in the window even if the reader has keys for it.
//!
//! A file switches it on, whatever it contains: where the administrator alone can create it, or the user. Browsers
//! start the host without arguments and with an environment of their own, so neither can be the setting.

use crate::registration::Roots;
#[cfg(windows)]
use crate::registration::this_program;
use std::path::PathBuf;

/// Returns whether codes are typed on readers that have keys for it.
pub fn are_used() -> bool {
    // A computer without such folders has no such file.
    let files = Roots::of_this_computer().map(|roots| files(&roots)).unwrap_or_default();
    !files.iter().any(|file| file.exists())
}

/// Returns the files of which any switches the keys off.
#[cfg(not(windows))]
fn files(roots: &Roots) -> Vec<PathBuf> {
    const FILE: &str = "eimza-host/no-reader-keys";
    vec![roots.system.join("etc").join(FILE), roots.config.join(FILE)]
}

/// Returns the file that switches the keys off: beside the program, which the user or the administrator installed.
#[cfg(windows)]
fn files(_: &Roots) -> Vec<PathBuf> {
    this_program().map(|program| program.with_file_name("no-reader-keys")).into_iter().collect()
}
