//! Isolated network, mount and PID namespaces for demonstration and tests. They are separate from the
//! machine's smart-card service, and all their processes are killed when the first one exits for any reason.

use crate::process::{output, succeeds};
use anyhow::{Context, Result, bail};
use std::process::{Command, ExitCode};

/// Runs this program again with these arguments in new namespaces.
pub fn rerun(arguments: &[&str]) -> Result<ExitCode> {
    let unshare = unshare()?;
    // If this process is killed, unshare is killed too, and the namespaces end with it.
    let mut child = Command::new("setpriv")
        .args(["--pdeathsig", "KILL"])
        .args(unshare)
        .arg(std::env::current_exe()?)
        .args(arguments)
        .spawn()
        .context("setpriv cannot be started")?;
    // The terminal's Ctrl+C reaches the inner program, which cleans up; a signal to only this process ends
    // everything.
    let id = child.id().to_string();
    ctrlc::set_handler(move || {
        succeeds(Command::new("pkill").args(["-TERM", "-P", &id]));
    })?;
    let status = child.wait()?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Makes signals end the inner program. The first process of a PID namespace ignores signals that it does not
/// handle.
pub fn end_on_signal() -> Result<()> {
    Ok(ctrlc::set_handler(|| std::process::exit(1))?)
}

fn unshare() -> Result<Vec<&'static str>> {
    let mut command = vec!["unshare"];
    if output(Command::new("id").arg("-u"))? != "0" {
        command.push("--map-root-user"); // a user namespace, if the system allows it
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
