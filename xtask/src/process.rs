//! Runs other programs, to completion or in the background.

use anyhow::{Context, Result, bail};
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Prints a line to standard output. Ignores a closed standard output.
pub fn print_line(text: impl AsRef<str>) {
    let text = text.as_ref();
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{}", text.trim_end());
    let _ = out.flush();
}

/// Prints why a command failed, without the backtrace that `Debug` would add.
pub fn report_error(error: &anyhow::Error) {
    let _ = writeln!(io::stderr(), "xtask: {error:#}");
}

/// Returns a command for a line of words separated by spaces.
pub fn command(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

/// Runs a program.
///
/// # Errors
/// If the program cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} cannot be started"))?;
    if !status.success() {
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        bail!("{name} {} failed: {status}", arguments.join(" "));
    }
    Ok(())
}

/// Runs a program whose output matters only if it fails.
///
/// # Errors
/// If the program cannot be started or does not succeed; the error has the output.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        let printed = [output.stdout, output.stderr].concat();
        bail!("{name} failed: {}\n{}", output.status, String::from_utf8_lossy(&printed));
    }
    Ok(())
}

/// Returns whether a program runs and succeeds; discards its output.
pub fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Runs a program and returns its standard output, without trailing white space.
///
/// # Errors
/// If the program cannot be started or does not succeed.
pub fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// A background process; killed when dropped.
pub struct BackgroundProcess(Child);

impl BackgroundProcess {
    /// Starts a process.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.spawn().map(Self).with_context(|| format!("{name} cannot be started"))
    }

    /// Starts a process and waits for its first line of output. Its standard input stays open until the value
    /// is dropped.
    pub fn start_and_read_line(command: &mut Command) -> Result<(Self, String)> {
        let mut started = Self::start(command.stdin(Stdio::piped()).stdout(Stdio::piped()))?;
        let out = started.0.stdout.take().context("no standard output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        if line.is_empty() {
            bail!("{} ended without output", command.get_program().to_string_lossy());
        }
        Ok((started, line.trim_end().to_owned()))
    }

    /// Waits for the end of the process; returns whether it succeeded.
    pub fn wait(&mut self) -> Result<bool> {
        Ok(self.0.wait()?.success())
    }
}

impl Drop for BackgroundProcess {
    fn drop(&mut self) {
        // The process may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Polls a condition until it holds, for programs that do not announce that they are ready.
///
/// # Errors
/// If the condition does not hold within `timeout`; `what` names it in the error.
pub fn wait_until(what: &str, timeout: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
    let start = Instant::now();
    while !ready() {
        if start.elapsed() > timeout {
            bail!("{what}: not within {} s", timeout.as_secs());
        }
        thread::sleep(Duration::from_millis(30));
    }
    Ok(())
}
