//! Compares the host process with OpenSC's `pkcs15-tool` on the same virtual card.

use crate::measure::{Row, Subject};
use crate::workspace::workspace_path;
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const PUK: &str = "12345678";
const PIN: &str = "739164";

/// Measures all rows about the host.
pub fn all() -> Result<Vec<Row>> {
    let tools = Tools::new()?;
    let mut rows = Vec::from(startup()?);
    {
        let _card = Card::insert(&[])?;
        rows.push(
            Subject { name: "status", reference: "pkcs15-tool --list-pins --list-certificates", bound: 0.6 }
                .time(
                    || succeed(tools.host().args(["status", "--json"])),
                    || succeed(tools.opensc().args(["--list-pins", "--list-certificates"])),
                ),
        );
        rows.push(
            Subject { name: "unlock", reference: "pkcs15-tool --unblock-pin", bound: 0.6 }
                .time(|| succeed(tools.host().args(["unlock", "--json"])), || succeed(&mut tools.unblock())),
        );
        rows.push(
            Subject { name: "unlock-floor", reference: "pkcs15-tool --unblock-pin", bound: 0.6 }
                .time(|| succeed(&mut tools.minimal_unlock()), || succeed(&mut tools.unblock())),
        );
        rows.push(memory(&tools)?);
    }
    rows.push(apdus(&tools)?);
    Ok(rows)
}

/// Measures the time from start to the first frame: with files in the page cache, and with files read from
/// disk, as after a boot.
fn startup() -> Result<[Row; 2]> {
    let origin = &origin()?;
    let [own, other] = ["eimza-host", "minimal_host"].map(|name| workspace_path("target/release").join(name));
    let evict = || [&own, &other].into_iter().for_each(|program| evict_from_page_cache(program));
    let subject = |name| Subject { name, reference: "a program that prints the same", bound: 2.0 };
    let start_own = || StartedHost::spawn(&own, origin);
    let start_other = || StartedHost::spawn(&other, origin);
    Ok([
        subject("host-start").time_after(|| (), start_own, start_other),
        subject("host-start-from-disk").time_after(evict, start_own, start_other),
    ])
}

/// Returns the origin of the extension, which a browser passes to the host.
pub fn origin() -> Result<String> {
    let manifest = fs::read_to_string(workspace_path("manifest/native-host.json"))?;
    let origin = manifest.split('"').find(|text| text.starts_with("chrome-extension://"));
    Ok(origin.context("an origin")?.to_owned())
}

/// A host that has sent its first message. Its input is closed on drop, which ends it.
struct StartedHost(Child);

impl StartedHost {
    fn spawn(program: &Path, origin: &str) -> Self {
        let mut child = Command::new(program)
            .arg(origin)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}"));
        let mut frame = [0; 16];
        let read = child.stdout.as_mut().map(|out| out.read_exact(&mut frame));
        assert!(matches!(read, Some(Ok(()))), "{} sends no message", program.display());
        Self(child)
    }
}

impl Drop for StartedHost {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Removes a file from the page cache, so that the next access reads it from disk.
fn evict_from_page_cache(file: &Path) {
    let mut input = OsString::from("if=");
    input.push(file);
    succeed(Command::new("dd").arg(input).args(["iflag=nocache", "count=0"]));
}

/// Measures the peak memory of an unlock, from the statistics that the kernel keeps until the process ends.
fn memory(tools: &Tools) -> Result<Row> {
    let mut own = Vec::new();
    for _ in 0..20 {
        let mut child = tools.host().args(["unlock", "--json"]).stdout(Stdio::null()).spawn()?;
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0.0_f64;
        while child.try_wait()?.is_none() {
            peak =
                peak.max(fs::read_to_string(&status).ok().and_then(|text| high_water(&text)).unwrap_or(0.0));
        }
        own.push(peak);
    }
    Ok(Subject { name: "host-memory", reference: "12 MB", bound: 1.0 }.row("MB", own, vec![12.0]))
}

/// Parses "VmHWM:      4321 kB" in the status of a process; returns megabytes.
fn high_water(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1000.0)
}

/// Counts the commands of an unlock. The card has no certificates, so that no command is needed to read them.
fn apdus(tools: &Tools) -> Result<Row> {
    let count = |mut command: Command| -> Result<f64> {
        let card = Card::insert(&["--profile", "akis-2x-no-certificate", "--pin-tries", "0"])?;
        succeed(&mut command);
        let lines = fs::read_to_string(&card.log)?.lines().count();
        Ok(f64::from(u32::try_from(lines)?))
    };
    let mut host = tools.host();
    host.args(["unlock", "--json"]);
    let (own, opensc) = (count(host)?, count(tools.unblock())?);
    let subject = Subject { name: "unlock-apdus", reference: "pkcs15-tool --unblock-pin", bound: 0.91 };
    Ok(subject.row("commands", vec![own], vec![opensc]))
}

/// The measured programs and their configuration.
pub struct Tools {
    folder: TempDir,
}

impl Tools {
    /// Prepares the programs.
    pub fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let settings = "app default { card_drivers = default; enable_default_driver = true; }";
        fs::write(folder.path().join("opensc.conf"), settings)?;
        // The host starts the first program of this name in PATH.
        fs::copy(workspace_path("target/release/instant_pinentry"), folder.path().join("pinentry"))?;
        Ok(Self { folder })
    }

    /// Returns the host with a pinentry that answers at once.
    pub fn host(&self) -> Command {
        let mut command = Command::new(workspace_path("target/release/eimza-host"));
        command.env("PATH", self.folder.path());
        command
    }

    /// Returns the folder of the pinentry.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns a program with only the steps of an unlock.
    fn minimal_unlock(&self) -> Command {
        let mut command = Command::new(workspace_path("target/release/minimal_unlock"));
        command.env("PATH", self.folder.path());
        command
    }

    fn opensc(&self) -> Command {
        let mut command = Command::new("pkcs15-tool");
        command.env("OPENSC_CONF", self.folder.path().join("opensc.conf"));
        command
    }

    /// Returns OpenSC's unblocking.
    pub fn unblock(&self) -> Command {
        let mut command = self.opensc();
        command.args(["--unblock-pin", "--auth-id", "01", "--puk", PUK, "--new-pin", PIN]);
        command
    }
}

/// A card in the reader, removed on drop.
pub struct Card {
    child: Child,
    log: PathBuf,
    _folder: TempDir,
}

impl Card {
    /// Inserts a card and waits until the reader reports it.
    pub fn insert(arguments: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let log = folder.path().join("apdus");
        let mut child = eimza_virtual_card::program(&log).args(arguments).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("standard output")?).read_line(&mut line)?;
        let card = Self { child, log, _folder: folder };
        wait_for(true)?;
        Ok(card)
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = wait_for(false);
    }
}

/// Waits until the reader holds a card, or no card.
fn wait_for(expected: bool) -> Result<()> {
    for _ in 0..400 {
        let readers = Command::new("opensc-tool").arg("--list-readers").output()?;
        if String::from_utf8_lossy(&readers.stdout).contains("Yes") == expected {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    bail!("the reader does not report the card")
}

/// Runs a program and panics if it fails: a failure would be faster and distort the measurement.
pub fn succeed(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stdout));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_the_high_water_mark() {
        assert_eq!(high_water("VmPeak:\t  9000 kB\nVmHWM:\t    4500 kB\n"), Some(4.5));
        assert_eq!(high_water(""), None);
    }
}
