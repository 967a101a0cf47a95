//! `cargo xtask docs`: generates pages and schemas from data.

mod address_rules;
mod markdown;
mod policies;
mod procedures;
mod profiles;
mod types;

use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// Generates a page.
type Page = fn() -> String;

/// Generated files with their generators.
const PAGES: &[(&str, Page)] = &[
    ("docs/address-rules.md", address_rules::page),
    ("extension/types/messages.d.ts", types::page),
    ("docs/institution.schema.json", profiles::schema),
    ("docs/procedures.md", procedures::page),
    ("docs/profiles.md", profiles::page),
    ("manifest/managed.json", profiles::managed),
];

/// Regenerates the pages and schemas that are made from data
#[derive(clap::Args)]
pub struct Docs;

impl Docs {
    pub fn run(self) -> Result<()> {
        fs::create_dir_all("docs")?;
        for (path, page) in PAGES {
            fs::write(path, page())?;
        }
        write_files("manifest/policies", policies::examples())
    }
}

/// Writes browser policies for an institution's profile to dist/policies
#[derive(clap::Args)]
pub struct Policies {
    /// A profile as JSON; see docs/profiles.md
    file: PathBuf,
}

impl Policies {
    pub fn run(self) -> Result<()> {
        let text = crate::data::profile::read(&self.file)?;
        write_files("dist/policies", policies::files(&text))?;
        crate::process::print_line("written: dist/policies");
        Ok(())
    }
}

fn write_files(folder: &str, files: Vec<(String, String)>) -> Result<()> {
    for (path, text) in files {
        let path = Path::new(folder).join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::write(path, text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_pages_are_up_to_date() {
        for (path, page) in PAGES {
            let written = fs::read_to_string(crate::workspace::root().join(path)).unwrap();
            assert!(written == page(), "{path} is stale: run `cargo xtask docs`");
        }
    }
}
