//! The lock files of npm.

use super::finding::Finding;
use super::osv::Advisory;
use anyhow::{Context, Result};
use semver::Version;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A lock file of version 2 or 3.
#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Package>,
}

#[derive(Deserialize)]
struct Package {
    /// The name, if it differs from that of the folder.
    name: Option<String>,
    version: Option<String>,
    #[serde(default)]
    link: bool,
}

/// Returns the number of packages in a lock file, and those that are affected.
pub fn check(advisories: &[Advisory], name: &str, lock_file: &Path) -> Result<(usize, Vec<Finding>)> {
    let lock: Lock = serde_json::from_str(&fs::read_to_string(lock_file)?)?;
    let mut findings = Vec::new();
    let mut count = 0;
    for (folder, package) in
        lock.packages.iter().filter(|(folder, package)| !folder.is_empty() && !package.link)
    {
        count += 1;
        let folder_name = folder.rsplit("node_modules/").next().unwrap_or(folder);
        let package_name = package.name.as_deref().unwrap_or(folder_name);
        let version = package.version.as_deref().with_context(|| format!("{folder} has no version"))?;
        let parsed = Version::parse(version).with_context(|| format!("{folder}: {version}"))?;
        for advisory in advisories {
            if advisory.affects("npm", package_name, &parsed)? {
                findings.push(Finding {
                    lock_file: name.to_owned(),
                    package: package_name.to_owned(),
                    version: version.to_owned(),
                    advisory: advisory.id.clone(),
                    title: advisory.summary.clone(),
                });
            }
        }
    }
    Ok((count, findings))
}
