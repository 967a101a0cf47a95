//! The smart-card service with its virtual reader and a virtual card, for use in isolated namespaces.

use crate::process::{BackgroundProcess, run, wait_until};
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const SOCKET: &str = "/run/pcscd/pcscd.comm";
const CARD: &str = "target/debug/eimza-virtual-card";

/// The PUK of the virtual card. The card protects nothing, so its codes are not secret.
pub const PUK: &str = "12345678";
/// The PIN that the demonstration sets.
pub const NEW_PIN: &str = "739164";

/// A running smart-card service with a virtual reader; ends when dropped.
pub struct VirtualReader {
    _pcscd: BackgroundProcess,
}

impl VirtualReader {
    /// Brings up the loopback interface, hides browser policies of the machine and starts pcscd with an empty
    /// folder for its socket.
    pub fn start() -> Result<Self> {
        run(Command::new("ip").args(["link", "set", "lo", "up"]))?;
        let folder = Path::new(SOCKET).parent().context("a folder")?;
        if fs::create_dir_all(folder).is_err() {
            // In a user namespace /run is owned by nobody, so an empty one is mounted over it.
            mount("/run")?;
            fs::create_dir_all(folder)?;
        }
        mount(&folder.to_string_lossy())?;
        // Tests write browser policies, which must not change those of the machine.
        mount("/etc/chromium")?;
        let mut pcscd = Command::new("/usr/sbin/pcscd");
        pcscd.args(["--foreground"]).stdout(Stdio::null()).stderr(Stdio::null());
        let service = Self { _pcscd: BackgroundProcess::start(&mut pcscd)? };
        wait_until("pcscd", Duration::from_secs(20), || UnixStream::connect(SOCKET).is_ok())?;
        Ok(service)
    }
}

/// Inserts a card into the virtual reader; dropping it removes the card.
pub fn insert_card(arguments: &[&str]) -> Result<BackgroundProcess> {
    let (card, _) = BackgroundProcess::start_and_read_line(Command::new(CARD).args(arguments))?;
    wait_until("the virtual reader", Duration::from_secs(20), || {
        let readers = Command::new("opensc-tool").arg("--list-readers").output();
        readers.is_ok_and(|readers| String::from_utf8_lossy(&readers.stdout).contains("Yes"))
    })?;
    Ok(card)
}

/// Returns whether the card accepts a PIN, according to OpenSC.
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
