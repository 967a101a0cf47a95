//! The helper process as the host starts it, and its end of the conversation.
//!
//! The frames go over a socket of their own, which the helper receives in place of standard input and moves
//! away. Standard output and error lead nowhere: what a module prints must not reach the browser.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// The subcommand of the host that runs the helper.
pub const SUBCOMMAND: &str = "module-helper";

/// What the host writes to.
pub(crate) type Input = UnixStream;

/// A running helper. On Linux it ends with the thread that started it.
pub(crate) struct Helper(Child);

impl Helper {
    /// Ends it, and waits until it has ended.
    pub(crate) fn end(&mut self) {
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
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    let channel = File::from(rustix::io::fcntl_dupfd_cloexec(io::stdin(), 3)?);
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    Ok(channel)
}
