//! Bills of materials of the released programs, as CycloneDX 1.5 (JSON).

use crate::environment::tools::CARGO_CYCLONEDX;
use crate::process::{command, output, run};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A program with a bill of materials.
struct Program {
    /// The name of the file.
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

/// Writes a bill for each program into a folder.
pub fn write(folder: &Path, epoch: &str) -> Result<()> {
    for program in &PROGRAMS {
        run(CARGO_CYCLONEDX
            .command()?
            .args(["cyclonedx", "--quiet", "--format", "json", "--spec-version", "1.5", "--no-build-deps"])
            .args(["--target", program.target])
            .args(["--manifest-path", &format!("{}/Cargo.toml", program.folder)])
            .env("SOURCE_DATE_EPOCH", epoch))?;
        let file = Path::new(program.folder).join(format!("{}.cdx.json", program.package));
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        remove_generated_files()?;
        let root = std::env::current_dir()?;
        let text = text.replace(&format!("path+file://{}/", root.display()), "path+file:///");
        let mut bill = serde_json::from_str(&text).context("a bill of materials")?;
        retain_compiled(&mut bill, &compiled(program)?);
        fs::write(
            folder.join(format!("{}-{}.cdx.json", program.name, env!("CARGO_PKG_VERSION"))),
            serde_json::to_string_pretty(&bill)? + "\n",
        )?;
    }
    Ok(())
}

/// Removes what cargo-cyclonedx writes: a file next to the manifest of every workspace member, not only the
/// requested one.
fn remove_generated_files() -> Result<()> {
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

/// Returns names and versions of the crates that are compiled into a program.
fn compiled(program: &Program) -> Result<BTreeSet<(String, String)>> {
    let mut tree = command("cargo tree --edges normal,no-proc-macro --prefix none");
    let tree = output(tree.args(["--package", program.package, "--target", program.target]))?;
    Ok(tree.lines().filter_map(name_and_version).collect())
}

/// Parses a crate as `cargo tree` prints it, "serde v1.0.228 (*)".
fn name_and_version(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    Some((words.next()?.to_owned(), words.next()?.trim_start_matches('v').to_owned()))
}

/// Removes components that are not compiled in. cargo-cyclonedx resolves features for the whole workspace,
/// and so lists crates that only the tests of some member enable.
fn retain_compiled(bill: &mut Value, compiled: &BTreeSet<(String, String)>) {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let mut dropped = BTreeSet::new();
    if let Some(components) = bill["components"].as_array_mut() {
        // The project's own crates are in no registry, so their package URLs would be invalid.
        for own in components.iter_mut().filter(|component| text(component, "bom-ref").starts_with("path+")) {
            own.as_object_mut().and_then(|own| own.remove("purl"));
        }
        components.retain(|component| {
            let is_compiled = compiled.contains(&(text(component, "name"), text(component, "version")));
            if !is_compiled {
                dropped.insert(text(component, "bom-ref"));
            }
            is_compiled
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
    fn components_that_are_not_compiled_in_are_removed_everywhere() {
        let mut bill = json!({
            "components": [
                {"bom-ref": "path+a", "name": "serde", "version": "1.0.0", "purl": "pkg:cargo/serde"},
                {"bom-ref": "b", "name": "regex", "version": "1.2.3"},
            ],
            "dependencies": [{"ref": "path+a", "dependsOn": ["b"]}, {"ref": "b"}],
        });
        retain_compiled(&mut bill, &name_and_version("serde v1.0.0 (*)").into_iter().collect());
        assert_eq!(
            bill,
            json!({
                "components": [{"bom-ref": "path+a", "name": "serde", "version": "1.0.0"}],
                "dependencies": [{"ref": "path+a", "dependsOn": []}],
            })
        );
    }
}
