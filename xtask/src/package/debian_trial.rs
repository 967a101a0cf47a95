//! Installs, upgrades and purges the Debian package on an overlay over this system, which is discarded
//! afterwards.

use crate::process::{self, command, output, print_line};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

const OVERLAY: &str = "/mnt";

/// The folders of browsers' host manifests that the package writes to.
const MANIFEST_FOLDERS: [&str; 3] = [
    "etc/opt/chrome/native-messaging-hosts",
    "etc/chromium/native-messaging-hosts",
    "etc/opt/edge/native-messaging-hosts",
];

/// Runs the trial: installs the older package, upgrades to the new one, and purges it.
pub fn run(older: &Path, package: &Path) -> Result<()> {
    let start = SystemTime::now();
    let root = mount_overlay()?;
    fs::copy(older, root.join("tmp/older.deb"))?;
    fs::copy(package, root.join("tmp/eimza.deb"))?;
    let manifests = MANIFEST_FOLDERS.map(|folder| root.join(folder).join("eimza.yardimcisi.host.json"));
    install_older(&root, &manifests)?;
    upgrade(&root, &manifests)?;
    process::run(Command::new("chroot").arg(&root).args(["eimza-host", "--version"]))?;
    purge(&root)?;
    let seconds = start.elapsed().unwrap_or_default().as_secs();
    print_line(format!("trial: installed, upgraded and purged without a trace, in {seconds} s"));
    Ok(())
}

/// Mounts a writable overlay over this system and returns its root.
fn mount_overlay() -> Result<PathBuf> {
    process::run(&mut command("mount -t tmpfs tmpfs /mnt"))?;
    let folder = Path::new(OVERLAY);
    for name in ["upper", "work", "root"] {
        fs::create_dir(folder.join(name))?;
    }
    process::run(&mut command(
        "mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root",
    ))?;
    // The host finds its own path through /proc.
    process::run(&mut command("mount -t proc proc /mnt/root/proc"))?;
    Ok(folder.join("root"))
}

fn dpkg(root: &Path, arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("chroot");
    // The environment of a service that installs packages: no home folder.
    command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("DEBIAN_FRONTEND", "noninteractive");
    process::run(command.arg(root).arg("dpkg").args(arguments).stdout(Stdio::null()))
}

/// Reads a host manifest and checks that it names the installed program.
fn read_manifest(manifest: &Path) -> Result<String> {
    let text = fs::read_to_string(manifest).with_context(|| manifest.display().to_string())?;
    if !text.contains("\"/usr/bin/eimza-host\"") {
        bail!("{} names another program: {text}", manifest.display());
    }
    Ok(text)
}

/// Installs the older package, and changes the manifests as if it allowed other extensions.
fn install_older(root: &Path, manifests: &[PathBuf]) -> Result<()> {
    dpkg(root, &["--install", "/tmp/older.deb"])?;
    for manifest in manifests {
        let text = read_manifest(manifest)?;
        fs::write(manifest, text.replace("chrome-extension://", "chrome-extension://a"))?;
    }
    Ok(())
}

fn upgrade(root: &Path, manifests: &[PathBuf]) -> Result<()> {
    dpkg(root, &["--install", "/tmp/eimza.deb"])?;
    for manifest in manifests {
        let text = read_manifest(manifest)?;
        if text.contains("chrome-extension://a") {
            bail!("{} was not updated: {text}", manifest.display());
        }
    }
    Ok(())
}

fn purge(root: &Path) -> Result<()> {
    dpkg(root, &["--purge", "eimza-yardimcisi"])?;
    let remaining = output(
        Command::new("find")
            .arg(Path::new(OVERLAY).join("upper"))
            .args(["-iname", "*eimza*", "-not", "-path", "*/tmp/*", "-not", "-type", "c"]),
    )?;
    if !remaining.is_empty() {
        bail!("left behind after the purge:\n{remaining}");
    }
    Ok(())
}
