//! What the programs that are handed out are made of: a bill of materials for each, as CycloneDX 1.5 (JSON).

use crate::environment::tools::CARGO_CYCLONEDX;
use crate::process::{output, run};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A program whose parts are listed.
struct Program {
    /// What the list is called.
    name: &'static str,
    package: &'static str,
    folder: &'static str,
    target: &'static str,
}

const PROGRAMS: [Program; 2] = [
    Program {
        name: "eimza-host",
        package: "eimza-host",
        folder: "native-host/host",
        target: "x86_64-unknown-linux-gnu",
    },
    Program {
        name: "eimza-yardimcisi",
        package: "eimza-app",
        folder: "wasm/app",
        target: "wasm32-unknown-unknown",
    },
];

/// Writes a list for each program into a folder.
pub fn write(folder: &Path, epoch: &str) -> Result<()> {
    for program in &PROGRAMS {
        run(CARGO_CYCLONEDX
            .command()?
            .args(["cyclonedx", "--quiet", "--format", "json", "--spec-version", "1.5", "--no-build-deps"])
            .args(["--target", program.target])
            .args(["--manifest-path", &format!("{}/Cargo.toml", program.folder)])
            .env("SOURCE_DATE_EPOCH", epoch))?;
        let written = Path::new(program.folder).join(format!("{}.cdx.json", program.package));
        let text = fs::read_to_string(&written).with_context(|| written.display().to_string())?;
        sweep()?;
        let here = std::env::current_dir()?;
        let text = text.replace(&format!("path+file://{}/", here.display()), "path+file:///");
        let mut bill = serde_json::from_str(&text).context("a bill of materials")?;
        keep(&mut bill, &shipped(program)?);
        fs::write(
            folder.join(format!("{}-{}.cdx.json", program.name, env!("CARGO_PKG_VERSION"))),
            serde_json::to_string_pretty(&bill)? + "\n",
        )?;
    }
    Ok(())
}

/// It writes beside the manifest of every member of the workspace, whichever is asked for.
fn sweep() -> Result<()> {
    for manifest in output(Command::new("git").args(["ls-files", "*Cargo.toml"]))?.lines() {
        for entry in fs::read_dir(Path::new(".").join(manifest).with_file_name(""))? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(".cdx.json") {
                fs::remove_file(path)?;
            }
        }
    }
    Ok(())
}

/// Names and versions of the crates that are really compiled in.
fn shipped(program: &Program) -> Result<BTreeSet<(String, String)>> {
    let tree = output(Command::new("cargo").args([
        "tree",
        "--package",
        program.package,
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--target",
        program.target,
    ]))?;
    Ok(tree.lines().filter_map(name_and_version).collect())
}

/// "serde v1.0.228 (*)", as `cargo tree` prints a crate.
fn name_and_version(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    Some((words.next()?.to_owned(), words.next()?.trim_start_matches('v').to_owned()))
}

/// cargo-cyclonedx also lists what only the tests of some member turn on (it asks for the workspace as a whole).
fn keep(bill: &mut Value, shipped: &BTreeSet<(String, String)>) {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let mut dropped = BTreeSet::new();
    if let Some(components) = bill["components"].as_array_mut() {
        // The project's own crates are in no registry, whatever their addresses say.
        for own in components.iter_mut().filter(|component| text(component, "bom-ref").starts_with("path+")) {
            own.as_object_mut().and_then(|own| own.remove("purl"));
        }
        components.retain(|component| {
            let stays = shipped.contains(&(text(component, "name"), text(component, "version")));
            if !stays {
                dropped.insert(text(component, "bom-ref"));
            }
            stays
        });
    }
    if let Some(dependencies) = bill["dependencies"].as_array_mut() {
        dependencies.retain(|dependency| !dropped.contains(&text(dependency, "ref")));
        for dependency in dependencies {
            if let Some(on) = dependency["dependsOn"].as_array_mut() {
                on.retain(|other| !dropped.contains(other.as_str().unwrap_or_default()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_compiled_in_is_left_out_everywhere() {
        let mut bill = json!({
            "components": [
                {"bom-ref": "path+a", "name": "serde", "version": "1.0.0", "purl": "pkg:cargo/serde"},
                {"bom-ref": "b", "name": "regex", "version": "1.2.3"},
            ],
            "dependencies": [{"ref": "path+a", "dependsOn": ["b"]}, {"ref": "b"}],
        });
        keep(&mut bill, &name_and_version("serde v1.0.0 (*)").into_iter().collect());
        assert_eq!(
            bill,
            json!({
                "components": [{"bom-ref": "path+a", "name": "serde", "version": "1.0.0"}],
                "dependencies": [{"ref": "path+a", "dependsOn": []}],
            })
        );
    }
}
