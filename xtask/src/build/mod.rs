//! `cargo xtask build`: what a browser loads, and the host.

pub mod extension_manifest;
pub mod scripts;
pub mod wasm;
pub mod windows;

use crate::environment::setup;
use crate::process::{run, say};
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The host as it is shipped.
pub const HOST: &str = "target/release/eimza-host";

/// Builds `dist/<browser>/` for each browser, and the host.
pub fn build(browsers: &[&str]) -> Result<()> {
    if let Some(unknown) = browsers.iter().find(|browser| !extension_manifest::BROWSERS.contains(browser)) {
        bail!("no such browser: {unknown}; there are {}", extension_manifest::BROWSERS.join(", "));
    }
    setup::setup()?;
    let module = wasm::build()?;
    for browser in browsers {
        extension(browser, &module)?;
    }
    run(Command::new("cargo").args(["build", "--quiet", "--release", "--package", "eimza-host"]))?;
    let size = |path: &Path| fs::metadata(path).map_or(0, |data| data.len() / 1024);
    say(format!(
        "built: {} (WebAssembly {} KiB), {HOST} ({} KiB)",
        browsers.iter().map(|browser| format!("dist/{browser}")).collect::<Vec<_>>().join(", "),
        size(&module.join("eimza_app_bg.wasm")),
        size(Path::new(HOST)),
    ));
    Ok(())
}

fn extension(browser: &str, module: &Path) -> Result<()> {
    let folder = Path::new("dist").join(browser);
    if folder.exists() {
        fs::remove_dir_all(&folder)?; // what was removed from the sources must not linger
    }
    scripts::build(browser, &folder)?;
    scripts::copy_module(module, &folder.join("wasm"))?;
    fs::copy("manifest/managed.json", folder.join("managed.json"))?;
    let manifest = extension_manifest::for_browser(browser)?;
    fs::write(folder.join("manifest.json"), serde_json::to_string_pretty(&manifest)?)?;
    Ok(())
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let source = entry?.path();
        let Some(name) = source.file_name() else { continue };
        if source.is_dir() {
            copy(&source, &to.join(name))?;
        } else {
            fs::copy(&source, to.join(name))?;
        }
    }
    Ok(())
}
