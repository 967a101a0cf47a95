//! `cargo xtask audit`: looks for known vulnerabilities in the locked dependencies.

mod crates;
mod finding;
mod npm;
mod osv;

use crate::process::print_line;
use anyhow::{Context, Result, bail};
use finding::Finding;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The environment variable with which `cargo xtask test` gets the database.
pub const DATABASE: &str = "EIMZA_ADVISORIES";

/// The lock files of Rust.
const CARGO_LOCKS: [&str; 2] = ["Cargo.lock", "fuzz/Cargo.lock"];
/// The lock files of npm.
const NPM_LOCKS: [&str; 2] = ["package-lock.json", "tests/frameworks/package-lock.json"];

/// Compares the lock files with an advisory database in a folder
///
/// Needs no network. For Rust, the folder has the layout of RustSec's advisory-db (`crates/`); for npm, it
/// contains files in the OSV format, in any subfolder. Exits with 1 if a locked version is affected.
#[derive(clap::Args)]
pub struct Audit {
    /// The folder of the database
    #[arg(long, value_name = "FOLDER", env = DATABASE)]
    database: PathBuf,
}

impl Audit {
    pub fn run(self) -> Result<ExitCode> {
        let audit = audit(&self.database, Path::new(""))?;
        for line in audit.lines() {
            print_line(line);
        }
        Ok(if audit.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Compares the lock files with the database that the environment names; `None` if it names none.
pub fn from_environment() -> Option<Result<()>> {
    let database = PathBuf::from(std::env::var_os(DATABASE)?);
    let outcome = audit(&database, Path::new("")).and_then(|audit| {
        if !audit.findings.is_empty() || !audit.unchecked.is_empty() {
            bail!("{}", audit.lines().join("\n"));
        }
        Ok(())
    });
    Some(outcome)
}

/// The outcome of an audit.
#[derive(Debug, Default)]
struct Outcome {
    findings: Vec<Finding>,
    /// Each checked lock file, with the number of its packages.
    checked: Vec<(String, usize)>,
    /// Lock files for whose ecosystem the database has no advisory.
    unchecked: Vec<&'static str>,
}

impl Outcome {
    fn lines(&self) -> Vec<String> {
        let findings = self.findings.iter().map(|finding| {
            let Finding { lock_file, package, version, advisory, title } = finding;
            format!("{lock_file}: {package} {version}: {advisory}: {title}")
        });
        let checked = self.checked.iter().map(|(file, count)| format!("{file}: {count} packages checked"));
        let unchecked = self
            .unchecked
            .iter()
            .map(|file| format!("{file}: NOT CHECKED, the database has no advisories for it"));
        let total = format!("{} findings", self.findings.len());
        findings.chain(checked).chain(unchecked).chain([total]).collect()
    }
}

/// Compares the lock files below `root` with a database.
///
/// # Errors
/// If the database or a lock file cannot be read, or the database has no advisory at all.
fn audit(database: &Path, root: &Path) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    match crates::Advisories::read(database)? {
        Some(advisories) => {
            for file in CARGO_LOCKS {
                let (count, findings) = advisories.check(file, &root.join(file)).context(file)?;
                outcome.checked.push((file.to_owned(), count));
                outcome.findings.extend(findings);
            }
        }
        None => outcome.unchecked.extend(CARGO_LOCKS),
    }
    let advisories = osv::read(database, "npm")?;
    if advisories.is_empty() {
        outcome.unchecked.extend(NPM_LOCKS);
    } else {
        for file in NPM_LOCKS {
            let (count, findings) = npm::check(&advisories, file, &root.join(file)).context(file)?;
            outcome.checked.push((file.to_owned(), count));
            outcome.findings.extend(findings);
        }
    }
    if outcome.checked.is_empty() {
        bail!("{}: no advisories, neither in crates/ nor as OSV files for npm", database.display());
    }
    outcome.findings.sort();
    outcome.findings.dedup();
    Ok(outcome)
}

#[cfg(test)]
mod tests;
