//! Checks that no process is left behind.

use crate::connection::TIMEOUT;
use crate::support::{HOST, ScriptedPinentry};
use std::fs;
use std::time::{Duration, Instant};

/// Waits until neither the host nor the prompt is running.
pub fn wait_until_gone(pinentry: &ScriptedPinentry) -> Result<(), String> {
    let prompt = pinentry.folder().to_string_lossy().into_owned();
    let start = Instant::now();
    loop {
        let running: Vec<String> = command_lines()
            .into_iter()
            .filter(|line| line.contains(&prompt) || line.contains(HOST))
            .collect();
        if running.is_empty() {
            return Ok(());
        }
        if start.elapsed() > TIMEOUT {
            return Err(format!("left behind: {running:?}"));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Returns the command lines of all processes in this namespace, except zombies, which have none.
fn command_lines() -> Vec<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes.filter_map(|process| fs::read_to_string(process.path().join("cmdline")).ok()).collect()
}
