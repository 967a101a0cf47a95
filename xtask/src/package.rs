//! `cargo xtask package`: what is handed out, in dist/packages: the extension for the stores, the Debian package
//! and the Windows installer of the host, and their sums. Made twice from the same commit, they are the same.

use crate::process::{output, run, say};
use crate::{apt, build, isolate, manifest, windows};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The argument that starts the trial of the Debian package in a world of its own.
pub const INSIDE: &str = "package-inside";

const FOLDER: &str = "dist/packages";

/// Needed here alone, so `setup` leaves them out.
const PACKAGES: &[(&str, &str)] =
    &[("lintian", "checks the Debian package"), ("zip", "packs the extension for the stores")];

/// cargo-deb writes Debian packages without debhelper.
const CARGO_DEB: (&str, &str) = ("target/tools/bin/cargo-deb", "3.8.0");

/// Builds everything, packs it, checks it, and tries the Debian package.
pub fn package() -> Result<()> {
    apt::install(PACKAGES)?;
    cargo_deb()?;
    windows::setup()?;
    build::build(&manifest::BROWSERS)?;
    windows::build()?;
    let _ = fs::remove_dir_all(FOLDER); // from a run before
    fs::create_dir_all(FOLDER)?;
    let epoch = output(Command::new("git").args(["log", "-1", "--format=%ct"]))?;
    for browser in manifest::BROWSERS {
        extension(browser, epoch.parse().context("the commit's time")?)?;
    }
    run(Command::new(CARGO_DEB.0)
        .args(["--package", "eimza-host", "--no-build", "--quiet", "--output"])
        .arg(format!("{FOLDER}/"))
        .env("SOURCE_DATE_EPOCH", &epoch))?;
    run(Command::new("lintian").args(["--fail-on", "error", "--allow-root"]).arg(debian_package()?))?;
    let installer = format!("{FOLDER}/eimza-yardimcisi-{}-setup.exe", env!("CARGO_PKG_VERSION"));
    windows::installer(&windows::signed_host()?, env!("CARGO_PKG_VERSION"), Path::new(&installer), &epoch)?;
    sums()?;
    if isolate::again(&[INSIDE])? != std::process::ExitCode::SUCCESS {
        bail!("the Debian package failed its trial");
    }
    say(format!("packed: {FOLDER}"));
    Ok(())
}

fn cargo_deb() -> Result<()> {
    let (program, version) = CARGO_DEB;
    if Path::new(program).exists() {
        return Ok(());
    }
    say(format!("missing: cargo-deb {version} (writes the Debian package)"));
    run(Command::new("cargo").args([
        "install",
        "cargo-deb",
        "--quiet",
        "--locked",
        "--version",
        version,
        "--root",
        "target/tools",
    ]))
}

/// One browser's extension as stores take it: they put their own key in the place of ours.
fn extension(browser: &str, epoch: u64) -> Result<()> {
    let folder = PathBuf::from("target/store").join(browser);
    let _ = fs::remove_dir_all(&folder);
    build::copy(&Path::new("dist").join(browser), &folder)?;
    let mut manifest = manifest::for_browser(browser)?;
    manifest.as_object_mut().context("a manifest")?.remove("key");
    fs::write(folder.join("manifest.json"), serde_json::to_string_pretty(&manifest)?)?;
    let mut files = Vec::new();
    list(&folder, &folder, &mut files)?;
    files.sort();
    for file in &files {
        File::options()
            .write(true)
            .open(folder.join(file))?
            .set_modified(UNIX_EPOCH + Duration::from_secs(epoch))?;
    }
    let archive = std::env::current_dir()?
        .join(FOLDER)
        .join(format!("eimza-yardimcisi-{browser}-{}.zip", env!("CARGO_PKG_VERSION")));
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

/// In a world of its own, on a copy of this system that is thrown away: the package is installed, upgraded by
/// itself, and purged.
pub fn inside() -> Result<()> {
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
    fs::copy(&package, root.join("tmp/eimza.deb"))?;
    let dpkg = |arguments: &[&str]| {
        let mut command = Command::new("chroot");
        command.arg(&root).arg("dpkg").args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run(command.stdout(Stdio::null()))
    };
    let manifests = [
        "etc/opt/chrome/native-messaging-hosts",
        "etc/chromium/native-messaging-hosts",
        "etc/opt/edge/native-messaging-hosts",
        "usr/lib/mozilla/native-messaging-hosts",
    ]
    .map(|folder| root.join(folder).join("eimza.yardimcisi.host.json"));
    for _ in ["installed", "upgraded by itself"] {
        dpkg(&["--install", "/tmp/eimza.deb"])?;
        for manifest in &manifests {
            let text = fs::read_to_string(manifest).with_context(|| manifest.display().to_string())?;
            if !text.contains("\"/usr/bin/eimza-host\"") {
                bail!("{} names another program: {text}", manifest.display());
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
