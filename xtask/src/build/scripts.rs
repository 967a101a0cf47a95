//! The extension's scripts: bundled by Rollup, checked by TypeScript and ESLint.

use crate::process::run;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Sources in `extension/` that are not copied: scripts are bundled, and the SVG source of the icons is not
/// shipped.
const NOT_COPIED: [&str; 3] = ["js", "ts", "svg"];

/// Writes the pages, styles and texts of the extension and its bundled scripts into a browser's folder.
pub fn build(browser: &str, folder: &Path) -> Result<()> {
    copy(Path::new("extension"), folder, &NOT_COPIED)?;
    run(node("rollup/dist/bin/rollup")
        .args(["--config", "rollup.config.js", "--silent"])
        .env("BROWSER", browser)
        .env("OUT", folder))
    .context("bundling the scripts")
}

/// Copies the WebAssembly module and its glue, without the type declarations.
pub fn copy_module(module: &Path, folder: &Path) -> Result<()> {
    copy(module, folder, &["ts"])
}

/// Checks the types of the scripts.
pub fn type_check() -> Result<()> {
    run(&mut node("typescript/bin/tsc"))
}

/// Checks the scripts for circular imports and for overlong files and functions.
pub fn lint() -> Result<()> {
    run(node("eslint/bin/eslint.js").args([
        "--max-warnings",
        "0",
        "extension",
        "tests/browser",
        "tests/portal",
        "tests/bench/browser",
        "tests/frameworks",
    ]))
}

fn node(program: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(Path::new("node_modules").join(program));
    command
}

/// Copies the files of a folder, except for those with one of these extensions; creates no empty folders.
fn copy(from: &Path, to: &Path, except: &[&str]) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let source = entry?.path();
        let Some(name) = source.file_name() else { continue };
        let target = to.join(name);
        if source.is_dir() {
            copy(&source, &target, except)?;
        } else if source.extension().is_none_or(|kind| !except.iter().any(|excluded| *excluded == kind)) {
            fs::create_dir_all(to)?;
            fs::copy(&source, target)?;
        }
    }
    Ok(())
}
