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
pub use manifest::program_of;
pub use platform::{Roots, this_program};
pub use task::{Outcome, Task};

use std::path::Path;

/// Carries out a task for the host at this absolute path, for each browser.
pub fn carry_out(task: &Task, roots: &Roots, host: &Path) -> Vec<(&'static Browser, Outcome)> {
    let is_selected = |browser: &&Browser| task.browsers.is_empty() || task.browsers.contains(&browser.id);
    browsers()
        .iter()
        .filter(is_selected)
        .map(|browser| (browser, platform::carry_out(browser, task, roots, host)))
        .collect()
}
