//! Measures the sizes of release files.

use crate::measure::{Row, Subject};
use crate::workspace::workspace_path;
use anyhow::{Context, Result};
use std::fs;

/// Returns rows for the WebAssembly module and the host.
pub fn all() -> Result<Vec<Row>> {
    let size = |path: &str| -> Result<f64> {
        let bytes = fs::metadata(workspace_path(path)).with_context(|| path.to_owned())?.len();
        Ok(f64::from(u32::try_from(bytes)?) / 1000.0)
    };
    let row = |name, path, reference, limit| -> Result<Row> {
        Ok(Subject { name, reference, bound: 1.0 }.row("KB", vec![size(path)?], vec![limit]))
    };
    Ok(vec![
        row("wasm-size", "dist/chrome/wasm/eimza_app_bg.wasm", "300 KB", 300.0)?,
        row("host-size", "target/release/eimza-host", "3 MB", 3000.0)?,
    ])
}
