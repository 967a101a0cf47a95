//! Checks that no crate has modules that import each other in a cycle.
//!
//! cargo-modules resolves the imports, signatures and field types of each module to the items that they refer
//! to, so that a parent that only re-exports its children's items is not part of a cycle. Its own `--acyclic`
//! flag cannot be used: it counts a type and its methods as a cycle (0.27.0: "circular dependency between
//! `eimza_card::apdu::Command` and `eimza_card::apdu::Command::bytes`"). It does not see paths in function
//! bodies; `inline_paths` adds those.
//!
//! The fuzz targets, a workspace of their own, are not covered.

use super::inline_paths;
use super::module_graph::ModuleGraph;
use crate::build::windows;
use crate::environment::tools::CARGO_MODULES;
use crate::process::{command, output};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};
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
            "eimza-win32-dialog" | "eimza-winscard" | "eimza-faulty-winscard" | "eimza-window-reader" => {
                vec![Some(windows::TARGET)]
            }
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
    let dot = output(&mut modules)?;
    cycles(&dot, &target.root).with_context(|| target.package.clone())
}

/// Describes the cycles of a crate, from cargo-modules' output and the file of its root module.
fn cycles(dot: &str, root: &Path) -> Result<Vec<String>> {
    let mut graph = ModuleGraph::parse(dot);
    ensure!(!graph.root().is_empty(), "cargo-modules printed no graph");
    inline_paths::add(&mut graph, root)?;
    Ok(graph.cycles())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// The output of cargo-modules 0.27.0 for the crate that `write_crate` writes, without comments.
    const DOT: &str = r##"digraph {

    graph [
        label="tiny",
        labelloc=t,
        pad=0.4,
        layout=neato,
    ];

    node [
        fontname="monospace",
        shape="record",
    ];

    edge [
        fontname="monospace",
    ];

    "tiny" [label="crate|tiny", fillcolor="#5397c8"]; // "crate" node
    "tiny::list" [label="pub mod|list", fillcolor="#81c169"]; // "mod" node
    "tiny::list::List" [label="pub struct|list::List", fillcolor="#81c169"]; // "struct" node
    "tiny::node" [label="pub mod|node", fillcolor="#81c169"]; // "mod" node
    "tiny::node::Node" [label="pub struct|node::Node", fillcolor="#81c169"]; // "struct" node

    "tiny" -> "tiny::list" [label="owns", color="#000000", style="solid"] [constraint=true]; // "owns" edge
    "tiny" -> "tiny::node" [label="owns", color="#000000", style="solid"] [constraint=true]; // "owns" edge
    "tiny::list" -> "tiny::list::List" [label="owns", color="#000000", style="solid"] [constraint=true]; // "owns" edge
    "tiny::list" -> "tiny::node::Node" [label="uses", color="#7f7f7f", style="dashed"] [constraint=false]; // "uses" edge
    "tiny::node" -> "tiny::list::List" [label="uses", color="#7f7f7f", style="dashed"] [constraint=false]; // "uses" edge
    "tiny::node" -> "tiny::node::Node" [label="owns", color="#000000", style="solid"] [constraint=true]; // "owns" edge

}
"##;

    /// Writes a crate with two modules that import each other, and returns its root module's file.
    fn write_crate(folder: &Path) -> PathBuf {
        let list = "use crate::node::Node;\npub struct List(pub Vec<Node>);\n";
        let node = "use crate::list::List;\npub struct Node(pub Option<Box<List>>);\n";
        let files = [("lib.rs", "pub mod list;\npub mod node;\n"), ("list.rs", list), ("node.rs", node)];
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
        folder.join("lib.rs")
    }

    #[test]
    fn crate_with_a_cycle_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let root = write_crate(folder.path());
        assert_eq!(
            cycles(DOT, &root).unwrap(),
            [
                "tiny::list, tiny::node:\n  tiny::list uses tiny::node::Node\n  tiny::node uses tiny::list::List"
            ]
        );
    }

    #[test]
    fn empty_graph_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let root = write_crate(folder.path());
        for dot in ["", "digraph {\n}\n"] {
            assert!(cycles(dot, &root).is_err(), "{dot:?}");
        }
    }
}
