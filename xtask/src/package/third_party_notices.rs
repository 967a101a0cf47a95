//! Licence notices of third-party code in the released programs: most licences require their notice in every
//! copy.

use crate::environment::tools::CARGO_ABOUT;
use crate::process::run;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Writes the notices for one of our packages, built for a target, to a file below `target/` and returns its
/// path.
///
/// # Errors
/// If a dependency has a licence that `packaging/licenses/about.toml` does not accept.
pub fn collect(folder: &str, target: &str) -> Result<PathBuf> {
    let file = Path::new("target/licences").join(target).join("THIRD-PARTY.txt");
    std::fs::create_dir_all(file.with_file_name(""))?;
    run(CARGO_ABOUT
        .command()?
        .args(["generate", "--offline", "--locked", "--fail", "--config", "packaging/licenses/about.toml"])
        .args(["--manifest-path", &format!("{folder}/Cargo.toml"), "--target", target, "--output-file"])
        .arg(&file)
        .arg("packaging/licenses/third-party.hbs"))?;
    Ok(file)
}
