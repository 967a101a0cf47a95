//! Searches the memory of a process.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

/// A mapping of a process that contains a searched text.
#[derive(Debug)]
pub struct Hit {
    mapping: String,
    pub is_locked: bool,
}

/// Returns the mappings of a process that contain a text.
pub fn search(process: u32, text: &str) -> Vec<Hit> {
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let mappings = fs::read_to_string(format!("/proc/{process}/smaps")).unwrap();
    let mut hits = Vec::new();
    let mut searched = 0;
    let mut mapping = "";
    let mut is_found = false;
    for line in mappings.lines() {
        if let Some(flags) = line.strip_prefix("VmFlags: ") {
            if std::mem::take(&mut is_found) {
                let is_locked = flags.split(' ').any(|flag| flag == "lo");
                hits.push(Hit { mapping: mapping.to_owned(), is_locked });
            }
        } else if let Some((start, end)) = bounds(line) {
            mapping = line;
            if line.contains(" ---p ") {
                continue; // reserved addresses without memory
            }
            let mut bytes = vec![0; end - start];
            // Some mappings of the kernel cannot be read.
            if memory.read_exact_at(&mut bytes, start as u64).is_ok() {
                searched += bytes.len();
                is_found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            }
        }
    }
    assert!(searched > 1 << 20, "the memory was searched: {searched} bytes");
    hits
}

/// Parses the first line of a mapping.
fn bounds(line: &str) -> Option<(usize, usize)> {
    let (start, end) = line.split(' ').next()?.split_once('-')?;
    Some((usize::from_str_radix(start, 16).ok()?, usize::from_str_radix(end, 16).ok()?))
}
