//! Builds the WebAssembly module: cargo, then wasm-bindgen, then wasm-opt.

use crate::process::{command, run};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

const BUILT: &str = "target/wasm32-unknown-unknown/wasm/eimza_app.wasm";
const FINISHED: &str = "target/eimza-app";

/// Builds the extension's module; returns the folder with the JavaScript glue and the optimised binary.
pub fn build() -> Result<PathBuf> {
    run(&mut command(
        "cargo build --quiet --package eimza-app --profile wasm --target wasm32-unknown-unknown",
    ))?;
    let folder = Path::new(FINISHED);
    let optimised = folder.join("eimza_app_bg.wasm");
    let modified = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    let has_types = folder.join("eimza_app.d.ts").exists();
    if has_types && modified(&optimised) > modified(Path::new(BUILT)) {
        return Ok(folder.to_owned());
    }
    Bindgen::new().input_path(BUILT).web(true)?.typescript(true).generate(folder)?;
    // wasm-opt needs the features that rustc enables for wasm32 as options.
    run(command("node node_modules/binaryen/bin/wasm-opt -Oz")
        .args(["--enable-bulk-memory", "--enable-mutable-globals", "--enable-multivalue"])
        .args(["--enable-nontrapping-float-to-int", "--enable-reference-types", "--enable-sign-ext"])
        .arg(&optimised)
        .arg("-o")
        .arg(&optimised))
    .context("wasm-opt")?;
    Ok(folder.to_owned())
}
