//! `cargo xtask profile`: validates an institution's profile.

use crate::process::print_line;
use anyhow::{Context, Result, bail};
use eimza_guide::Institution;
use eimza_i18n::Catalog;
use eimza_protocol::Lang;
use std::fs;
use std::path::{Path, PathBuf};

/// Validates an institution's profile
#[derive(clap::Args)]
pub struct Profile {
    /// A profile as JSON; see docs/profiles.md
    file: PathBuf,
}

impl Profile {
    pub fn run(self) -> Result<()> {
        read(&self.file).map(drop)
    }
}

/// Reads a profile that the extension accepts, and prints its institution.
///
/// # Errors
/// Names the line of the first fault.
pub fn read(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    match Institution::read(&text) {
        Ok(institution) => {
            print_line(format!("{}: {} ({})", file.display(), institution.name, institution.id));
            Ok(text)
        }
        Err(fault) => {
            let (key, args) = fault.kind.message();
            bail!("{}:{}: {}", file.display(), fault.line, Catalog::of(Lang::Tr).text_with(key, &args))
        }
    }
}
