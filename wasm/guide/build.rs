//! Compresses `pages/*.json`, `procedures/*.json` and `institutions/*.json`, so that adding one is adding a
//! file, and each list of `data/`. Examples and remarks do not ship.

#![expect(clippy::disallowed_methods, reason = "a build script reads files and its environment")]

use serde_json::Value;
use std::path::PathBuf;
use std::{fs, io};

/// Each folder, with the keys of its files that do not ship.
const FOLDERS: [(&str, &[&str]); 3] = [
    ("pages", &["examples", "counter_examples", "remark"]),
    ("procedures", &["remark"]),
    ("institutions", &[]),
];

fn main() -> io::Result<()> {
    for (folder, unshipped) in FOLDERS {
        let each = files(folder)?.into_iter().map(|file| eimza_packed::load(&file, unshipped));
        let list: Value = each.collect::<io::Result<_>>()?;
        eimza_packed::write(folder, &list.to_string())?;
    }
    for file in files("data")? {
        let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        eimza_packed::write(name, &eimza_packed::load(&file, &[])?.to_string())?;
    }
    Ok(())
}

fn files(folder: &str) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={folder}");
    let mut files: Vec<_> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.sort();
    Ok(files)
}
