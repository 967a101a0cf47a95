//! `cargo xtask package`: release files in dist/packages. Builds from the same commit are identical.

mod debian;
mod debian_trial;
mod extension_archive;
mod sbom;
mod third_party_notices;

use crate::build::{self, extension_manifest, windows};
use crate::environment::{apt, isolation};
use crate::process::{output, print_line, run};
use anyhow::{Context, Result, bail};
use extension_archive::Audience;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, UNIX_EPOCH};

/// The name of the command that tries the Debian package in isolated namespaces.
pub const ISOLATED: &str = "package-isolated";

const FOLDER: &str = "dist/packages";

/// Packages that only this command needs; `setup` leaves them out.
const PACKAGES: &[(&str, &str)] =
    &[("lintian", "checks the Debian package"), ("zip", "packs the extension for the stores")];

/// Builds, packs and tries everything that users install, in dist/packages
///
/// Extension archives for stores and users, the host's Debian package and Windows installer, bills of
/// materials and checksums.
#[derive(clap::Args)]
pub struct Package;

impl Package {
    pub fn run(self) -> Result<()> {
        apt::install(PACKAGES)?;
        apt::install(apt::WINDOWS)?;
        let browsers = extension_manifest::browsers()?;
        build::build(&browsers)?;
        windows::build()?;
        let _ = fs::remove_dir_all(FOLDER); // from an earlier run
        fs::create_dir_all(FOLDER)?;
        let folder = Path::new(FOLDER);
        let epoch = output(Command::new("git").args(["log", "-1", "--format=%ct"]))?;
        // cargo-deb reads the host's notices from where they are written.
        third_party_notices::collect("native-host/host", "x86_64-unknown-linux-gnu")?;
        let notices = third_party_notices::collect("wasm/app", "wasm32-unknown-unknown")?;
        let time = UNIX_EPOCH + Duration::from_secs(epoch.parse().context("the commit's time")?);
        for browser in &browsers {
            for audience in [Audience::Store, Audience::Users] {
                extension_archive::write(browser, audience, &notices, time, folder)?;
            }
        }
        debian::write(folder, &epoch)?;
        sbom::write(folder, &epoch)?;
        debian::lint(folder)?;
        let version = env!("CARGO_PKG_VERSION");
        let installer = folder.join(format!("eimza-yardimcisi-{version}-setup.exe"));
        windows::installer(&windows::signed_host()?, version, &installer, &epoch)?;
        write_checksums(folder)?;
        if isolation::rerun(&[ISOLATED])? != ExitCode::SUCCESS {
            bail!("the Debian package failed its trial");
        }
        print_line(format!("packed: {FOLDER}"));
        Ok(())
    }
}

/// Tries the Debian package in isolated namespaces.
#[derive(clap::Args)]
pub struct Isolated;

impl Isolated {
    pub fn run(self) -> Result<()> {
        isolation::end_on_signal()?;
        debian_trial::run(Path::new(debian::OLDER), &debian::find(Path::new(FOLDER))?)
    }
}

fn write_checksums(folder: &Path) -> Result<()> {
    let mut files: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<_, _>>()?;
    files.sort();
    let sums = File::create(folder.join("SHA256SUMS"))?;
    run(Command::new("sha256sum").args(files).current_dir(folder).stdout(Stdio::from(sums)))
}
