//! Registers the host in a temporary browser profile.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Writes the host manifest into a profile folder, which Chromium searches before its global folders.
pub fn register(profile: &Path, host: &Path) -> Result<()> {
    let mut manifest: Value = serde_json::from_str(&fs::read_to_string("manifest/native-host.json")?)?;
    let name = manifest["name"].as_str().context("the host manifest has no name")?.to_owned();
    manifest["path"] = host.canonicalize()?.to_string_lossy().into();
    let folder = profile.join("NativeMessagingHosts");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name + ".json"), manifest.to_string())?;
    Ok(())
}
