//! Performs only the steps of an unlock: no threads, time limits, messages or JSON, and every command is
//! known in advance. With the same commands and prompts, `unlock` cannot be faster.

use anyhow::{Context as _, Result, bail, ensure};
use pcsc::{Card, Context, Disposition, Protocols, ReaderState, Scope, ShareMode, State};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Selects the application, reads its objects and the body of the signing certificate, queries the tries of
/// the PUK.
const READ_COMMANDS: [&[u8]; 13] = [
    b"\x00\xA4\x04\x00\x0C\xA0\x00\x00\x00cPKCS-15\x00",
    b"\x00\xA4\x00\x00\x02\x50\x31\x00",
    b"\x00\xB0\x00\x00\x00",
    b"\x00\xA4\x08\x00\x04\x50\x15\x44\x01\x00",
    b"\x00\xB0\x00\x00\x00",
    b"\x00\xA4\x08\x00\x04\x50\x15\x44\x02\x00",
    b"\x00\xB0\x00\x00\x00",
    b"\x00\xA4\x08\x00\x04\x50\x15\x43\x01\x00",
    b"\x00\xB0\x00\x00\x00",
    b"\x00\xB0\x01\x00\x00",
    b"\x00\xB0\x02\x00\x00",
    b"\x00\xB0\x03\x00\x00",
    b"\x00\x20\x00\x82",
];

/// Selects the application again, queries the tries, sends the virtual card's PUK and a new PIN.
const UNBLOCK_COMMANDS: [&[u8]; 4] = [
    b"\x00\xA4\x08\x00\x02\x50\x15\x00",
    b"\x00\x20\x00\x82",
    b"\x00\x20\x00\x82\x0812345678",
    b"\x00\x2C\x02\x81\x06739164",
];

/// The Assuan commands to the pinentry.
const PROMPT_COMMANDS: [&str; 13] = [
    "GETINFO flavor",
    "SETTIMEOUT 300",
    "SETTITLE e-Imza",
    "SETOK Tamam",
    "SETCANCEL Iptal",
    "SETPROMPT PUK",
    "SETDESC PUK",
    "GETPIN",
    "SETDESC PIN",
    "SETPROMPT Yeni PIN",
    "SETREPEAT Yeni PIN",
    "SETREPEATERROR Yeni PIN",
    "GETPIN",
];

fn main() -> Result<()> {
    let context = Context::establish(Scope::User)?;
    let names = context.list_readers_owned()?;
    let mut readers: Vec<_> = names.into_iter().map(|name| ReaderState::new(name, State::UNAWARE)).collect();
    context.get_status_change(Duration::ZERO, &mut readers)?;
    let with_card = |reader: &&ReaderState| reader.event_state().contains(State::PRESENT);
    let reader = readers.iter().find(with_card).context("no card")?;
    let mut prompt = start_pinentry()?;
    let mut card = context.connect(reader.name(), ShareMode::Shared, Protocols::ANY)?;
    send(&mut card, &READ_COMMANDS, Disposition::LeaveCard)?;
    run_prompt(&mut prompt)?;
    prompt.kill()?;
    prompt.wait()?;
    send(&mut card, &UNBLOCK_COMMANDS, Disposition::ResetCard)?;
    card.disconnect(Disposition::LeaveCard).map_err(|(_, error)| error.into())
}

/// Starts the first pinentry in PATH, like the host.
fn start_pinentry() -> Result<Child> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folder: PathBuf = std::env::split_paths(&path).next().context("a folder on PATH")?;
    let mut command = Command::new("/usr/bin/setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(folder.join("pinentry"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    Ok(command.spawn()?)
}

fn run_prompt(prompt: &mut Child) -> Result<()> {
    let mut to = prompt.stdin.take().context("standard input")?;
    let mut from = BufReader::new(prompt.stdout.take().context("standard output")?);
    read_response(&mut from)?;
    for command in PROMPT_COMMANDS {
        to.write_all(format!("{command}\n").as_bytes())?;
        read_response(&mut from)?;
    }
    Ok(())
}

/// Reads up to the line that ends a response.
fn read_response(from: &mut impl BufRead) -> Result<()> {
    let mut line = String::new();
    while from.read_line(&mut line)? > 0 {
        if line.starts_with("OK") {
            return Ok(());
        }
        line.clear();
    }
    bail!("the prompt has ended")
}

fn send(card: &mut Card, commands: &[&[u8]], then: Disposition) -> Result<()> {
    let transaction = card.transaction()?;
    let mut buffer = [0; pcsc::MAX_BUFFER_SIZE];
    for command in commands {
        let response = transaction.transmit(command, &mut buffer)?;
        // 9000, or 63Cx with the tries left.
        ensure!(matches!(response, [.., 0x90, 0x00] | [0x63, _]), "{command:02X?}: {response:02X?}");
    }
    transaction.end(then).map_err(|(_, error)| error.into())
}
