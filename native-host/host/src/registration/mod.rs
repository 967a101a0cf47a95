//! Telling browsers where the host is: `register` and `unregister`.

mod browser;
pub mod command;
#[cfg(not(windows))]
#[path = "linux.rs"]
mod here;
#[cfg(windows)]
#[path = "windows.rs"]
mod here;
mod manifest;

pub use browser::{Browser, Scope, browsers};
pub use here::{Roots, this_program};
pub use manifest::program_of;

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Task {
    /// Whether manifests are to be there, or gone.
    pub register: bool,
    /// For whom.
    pub scope: Scope,
    /// Browsers by their ids; none means all, of a user those that were run.
    pub browsers: Vec<String>,
    /// Only say what would be done.
    pub dry_run: bool,
    /// Also replace or remove a manifest that this product did not write.
    pub force: bool,
}

/// What became of one browser.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The manifest was, or would be, written or removed.
    Done(PathBuf),
    /// It is as it should be.
    Unchanged,
    /// The user has not run this browser.
    NotRun,
    /// Where this browser looks is not known.
    NoPlace {
        /// It was asked for by name.
        named: bool,
    },
    /// A manifest of this name is there that this product did not write.
    NotOurs(PathBuf),
    /// The file system refused.
    Failed(PathBuf, ErrorKind),
}

impl Outcome {
    /// Whether the browser is now as was asked for, as far as that is possible.
    pub fn is_well(&self) -> bool {
        !matches!(self, Self::NotOurs(_) | Self::Failed(..) | Self::NoPlace { named: true })
    }
}

/// Carries a task out for a host at this absolute path, browser by browser.
pub fn carry_out(task: &Task, roots: &Roots, host: &Path) -> Vec<(&'static Browser, Outcome)> {
    let named = |browser: &&Browser| task.browsers.is_empty() || task.browsers.contains(&browser.id);
    browsers().iter().filter(named).map(|browser| (browser, here::one(browser, task, roots, host))).collect()
}

/// The whole file or none of it: under another name first, with what rights are to be `set`, then in one step under its
/// own.
fn write(path: &Path, text: &str, set: impl FnOnce(&File) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::InvalidFilename)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    set(file.as_file())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}
