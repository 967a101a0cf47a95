//! `cargo xtask docs`: the pages that are generated from data.

mod address_rules;
mod policies;
mod procedures;
mod profiles;
mod types;

use anyhow::Result;
use std::fs;
use std::path::Path;

/// Writes a page.
type Page = fn() -> String;

/// Where each page goes.
const PAGES: &[(&str, Page)] = &[
    ("docs/address-rules.md", address_rules::page),
    ("extension/types/messages.d.ts", types::page),
    ("docs/institution.schema.json", profiles::schema),
    ("docs/procedures.md", procedures::page),
    ("docs/profiles.md", profiles::page),
    ("manifest/managed.json", profiles::managed),
];

/// Writes all pages anew.
pub fn docs() -> Result<()> {
    fs::create_dir_all("docs")?;
    for (path, page) in PAGES {
        fs::write(path, page())?;
    }
    lay_down("manifest/policies", policies::examples())
}

/// `cargo xtask policies FILE`: the same files for an institution, in dist/policies.
pub fn policies_of(profile: &Path) -> Result<()> {
    let text = crate::data::profile::read(profile)?;
    lay_down("dist/policies", policies::files(&text))?;
    crate::process::say("written: dist/policies");
    Ok(())
}

fn lay_down(folder: &str, files: Vec<(String, String)>) -> Result<()> {
    for (path, text) in files {
        let path = Path::new(folder).join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// A text as it stands in a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ⏎ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generated_pages_are_up_to_date() {
        for (path, page) in PAGES {
            let written = fs::read_to_string(crate::workspace::root().join(path)).unwrap();
            assert!(written == page(), "{path} is stale: run `cargo xtask docs`");
        }
    }
}
