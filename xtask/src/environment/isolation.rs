//! A world of its own for demonstration and tests: network, mounts and processes. The smart-card
//! service of the machine is neither seen nor disturbed, and with the first process everything
//! that it started ends, whatever happens.

use crate::process::{output, succeeds};
use anyhow::{Context, Result, bail};
use std::process::{Command, ExitCode};

/// Runs this program again with these arguments inside.
pub fn again(arguments: &[&str]) -> Result<ExitCode> {
    let unshare = unshare()?;
    // Should we be killed, so is unshare, and with it the world.
    let mut child = Command::new("setpriv")
        .args(["--pdeathsig", "KILL"])
        .args(unshare)
        .arg(std::env::current_exe()?)
        .args(arguments)
        .spawn()
        .context("setpriv cannot be started")?;
    // The terminal's Ctrl+C reaches the inner program, which tidies up; a signal to us alone ends all.
    let id = child.id().to_string();
    ctrlc::set_handler(move || {
        succeeds(Command::new("pkill").args(["-TERM", "-P", &id]));
    })?;
    let status = child.wait()?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Ends on a signal what runs inside and has nothing to tidy up. It is the first process of its world: no signal ends such a
/// one by itself, and with it everything ends.
pub fn end_on_signal() -> Result<()> {
    Ok(ctrlc::set_handler(|| std::process::exit(1))?)
}

fn unshare() -> Result<Vec<&'static str>> {
    let mut command = vec!["unshare"];
    if output(Command::new("id").arg("-u"))? != "0" {
        command.push("--map-root-user"); // a user's own world, where the system allows it
    }
    command.extend(["--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]);
    if !succeeds(Command::new(command[0]).args(&command[1..]).arg("true")) {
        bail!(
            "this system allows no network and mount namespaces ({}), which keep the demonstration away \
             from your own smart-card service: run it as root, or allow them",
            command.join(" ")
        );
    }
    Ok(command)
}
