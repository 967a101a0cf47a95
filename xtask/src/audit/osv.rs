//! Advisories in the OSV format (<https://ossf.github.io/osv-schema/>).

use anyhow::{Context, Result};
use semver::Version;
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// An advisory. Fields that are not needed are ignored.
#[derive(Debug, Deserialize)]
pub struct Advisory {
    pub id: String,
    #[serde(default)]
    pub summary: String,
    #[serde(default)]
    withdrawn: Option<String>,
    #[serde(default)]
    affected: Vec<Affected>,
}

#[derive(Debug, Deserialize)]
struct Affected {
    package: Package,
    #[serde(default)]
    ranges: Vec<Range>,
    #[serde(default)]
    versions: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Package {
    ecosystem: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Range {
    r#type: String,
    #[serde(default)]
    events: Vec<Event>,
}

/// One of these is set.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Event {
    introduced: Option<String>,
    fixed: Option<String>,
    last_affected: Option<String>,
}

impl Advisory {
    /// Returns whether this version of a package is affected.
    ///
    /// # Errors
    /// If a version in a range is invalid: leaving it out could hide a vulnerability.
    pub fn affects(&self, ecosystem: &str, name: &str, version: &Version) -> Result<bool> {
        for affected in self.affected.iter().filter(|affected| affected.is_about(ecosystem, name)) {
            if affected.versions.iter().any(|listed| *listed == version.to_string()) {
                return Ok(true);
            }
            for range in affected.ranges.iter().filter(|range| range.r#type != "GIT") {
                if range.contains(version).with_context(|| self.id.clone())? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

impl Affected {
    fn is_about(&self, ecosystem: &str, name: &str) -> bool {
        self.package.ecosystem == ecosystem && self.package.name == name
    }
}

impl Range {
    /// Evaluates the events in the order of their versions, as the schema describes.
    fn contains(&self, version: &Version) -> Result<bool> {
        let mut events = Vec::new();
        for event in &self.events {
            match event {
                Event { introduced: Some(from), .. } if from == "0" => events.push((None, 2)),
                Event { introduced: Some(from), .. } => events.push((Some(Version::parse(from)?), 2)),
                Event { fixed: Some(fixed), .. } => events.push((Some(Version::parse(fixed)?), 0)),
                Event { last_affected: Some(last), .. } => events.push((Some(Version::parse(last)?), 1)),
                Event { .. } => {} // a limit, which is for Git only
            }
        }
        events.sort();
        let mut is_affected = false;
        for (at, kind) in events {
            match kind {
                0 if at.as_ref() <= Some(version) => is_affected = false,
                1 if at.as_ref() < Some(version) => is_affected = false,
                2 if at.as_ref() <= Some(version) => is_affected = true,
                _ => {}
            }
        }
        Ok(is_affected)
    }
}

/// Reads the advisories about an ecosystem from all JSON files below a folder.
///
/// # Errors
/// If a file cannot be read or is no advisory.
pub fn read(folder: &Path, ecosystem: &str) -> Result<Vec<Advisory>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            // Files that begin with a dot, such as those of Git, are not advisories.
            if !entry.file_name().to_string_lossy().starts_with('.') {
                found.extend(read(&path, ecosystem)?);
            }
        } else if path.extension().is_some_and(|kind| kind == "json") {
            let text = fs::read_to_string(&path)?;
            let advisory: Advisory = serde_json::from_str(&text)
                .with_context(|| format!("{}: no OSV advisory", path.display()))?;
            let is_about = advisory.affected.iter().any(|affected| affected.package.ecosystem == ecosystem);
            if is_about && advisory.withdrawn.is_none() {
                found.push(advisory);
            }
        }
    }
    Ok(found)
}
