//! `cargo xtask build`: the extension as a browser loads it, and the host.

pub mod extension_manifest;
pub mod scripts;
pub mod wasm;
pub mod windows;

use crate::data::provinces::QUARTERS;
use crate::environment::setup::setup;
use crate::process::{command, print_line, run};
use anyhow::Result;
use clap::builder::PossibleValuesParser;
use std::fs;
use std::path::Path;

/// The host as it is released.
pub const HOST: &str = "target/release/eimza-host";

/// Builds the extension into dist/ and the host into target/release/
#[derive(clap::Args)]
pub struct Build {
    /// Builds the extension for this browser only
    #[arg(long, value_parser = browser_values())]
    browser: Option<String>,
}

impl Build {
    pub fn run(self) -> Result<()> {
        match self.browser {
            Some(browser) => build(&[browser]),
            None => build(&extension_manifest::browsers()?),
        }
    }
}

/// Returns the values that `--browser` takes. Clap keeps them until the process ends.
fn browser_values() -> PossibleValuesParser {
    let browsers = extension_manifest::browsers().unwrap_or_default();
    PossibleValuesParser::new(browsers.into_iter().map(|name| &*name.leak()))
}

/// Builds `dist/<browser>/` for each browser, and the host.
pub fn build(browsers: &[impl AsRef<str>]) -> Result<()> {
    setup()?;
    let module = wasm::build()?;
    for browser in browsers {
        extension(browser.as_ref(), &module)?;
    }
    run(&mut command("cargo build --quiet --release --package eimza-host"))?;
    let size = |path: &Path| fs::metadata(path).map_or(0, |data| data.len() / 1024);
    print_line(format!(
        "built: {} (WebAssembly {} KiB), {HOST} ({} KiB)",
        browsers.iter().map(|browser| format!("dist/{}", browser.as_ref())).collect::<Vec<_>>().join(", "),
        size(&module.join("eimza_app_bg.wasm")),
        size(Path::new(HOST)),
    ));
    Ok(())
}

/// Builds the virtual card.
pub fn virtual_card() -> Result<()> {
    run(&mut command("cargo build --quiet --package eimza-virtual-card"))
}

/// Builds the module that the tests mount in place of the one of the card's maker.
pub fn test_module() -> Result<()> {
    run(&mut command("cargo build --quiet --package eimza-test-module"))
}

/// Builds the PIN pad that tests give the virtual reader.
pub fn test_pin_pad() -> Result<()> {
    run(&mut command("cargo build --quiet --package eimza-test-pin-pad"))
}

fn extension(browser: &str, module: &Path) -> Result<()> {
    let folder = Path::new("dist").join(browser);
    if folder.exists() {
        fs::remove_dir_all(&folder)?; // removes files that the sources no longer have
    }
    scripts::build(browser, &folder)?;
    scripts::copy_module(module, &folder.join("wasm"))?;
    fs::write(folder.join("wasm/quarters"), eimza_packed::pack(&fs::read_to_string(QUARTERS)?))?;
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
