//! Inside the isolated world: the smart-card service with its virtual reader, a card, and no browser policies.

use crate::process::{Companion, run, wait_until};
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const SOCKET: &str = "/run/pcscd/pcscd.comm";
const CARD: &str = "target/debug/eimza-virtual-card";

/// The demonstration card's codes. It holds nothing, so they are no secret.
pub const PUK: &str = "12345678";
/// The PIN that the demonstration sets.
pub const NEW_PIN: &str = "739164";

/// The running service; ends when dropped.
pub struct Stage {
    _pcscd: Companion,
}

impl Stage {
    /// Brings up loopback, empties the browser's policies and starts pcscd on a folder of its own.
    pub fn start() -> Result<Self> {
        run(Command::new("ip").args(["link", "set", "lo", "up"]))?;
        let folder = Path::new(SOCKET).parent().context("a folder")?;
        if fs::create_dir_all(folder).is_err() {
            // Without root's rights outside, /run is not ours: an empty one inside is.
            mount("/run")?;
            fs::create_dir_all(folder)?;
        }
        mount(&folder.to_string_lossy())?;
        // Policies that tests lay down are none of the machine's.
        mount("/etc/chromium")?;
        let mut pcscd = Command::new("/usr/sbin/pcscd");
        pcscd.args(["--foreground"]).stdout(Stdio::null()).stderr(Stdio::null());
        let stage = Self { _pcscd: Companion::start(&mut pcscd)? };
        wait_until("pcscd", Duration::from_secs(20), || UnixStream::connect(SOCKET).is_ok())?;
        Ok(stage)
    }
}

/// Puts a card into the virtual reader; it is pulled out when dropped.
pub fn insert_card(arguments: &[&str]) -> Result<Companion> {
    let (card, _) = Companion::start_and_hear(Command::new(CARD).args(arguments))?;
    wait_until("the virtual reader", Duration::from_secs(20), || {
        let seen = Command::new("opensc-tool").arg("--list-readers").output();
        seen.is_ok_and(|seen| String::from_utf8_lossy(&seen.stdout).contains("Yes"))
    })?;
    Ok(card)
}

/// Whether the card, asked through OpenSC, accepts a PIN.
pub fn card_accepts(pin: &str) -> Result<bool> {
    let configuration = "target/opensc.conf";
    fs::write(configuration, "app default { card_drivers = default; enable_default_driver = true; }\n")?;
    let mut tool = Command::new("pkcs15-tool");
    tool.args(["--verify-pin", "--auth-id", "01", "--pin", pin]).env("OPENSC_CONF", configuration);
    Ok(crate::process::succeeds(&mut tool))
}

fn mount(folder: &str) -> Result<()> {
    run(Command::new("mount").args(["-t", "tmpfs", "tmpfs", folder]))
}
