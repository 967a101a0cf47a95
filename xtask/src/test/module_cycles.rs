//! Checks that no crate has modules that import each other in a cycle.
//!
//! cargo-modules resolves the imports, signatures and field types of each module to the items that they refer
//! to, so that a parent that only re-exports its children's items is not part of a cycle. Its own `--acyclic`
//! flag cannot be used: it counts a type and its methods as a cycle (0.27.0: "circular dependency between
//! `eimza_card::apdu::Command` and `eimza_card::apdu::Command::bytes`"). It does not see paths in function
//! bodies; `inline_paths` adds those.

use super::inline_paths;
use super::module_graph::ModuleGraph;
use crate::build::windows;
use crate::environment::tools::CARGO_MODULES;
use crate::process::{command, output};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;

/// How many crates are analysed at the same time.
const CONCURRENCY: usize = 2;

/// A library or program of the workspace.
struct Target {
    package: String,
    /// cargo-modules' option that selects it.
    selection: Vec<String>,
    /// The platform to analyse it for; `None` for that of this machine.
    platform: Option<&'static str>,
    root: PathBuf,
}

/// Analyses every library and program of the workspace.
///
/// # Errors
/// If there is a cycle; the error names its modules and the uses between them.
pub fn check() -> Result<()> {
    CARGO_MODULES.command()?; // installs it once, before the threads run it
    let targets = Mutex::new(targets()?.into_iter());
    let next = || targets.lock().ok()?.next();
    let worker = || -> Result<Vec<String>> {
        let mut cycles = Vec::new();
        while let Some(target) = next() {
            cycles.extend(analyse(&target)?);
        }
        Ok(cycles)
    };
    let cycles = thread::scope(|scope| {
        let workers: Vec<_> = (0..CONCURRENCY).map(|_| scope.spawn(worker)).collect();
        let results =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| bail!("a thread panicked")));
        results.collect::<Result<Vec<_>>>()
    })?;
    let cycles = cycles.concat();
    if cycles.is_empty() { Ok(()) } else { bail!("modules import each other:\n{}", cycles.join("\n")) }
}

/// Lists the targets to analyse. The host's crates have modules for two platforms.
fn targets() -> Result<Vec<Target>> {
    let metadata = output(&mut command("cargo metadata --no-deps --format-version 1"))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    let array = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut targets = Vec::new();
    for package in array(&metadata["packages"]) {
        let name = text(&package["name"]);
        let platforms = match name.as_str() {
            "eimza-app" => vec![Some("wasm32-unknown-unknown")],
            "eimza-host" | "eimza-pcsc" | "eimza-prompt" => vec![None, Some(windows::TARGET)],
            "eimza-win32-dialog" => vec![Some(windows::TARGET)],
            _ => vec![None],
        };
        for target in array(&package["targets"]) {
            let selection = match target["kind"][0].as_str() {
                Some("bin") => vec!["--bin".to_owned(), text(&target["name"])],
                Some("lib" | "cdylib" | "rlib") => vec!["--lib".to_owned()],
                _ => continue, // tests, examples and build scripts
            };
            targets.extend(platforms.iter().map(|&platform| Target {
                package: name.clone(),
                selection: selection.clone(),
                platform,
                root: text(&target["src_path"]).into(),
            }));
        }
    }
    Ok(targets)
}

fn analyse(target: &Target) -> Result<Vec<String>> {
    let mut modules = CARGO_MODULES.command()?;
    modules.args(["modules", "dependencies", "--package", &target.package]).args(&target.selection);
    modules.args(["--all-features", "--no-externs", "--no-sysroot"]);
    modules.args(target.platform.into_iter().flat_map(|platform| ["--target", platform]));
    let mut graph = ModuleGraph::parse(&output(&mut modules)?);
    ensure!(!graph.root().is_empty(), "cargo-modules printed no graph of {}", target.package);
    inline_paths::add(&mut graph, &target.root)?;
    Ok(graph.cycles())
}
