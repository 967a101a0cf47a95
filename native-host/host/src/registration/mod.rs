//! Registers the host with browsers: `register` and `unregister`.

mod atomic_write;
mod browser;
pub mod command;
mod manifest;
#[cfg_attr(not(windows), path = "linux.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod platform;
mod task;

pub use browser::{Browser, Scope, browsers};
pub use manifest::{differing_keys, program_of};
pub use platform::{Roots, permission_fault, read_manifest, this_program};
pub use task::{Outcome, Task};

use eimza_path_trust::PathFault;
use std::path::Path;

/// Checks the paths that a task has in common for all browsers.
///
/// # Errors
/// The part of a path that somebody else can change: in the system scope somebody else than the administrator
/// the program; in the user scope, if root runs it, somebody else than root the home folder.
pub fn check_paths(task: &Task, roots: &Roots, host: &Path) -> Result<(), PathFault> {
    match task.scope {
        Scope::System if task.register => platform::check_program(roots, host),
        Scope::System => Ok(()),
        Scope::User => platform::check_home(roots),
    }
}

/// Carries out a task for the host at this absolute path, for each browser.
pub fn carry_out(task: &Task, roots: &Roots, host: &Path) -> Vec<(&'static Browser, Outcome)> {
    let is_selected = |browser: &&Browser| task.browsers.is_empty() || task.browsers.contains(&browser.id);
    browsers()
        .iter()
        .filter(is_selected)
        .map(|browser| (browser, platform::carry_out(browser, task, roots, host)))
        .collect()
}
