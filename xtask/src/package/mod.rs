//! `cargo xtask package`: what is handed out, in dist/packages: the extension for the stores, the Debian package
//! and the Windows installer of the host, what they are made of, and the sums. Made twice from the same commit, they are
//! the same.

mod sbom;
mod third_party_notices;

use crate::build::{self, extension_manifest, windows};
use crate::environment::tools::CARGO_DEB;
use crate::environment::{apt, isolation};
use crate::process::{output, run, say};
use anyhow::{Context, Result, bail};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The argument that starts the trial of the Debian package in a world of its own.
pub const INSIDE: &str = "package-inside";

const FOLDER: &str = "dist/packages";

/// Needed here alone, so `setup` leaves them out.
const PACKAGES: &[(&str, &str)] =
    &[("lintian", "checks the Debian package"), ("zip", "packs the extension for the stores")];

/// What the trial upgrades from: the same files under an older number.
const OLDER: &str = "target/older.deb";

/// Builds everything, packs it, checks it, and tries the Debian package.
pub fn package() -> Result<()> {
    apt::install(PACKAGES)?;
    windows::setup()?;
    build::build(&extension_manifest::BROWSERS)?;
    windows::build()?;
    let _ = fs::remove_dir_all(FOLDER); // from a run before
    fs::create_dir_all(FOLDER)?;
    let epoch = output(Command::new("git").args(["log", "-1", "--format=%ct"]))?;
    // cargo-deb takes the host's from there.
    third_party_notices::gather("native-host/host", "x86_64-unknown-linux-gnu")?;
    let notices = third_party_notices::gather("wasm/app", "wasm32-unknown-unknown")?;
    for browser in extension_manifest::BROWSERS {
        let time = UNIX_EPOCH + Duration::from_secs(epoch.parse().context("the commit's time")?);
        extension(browser, For::Store, &notices, time)?;
        extension(browser, For::Users, &notices, time)?;
    }
    deb(&format!("{FOLDER}/"), None, &epoch)?;
    deb(OLDER, Some("0.0.1-1"), &epoch)?;
    sbom::write(Path::new(FOLDER), &epoch)?;
    run(Command::new("lintian").args(["--fail-on", "error", "--allow-root"]).arg(debian_package()?))?;
    let installer = format!("{FOLDER}/eimza-yardimcisi-{}-setup.exe", env!("CARGO_PKG_VERSION"));
    windows::installer(&windows::signed_host()?, env!("CARGO_PKG_VERSION"), Path::new(&installer), &epoch)?;
    sums()?;
    if isolation::again(&[INSIDE])? != std::process::ExitCode::SUCCESS {
        bail!("the Debian package failed its trial");
    }
    say(format!("packed: {FOLDER}"));
    Ok(())
}

/// Writes the host's package, under the version of the changelog or another one.
fn deb(output: &str, version: Option<&str>, epoch: &str) -> Result<()> {
    run(CARGO_DEB
        .command()?
        .args(["--package", "eimza-host", "--no-build", "--quiet", "--output", output])
        .args(version.map(|version| format!("--deb-version={version}")))
        .env("SOURCE_DATE_EPOCH", epoch))
}

/// Whom an archive of the extension is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// Stores put their own key in the place of ours.
    Store,
    /// People who unpack it and load the folder: with our key it has the id that the host lets in.
    Users,
}

/// One browser's extension, with the licences.
fn extension(browser: &str, whom: For, notices: &Path, time: SystemTime) -> Result<()> {
    let folder = PathBuf::from("target/store").join(browser);
    let _ = fs::remove_dir_all(&folder);
    build::copy(&Path::new("dist").join(browser), &folder)?;
    for licence in [Path::new("LICENSE-MIT"), Path::new("LICENSE-APACHE"), notices] {
        fs::copy(licence, folder.join(licence.file_name().context("a file")?))?;
    }
    let mut manifest = extension_manifest::for_browser(browser)?;
    if whom == For::Store {
        manifest.as_object_mut().context("a manifest")?.remove("key");
    }
    fs::write(folder.join("manifest.json"), serde_json::to_string_pretty(&manifest)?)?;
    let mut files = Vec::new();
    list(&folder, &folder, &mut files)?;
    files.sort();
    for file in &files {
        // Whatever rights new files have here, the archive says the same.
        fs::set_permissions(folder.join(file), Permissions::from_mode(0o644))?;
        File::options().write(true).open(folder.join(file))?.set_modified(time)?;
    }
    let archive = std::env::current_dir()?.join(FOLDER).join(format!(
        "eimza-yardimcisi-{browser}{}-{}.zip",
        if whom == For::Store { "-store" } else { "" },
        env!("CARGO_PKG_VERSION")
    ));
    run(Command::new("zip")
        .args(["-q", "-X", "-9"])
        .arg(archive)
        .args(&files)
        .current_dir(folder)
        .env("TZ", "UTC"))
}

fn list(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(root, &path, files)?;
        } else {
            files.push(path.strip_prefix(root)?.to_owned());
        }
    }
    Ok(())
}

fn sums() -> Result<()> {
    let mut files: Vec<_> =
        fs::read_dir(FOLDER)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<_, _>>()?;
    files.sort();
    let sums = File::create(Path::new(FOLDER).join("SHA256SUMS"))?;
    run(Command::new("sha256sum").args(files).current_dir(FOLDER).stdout(Stdio::from(sums)))
}

fn debian_package() -> Result<PathBuf> {
    let mut files = fs::read_dir(FOLDER)?.flatten().map(|entry| entry.path());
    let package = files.find(|path| path.extension().is_some_and(|kind| kind == "deb"));
    package.context("no Debian package")?.canonicalize().context("its place")
}

/// In a world of its own, on a copy of this system that is thrown away: an older package is installed, upgraded,
/// and purged.
pub fn inside() -> Result<()> {
    isolation::end_on_signal()?;
    let package = debian_package()?;
    let began = SystemTime::now();
    let root = Path::new("/mnt");
    mount(&["-t", "tmpfs", "tmpfs", "/mnt"])?;
    for folder in ["upper", "work", "root"] {
        fs::create_dir(root.join(folder))?;
    }
    mount(&[
        "-t",
        "overlay",
        "overlay",
        "-o",
        "lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work",
        "/mnt/root",
    ])?;
    let root = root.join("root");
    // The program asks there where it is itself.
    mount(&["-t", "proc", "proc", "/mnt/root/proc"])?;
    fs::copy(OLDER, root.join("tmp/older.deb"))?;
    fs::copy(&package, root.join("tmp/eimza.deb"))?;
    let dpkg = |arguments: &[&str]| {
        let mut command = Command::new("chroot");
        // As a service that installs packages: without a home folder.
        command
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("DEBIAN_FRONTEND", "noninteractive");
        command.arg(&root).arg("dpkg").args(arguments);
        run(command.stdout(Stdio::null()))
    };
    let manifests = [
        "etc/opt/chrome/native-messaging-hosts",
        "etc/chromium/native-messaging-hosts",
        "etc/opt/edge/native-messaging-hosts",
        "usr/lib/mozilla/native-messaging-hosts",
    ]
    .map(|folder| root.join(folder).join("eimza.yardimcisi.host.json"));
    for file in ["/tmp/older.deb", "/tmp/eimza.deb"] {
        dpkg(&["--install", file])?;
        for manifest in &manifests {
            let text = fs::read_to_string(manifest).with_context(|| manifest.display().to_string())?;
            if !text.contains("\"/usr/bin/eimza-host\"") {
                bail!("{} names another program: {text}", manifest.display());
            }
            if file.contains("older") {
                // An older version let other extensions in.
                fs::write(manifest, text.replace("chrome-extension://", "chrome-extension://a"))?;
            } else if text.contains("chrome-extension://a") {
                bail!("{} was not brought up to date: {text}", manifest.display());
            }
        }
    }
    run(Command::new("chroot").arg(&root).args(["eimza-host", "--version"]))?;
    dpkg(&["--purge", "eimza-yardimcisi"])?;
    let left = output(
        Command::new("find")
            .arg("/mnt/upper")
            .args(["-iname", "*eimza*", "-not", "-path", "*/tmp/*", "-not", "-type", "c"]),
    )?;
    if !left.is_empty() {
        bail!("left behind after the purge:\n{left}");
    }
    let seconds = began.elapsed().unwrap_or_default().as_secs();
    say(format!("trial: installed, upgraded and purged without a trace, in {seconds} s"));
    Ok(())
}

fn mount(arguments: &[&str]) -> Result<()> {
    run(Command::new("mount").args(arguments))
}
