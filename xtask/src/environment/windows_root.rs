//! A Debian of its own for the tests of the Windows program: its Wine has a smart-card library that talks to pcscd, which
//! that of older releases lacks.
//!
//! debootstrap makes it from the mirror that apt of this machine uses. It is kept below `target/`.

use crate::environment::apt;
use crate::process::{BackgroundProcess, output, print_line, run, run_quietly, succeeds, wait_until};
use crate::workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// The release: Debian 13, with Wine 10.
const RELEASE: &str = "trixie";

/// What is installed in it.
const PACKAGES: &[&str] = &[
    "wine64",
    "wine",
    "fonts-wine",
    "pcscd",
    "vsmartcard-vpcd",
    "opensc",
    "xvfb",
    "xdotool",
    "imagemagick", // takes screenshots
    // Loaded by Wine at run time, so that no package depends on them.
    "libxi6",
    "libxinerama1",
    "libxrandr2",
    "libxcursor1",
    "libxcomposite1",
    "libxfixes3",
    "libxrender1",
];

/// The programs on the machine that make it.
const TOOLS: &[(&str, &str)] = &[("debootstrap", "makes the Debian in which the Windows program is tested")];

/// The display inside; its socket is in the network namespace of the tests.
const DISPLAY: &str = ":7";

const SOCKET: &str = "run/pcscd/pcscd.comm";

/// Returns what this machine lacks for such a Debian, if anything.
pub fn missing() -> Result<Option<&'static str>> {
    if output(Command::new("id").arg("-u"))? != "0" {
        return Ok(Some("the rights of root"));
    }
    if apt::install(TOOLS).is_err() {
        return Ok(Some("debootstrap"));
    }
    Ok(mirror()?.is_none().then_some("a mirror of Debian in apt's configuration"))
}

/// Makes the Debian unless it is there, while there is a network.
pub fn make() -> Result<()> {
    let (root, content) = (folder(), format!("{RELEASE} {}\n", PACKAGES.join(" ")));
    let made = root.join("made-with");
    if fs::read_to_string(&made).ok().as_ref() == Some(&content) {
        return Ok(());
    }
    let mirror = mirror()?.context("no mirror of Debian")?;
    print_line(format!("missing: Debian {RELEASE} (Wine with smart cards, for the tests)"));
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    fs::create_dir_all(root.parent().context("a folder")?)?;
    run_quietly(Command::new("debootstrap").args(["--variant=minbase", RELEASE]).arg(&root).arg(mirror))?;
    // No service is started.
    program(&root.join("usr/sbin/policy-rc.d"), "exit 101")?;
    // The tests start it without a system bus to ask.
    program(&root.join("usr/local/sbin/pcscd"), "exec /usr/sbin/pcscd --disable-polkit \"$@\"")?;
    fs::copy("/etc/resolv.conf", root.join("etc/resolv.conf"))?;
    let install = format!(
        "mount -t proc proc \"$1/proc\" && chroot \"$1\" apt-get install -qq -y --no-install-recommends \
         -o Dpkg::Use-Pty=0 {} && chroot \"$1\" apt-get clean",
        PACKAGES.join(" ")
    );
    run_quietly(
        Command::new("unshare")
            .args(["--mount", "sh", "-c", &install, "sh"])
            .arg(&root)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )?;
    Ok(fs::write(made, content)?)
}

/// Returns the address from which apt of this machine installs Debian's packages.
fn mirror() -> Result<Option<String>> {
    let targets = Command::new("apt-get")
        .args(["indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)", "Created-By: Packages"])
        .output();
    let Ok(targets) = targets else { return Ok(None) };
    let targets = String::from_utf8_lossy(&targets.stdout).into_owned();
    Ok(targets.lines().find_map(|line| line.strip_prefix("Debian|Debian|")).map(str::to_owned))
}

fn folder() -> PathBuf {
    workspace::root().join("target/windows-root/debian")
}

fn program(path: &Path, script: &str) -> Result<()> {
    fs::write(path, format!("#!/bin/sh\n{script}\n"))?;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o755))?)
}

/// The Debian with this workspace at its own path in it, a smart-card service, a display and Windows. For use in
/// isolated namespaces; it ends with them.
pub struct WindowsRoot {
    root: PathBuf,
    /// Ended with this value.
    running: Vec<BackgroundProcess>,
}

impl WindowsRoot {
    /// Starts everything. The program at the Unix path `replaced` is, inside, the Windows program `host`.
    pub fn start(replaced: &Path, host: &Path) -> Result<Self> {
        run(Command::new("ip").args(["link", "set", "lo", "up"]))?;
        let mut started = Self { root: folder(), running: Vec::new() };
        let (root, workspace) = (started.root.clone(), workspace::root().canonicalize()?);
        let bind = |from: &Path, to: &Path| run(Command::new("mount").args(["--rbind"]).arg(from).arg(to));
        let inside = |path: &Path| root.join(path.strip_prefix("/").unwrap_or(path));
        // A root that is no mount point cannot be that of another mount namespace.
        bind(&root, &root)?;
        fs::create_dir_all(inside(&workspace))?;
        fs::create_dir_all(root.join("run/pcscd"))?;
        bind(&workspace, &inside(&workspace))?;
        bind(Path::new("/dev"), &root.join("dev"))?;
        run(Command::new("mount").args(["-t", "proc", "proc"]).arg(root.join("proc")))?;
        for folder in ["tmp", "run/pcscd"] {
            run(Command::new("mount").args(["-t", "tmpfs", "tmpfs"]).arg(root.join(folder)))?;
        }
        let wrapper = root.join("tmp/windows-program");
        program(&wrapper, &format!("PATH=/usr/bin:/bin exec wine {} \"$@\"", host.display()))?;
        bind(&wrapper, &inside(replaced))?;

        started.start_in_background("pcscd --foreground")?;
        started.start_in_background(&format!("Xvfb {DISPLAY} -screen 0 1280x960x24 -nolisten tcp"))?;
        let socket = root.join(SOCKET);
        wait_until("pcscd", Duration::from_secs(20), || UnixStream::connect(&socket).is_ok())?;
        let has_display = || succeeds(started.command("xdotool").arg("getmouselocation"));
        wait_until("the display", Duration::from_secs(20), has_display)?;
        run(started.command("wineboot").arg("--init").stderr(Stdio::null()))?;
        // Window frames drawn by Wine, and a high-resolution screen.
        started.set(r"HKCU\Software\Wine\X11 Driver", ["Managed", "REG_SZ", "N"])?;
        started.set(r"HKCU\Control Panel\Desktop", ["LogPixels", "REG_DWORD", "144"])?;
        started.set_service_start("3")?;
        // A program that crashes ends; otherwise a debugger asks what to do.
        started.set(
            r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug",
            ["Debugger", "REG_SZ", "false"],
        )?;
        // Without a restart the first window gets no focus.
        let _ = started.command("wineserver").arg("--kill").status();
        run(started.command("wineserver").arg("--wait"))?;
        // Otherwise the first program with a window starts it, and it keeps that program's output open.
        started.start_in_background("wine explorer.exe /desktop")?;
        wait_until("the desktop", Duration::from_secs(20), || {
            let programs = output(started.command("wine").arg("tasklist").stderr(Stdio::null()));
            programs.is_ok_and(|programs| programs.contains("explorer.exe"))
        })?;
        Ok(started)
    }

    /// Returns a command that runs inside. It has the environment of a new system only.
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new("chroot");
        command.arg(&self.root).arg(name).env_clear();
        command.env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        command.env("HOME", "/root").env("LANG", "C.UTF-8").env("DISPLAY", DISPLAY);
        command.env("WINEPREFIX", "/tmp/prefix").env("WINEDEBUG", "-all");
        command.env("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe="); // otherwise Wine offers downloads
        command
    }

    /// Sets how Windows starts the smart-card service: 3 on demand, as it is delivered, 4 never.
    pub fn set_service_start(&self, start: &str) -> Result<()> {
        self.set(r"HKLM\SYSTEM\CurrentControlSet\Services\SCardSvr", ["Start", "REG_DWORD", start])
    }

    /// Writes a registry value: its name, its type and its data.
    fn set(&self, key: &str, [name, kind, data]: [&str; 3]) -> Result<()> {
        let mut command = self.command("wine");
        command.args(["reg", "add", key, "/v", name, "/t", kind, "/d", data, "/f"]);
        run(command.stdout(Stdio::null()))
    }

    fn start_in_background(&mut self, line: &str) -> Result<()> {
        let mut words = line.split(' ');
        let mut command = self.command(words.next().unwrap_or_default());
        command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.running.push(BackgroundProcess::start(&mut command)?);
        Ok(())
    }
}

/// Fails if this machine lacks something for such a Debian.
pub fn require() -> Result<()> {
    missing()?.map_or(Ok(()), |missing| bail!("the tests of the Windows program need {missing}"))
}
