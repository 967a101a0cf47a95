//! `cargo xtask profile`: whether an institution's profile is one.

use crate::process::say;
use anyhow::{Context, Result, bail};
use eimza_guide::Institution;
use eimza_i18n::Catalog;
use eimza_protocol::Lang;
use std::fs;
use std::path::Path;

/// Says whose profile it is, or what is wrong and where.
pub fn run(file: &Path) -> Result<()> {
    read(file).map(drop)
}

/// The text of a profile that the extension would take.
pub fn read(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    match Institution::read(&text) {
        Ok(institution) => {
            say(format!("{}: {} ({})", file.display(), institution.name, institution.id));
            Ok(text)
        }
        Err(fault) => {
            let (key, args) = fault.kind.message();
            bail!("{}:{}: {}", file.display(), fault.line, Catalog::of(Lang::Tr).text_with(key, &args))
        }
    }
}
