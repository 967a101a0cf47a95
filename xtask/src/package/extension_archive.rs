//! Zip archives of the extension.

use crate::build::{self, extension_manifest};
use crate::process::run;
use anyhow::{Context, Result};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// Who installs an archive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Browser stores, which replace the manifest's key with their own.
    Store,
    /// Users who unpack it and load the folder. With the manifest's key the extension gets the id that the
    /// host allows.
    Users,
}

/// Writes the archive of one browser's extension with its licences into a folder.
pub fn write(
    browser: &str,
    audience: Audience,
    notices: &Path,
    time: SystemTime,
    output: &Path,
) -> Result<()> {
    let folder = PathBuf::from("target/store").join(browser);
    let _ = fs::remove_dir_all(&folder);
    build::copy(&Path::new("dist").join(browser), &folder)?;
    for licence in [Path::new("LICENSE-MIT"), Path::new("LICENSE-APACHE"), notices] {
        fs::copy(licence, folder.join(licence.file_name().context("a file")?))?;
    }
    let mut manifest = extension_manifest::for_browser(browser)?;
    if audience == Audience::Store {
        manifest.as_object_mut().context("a manifest")?.remove("key");
    }
    fs::write(folder.join("manifest.json"), serde_json::to_string_pretty(&manifest)?)?;
    let mut files = Vec::new();
    list_files(&folder, &folder, &mut files)?;
    files.sort();
    for file in &files {
        // Permissions and times do not depend on the umask and the time of the build.
        fs::set_permissions(folder.join(file), Permissions::from_mode(0o644))?;
        File::options().write(true).open(folder.join(file))?.set_modified(time)?;
    }
    let suffix = if audience == Audience::Store { "-store" } else { "" };
    let name = format!("eimza-yardimcisi-{browser}{suffix}-{}.zip", env!("CARGO_PKG_VERSION"));
    run(Command::new("zip")
        .args(["-q", "-X", "-9"])
        .arg(std::env::current_dir()?.join(output).join(name))
        .args(&files)
        .current_dir(folder)
        .env("TZ", "UTC"))
}

/// Collects the files below a folder, by path relative to `root`.
fn list_files(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list_files(root, &path, files)?;
        } else {
            files.push(path.strip_prefix(root)?.to_owned());
        }
    }
    Ok(())
}
