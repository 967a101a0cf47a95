//! Who is still there.

use crate::support::{HOST, Typist};
use crate::talk::PATIENCE;
use std::fs;
use std::time::{Duration, Instant};

/// Waits until no process of a scene is left: no host, no prompt.
pub fn are_gone(typist: &Typist) -> Result<(), String> {
    let prompt = typist.folder().to_string_lossy().into_owned();
    let began = Instant::now();
    loop {
        let left: Vec<String> = command_lines()
            .into_iter()
            .filter(|line| line.contains(&prompt) || line.contains(HOST))
            .collect();
        if left.is_empty() {
            return Ok(());
        }
        if began.elapsed() > PATIENCE {
            return Err(format!("left behind: {left:?}"));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The command lines of all processes in this world that are more than an entry in a table.
fn command_lines() -> Vec<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes.filter_map(|process| fs::read_to_string(process.path().join("cmdline")).ok()).collect()
}
