//! Running programs: to their end, or for as long as somebody needs them.

use anyhow::{Context, Result, bail};
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Prints a line of progress. A closed standard output is nobody's loss.
pub fn say(text: impl AsRef<str>) {
    let text = text.as_ref();
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{}", text.trim_end());
    let _ = out.flush();
}

/// Prints why a command ended, without the backtrace that `Debug` would add.
pub fn complain(error: &anyhow::Error) {
    let _ = writeln!(io::stderr(), "xtask: {error:#}");
}

/// Runs a program and wants it to succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} cannot be started"))?;
    if !status.success() {
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        bail!("{name} {} failed: {status}", arguments.join(" "));
    }
    Ok(())
}

/// Whether a program runs and succeeds; its output is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// What a program prints, without the last line end.
pub fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// A program that runs beside us and ends when this is dropped.
pub struct Companion(Child);

impl Companion {
    /// Starts it.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.spawn().map(Self).with_context(|| format!("{name} cannot be started"))
    }

    /// Starts it and waits for the first line that it prints. Its standard input stays open for as
    /// long as this lives.
    pub fn start_and_hear(command: &mut Command) -> Result<(Self, String)> {
        let mut started = Self::start(command.stdin(Stdio::piped()).stdout(Stdio::piped()))?;
        let out = started.0.stdout.take().context("no standard output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        if line.is_empty() {
            bail!("{} ended without a word", command.get_program().to_string_lossy());
        }
        Ok((started, line.trim_end().to_owned()))
    }

    /// Waits for its end; true where it succeeded.
    pub fn wait(&mut self) -> Result<bool> {
        Ok(self.0.wait()?.success())
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Tries until it works or the time is over. For programs that tell nobody when they are ready.
pub fn wait_until(what: &str, patience: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
    let start = Instant::now();
    while !ready() {
        if start.elapsed() > patience {
            bail!("{what}: not within {} s", patience.as_secs());
        }
        thread::sleep(Duration::from_millis(30));
    }
    Ok(())
}
