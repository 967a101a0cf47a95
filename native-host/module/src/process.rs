//! The helper process as the host starts it, and its end of the conversation.
//!
//! The frames go over a socket of their own, which the helper receives in place of standard input and moves
//! away. Standard output and error lead nowhere: what a module prints must not reach the browser.

use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

/// The subcommand of the host that runs the helper.
pub const SUBCOMMAND: &str = "module-helper";

/// What the host writes to.
pub(crate) type Input = UnixStream;

/// A running helper. On Linux it ends with the thread that started it.
pub(crate) struct Helper(Child);

impl Helper {
    /// Ends it with all processes that the module has started in its group, and waits until it has ended.
    pub(crate) fn end(&mut self) {
        // Not waited for before, so the number still belongs to it, even if it has exited.
        let group = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw);
        let _ = group.map(|group| kill_process_group(group, Signal::KILL));
        let _ = self.0.kill(); // it may have ended
        let _ = self.0.wait();
    }
}

/// Starts a helper with an empty environment; returns its input and output.
pub(crate) fn start() -> io::Result<(Helper, UnixStream, UnixStream)> {
    let (host, helper) = UnixStream::pair()?;
    let output = host.try_clone()?;
    let mut command = Command::new(this_program()?);
    command.arg0("eimza-host").arg(SUBCOMMAND).env_clear().current_dir("/");
    command.stdin(OwnedFd::from(helper)).stdout(Stdio::null()).stderr(Stdio::null());
    // A group of its own: Ctrl-C in a terminal must not end it between two commands of the module, and what
    // the module starts ends with it.
    command.process_group(0);
    Ok((Helper(command.spawn()?), host, output))
}

/// Returns the path of this program: the running one, even if another one was installed in its place.
fn this_program() -> io::Result<std::path::PathBuf> {
    if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() }
}

/// Takes the channel to the host from standard input, and makes this process end with the host.
///
/// # Errors
/// If standard input is no socket: nobody but the host starts a helper.
pub(crate) fn take_channel() -> io::Result<File> {
    if !rustix::fs::FileType::from_raw_mode(rustix::fs::fstat(io::stdin())?.st_mode).is_socket() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    // A host that exited before this call closed its end of the channel, which the first read detects.
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    ignore_signals()?;
    let channel = File::from(rustix::io::fcntl_dupfd_cloexec(io::stdin(), 3)?);
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    Ok(channel)
}

/// Makes this process survive the signals that ask a program to end. Only its host decides when a module that
/// has the codes ends, and resets the card then.
fn ignore_signals() -> io::Result<()> {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::default())?;
    }
    Ok(())
}
