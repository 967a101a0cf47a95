//! Advisories about crates, in the layout of RustSec's advisory-db.

use super::finding::Finding;
use anyhow::{Context, Result};
use rustsec::{Database, Lockfile};
use std::path::Path;

/// The advisories of a database.
pub struct Advisories(Database);

impl Advisories {
    /// Reads the advisories; `None` if the folder has none about crates.
    pub fn read(database: &Path) -> Result<Option<Self>> {
        if !database.join("crates").is_dir() {
            return Ok(None);
        }
        let advisories = Database::open(database).context("the advisories about crates")?;
        Ok(advisories.iter().next().is_some().then_some(Self(advisories)))
    }

    /// Returns the number of packages in a lock file, and those that are affected. Advisories that are only
    /// informational, such as an unmaintained crate, are left out.
    pub fn check(&self, name: &str, lock_file: &Path) -> Result<(usize, Vec<Finding>)> {
        let lock = Lockfile::load(lock_file)?;
        let findings = self.0.vulnerabilities(&lock).into_iter().map(|vulnerability| Finding {
            lock_file: name.to_owned(),
            package: vulnerability.package.name.to_string(),
            version: vulnerability.package.version.to_string(),
            advisory: vulnerability.advisory.id.to_string(),
            title: vulnerability.advisory.title,
        });
        Ok((lock.packages.len(), findings.collect()))
    }
}
