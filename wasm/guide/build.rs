//! Collects `pages/*.json`, `procedures/*.json` and `institutions/*.json`, so that adding one is
//! adding a file. What only tests and people read (examples, remarks) does not ship.

use serde_json::Value;
use std::path::Path;
use std::{env, fs, io};

/// Each folder, with the keys of its files that do not ship.
const FOLDERS: [(&str, &[&str]); 3] =
    [("pages", &["examples", "near_misses", "remark"]), ("procedures", &["remark"]), ("institutions", &[])];

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    for (folder, unshipped) in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        let list = collect(&Path::new(&root).join(folder), unshipped)?;
        fs::write(Path::new(&out).join(folder).with_extension("json"), list.to_string())?;
    }
    Ok(())
}

fn collect(folder: &Path, unshipped: &[&str]) -> io::Result<Value> {
    let mut files: Vec<_> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.sort();
    files.iter().map(|file| read(file, unshipped)).collect()
}

fn read(file: &Path, unshipped: &[&str]) -> io::Result<Value> {
    let wrong = |error: serde_json::Error| io::Error::other(format!("{}: {error}", file.display()));
    let mut value: Value = serde_json::from_str(&fs::read_to_string(file)?).map_err(wrong)?;
    if let Some(entries) = value.as_object_mut() {
        entries.retain(|key, _| !unshipped.contains(&key.as_str()));
    }
    Ok(value)
}
