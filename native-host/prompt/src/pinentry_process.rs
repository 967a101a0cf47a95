//! Starts and kills the process of a pinentry.

use crate::cancellation::Cancellation;
use crate::error::Error;
use rustix::process::{Pid, Signal, kill_process_group};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A started pinentry; killed when dropped.
pub(crate) struct PinentryProcess {
    pub stdin: ChildStdin,
    pub stdout: ChildStdout,
    pub guard: ProcessGuard,
}

/// Kills the process when dropped.
pub(crate) struct ProcessGuard(pub Cancellation);

impl Drop for ProcessGuard {
    fn drop(&mut self) {
        self.0.close_prompt();
    }
}

/// Starts a pinentry, which is killed when the operation is cancelled.
pub(crate) fn start(program: &Path, cancellation: &Cancellation) -> Result<PinentryProcess, Error> {
    let mut command = command_with_parent_death_signal(program);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.process_group(0); // a new group, so that the program is killed with all its children
    let mut child = command.spawn().map_err(|_| Error::Failed)?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Error::Internal);
    };
    cancellation.on_close_prompt(move || kill(child));
    Ok(PinentryProcess { stdin, stdout, guard: ProcessGuard(cancellation.clone()) })
}

/// Returns a command for a program that the kernel kills if this process is killed; otherwise its window
/// would stay open and ask for codes in vain. Uses `setpriv` of util-linux, which every Linux distribution
/// has; without it the program is started directly.
fn command_with_parent_death_signal(program: &Path) -> Command {
    const SETPRIV: &str = "/usr/bin/setpriv";
    if !Path::new(SETPRIV).exists() {
        return Command::new(program);
    }
    let mut command = Command::new(SETPRIV);
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// Kills a program and its process group: a script may have started the program that shows the window. Errors
/// are ignored, because the program may have ended already.
fn kill(mut program: Child) {
    let group = i32::try_from(program.id()).ok().and_then(Pid::from_raw);
    let _ = group.map(|group| kill_process_group(group, Signal::KILL));
    let _ = program.kill();
    let _ = program.wait();
}
