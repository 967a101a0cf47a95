//! Prompts with `pinentry`, the prompt program of GnuPG that every Linux desktop has.

use crate::assuan::{Assuan, Failure, Reply};
use crate::cancellation::Cancellation;
use crate::error::Error;
use crate::pinentry_process::{PinentryProcess, ProcessGuard, start};
use crate::pinentry_programs::pinentry_programs;
use crate::prompt::{Prompt, PromptLabels, Question, Repeat, USER_TIMEOUT};
use crate::timeout_reader::{TimeoutReader, is_readable_within};
use eimza_card::Secret;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{ChildStdin, ChildStdout};
use std::time::Duration;

/// Timeout for commands that wait for the user; a little longer than the program's own, [`USER_TIMEOUT`].
const INTERACTIVE_TIMEOUT: Duration = USER_TIMEOUT.saturating_add(Duration::from_secs(30));
/// Timeout for all other commands.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(10);

// Error codes of libgpg-error.
const CANCELLED: u16 = 99;
const TIMED_OUT: u16 = 62;
const NOT_CONFIRMED: u16 = 114;

/// Where a program can prompt.
#[derive(Debug, PartialEq, Eq)]
enum Surface {
    Window,
    /// It is graphical, but finds no display.
    NoDisplay,
    Terminal,
}

impl Surface {
    /// Parses the flavor that a program reports: a graphical one that finds no display appends a colon and
    /// its terminal fallback.
    fn of(flavor: &Secret) -> Self {
        let ends_with = |name: &str| flavor.ends_with(name.as_bytes());
        if ends_with(":curses") || ends_with(":tty") {
            Self::NoDisplay
        } else if ends_with("curses") || ends_with("tty") {
            Self::Terminal
        } else {
            Self::Window
        }
    }
}

/// A running pinentry that can show a window.
pub struct Pinentry {
    assuan: Assuan<TimeoutReader<ChildStdout>, ChildStdin>,
    /// Title, buttons and label as last sent, by the commands that set them.
    sent: BTreeMap<&'static str, String>,
    /// `None` once it was closed; the next question starts another one.
    process: Option<ProcessGuard>,
    cancellation: Cancellation,
}

/// The pinentry programs on PATH; the first one is started.
pub struct StartingPinentry {
    programs: Box<dyn Iterator<Item = PathBuf>>,
    current: Option<Result<PinentryProcess, Error>>,
    cancellation: Cancellation,
}

impl StartingPinentry {
    /// Returns whether the first program greets within the timeout, which must be less than a second, or
    /// could not be started.
    #[must_use]
    pub fn is_ready_within(&self, timeout: Duration) -> bool {
        let Some(Ok(process)) = &self.current else { return true };
        is_readable_within(&process.stdout, timeout)
    }

    /// Returns the first program that can show a window: a browser has no terminal to prompt in.
    ///
    /// # Errors
    /// If there is none, with the reason.
    pub fn open(self) -> Result<Pinentry, Error> {
        let Self { mut programs, mut current, cancellation } = self;
        let mut reason = Error::Missing;
        while let Some(started) = current {
            let greeted = started.and_then(Pinentry::connect);
            match greeted.and_then(|mut pinentry| Ok((pinentry.surface()?, pinentry))) {
                Ok((Surface::Window, mut pinentry)) => {
                    pinentry.command("SETTIMEOUT", &USER_TIMEOUT.as_secs().to_string())?;
                    return Ok(pinentry);
                }
                Ok((Surface::NoDisplay, _)) => reason = Error::NoDisplay,
                Ok((Surface::Terminal, _)) => {}
                Err(Error::Failed) => reason = Error::Failed,
                Err(error) => return Err(error),
            }
            current = programs.next().map(|program| start(&program, &cancellation));
        }
        Err(reason)
    }
}

impl Pinentry {
    /// Starts the first program on PATH, so that it loads while the card is still being read. It shows
    /// nothing before the first question. It is killed when the returned value is dropped, the operation is
    /// cancelled, or the calling thread exits.
    #[must_use]
    pub fn start(cancellation: &Cancellation) -> StartingPinentry {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut programs = pinentry_programs(&path);
        let current = programs.next().map(|program| start(&program, cancellation));
        StartingPinentry { programs: Box::new(programs), current, cancellation: cancellation.clone() }
    }

    fn connect(process: PinentryProcess) -> Result<Self, Error> {
        let PinentryProcess { stdin, stdout, guard } = process;
        let reader = TimeoutReader::new(stdout, guard.0.clone(), COMMAND_TIMEOUT);
        match Assuan::connect(reader, stdin) {
            Ok(assuan) => {
                let cancellation = guard.0.clone();
                Ok(Self { assuan, sent: BTreeMap::new(), process: Some(guard), cancellation })
            }
            Err(failure) => Err(prompt_error(&failure, &guard.0)),
        }
    }

    /// Sends title, buttons and the label of the first code ahead of the first question. Shows nothing.
    ///
    /// # Errors
    /// If the program fails.
    pub fn preset_labels(&mut self, labels: &PromptLabels, code_label: &str) -> Result<(), Error> {
        self.set_labels(labels)?;
        self.set("SETPROMPT", code_label)
    }

    fn set_labels(&mut self, labels: &PromptLabels) -> Result<(), Error> {
        [("SETTITLE", &labels.title), ("SETOK", &labels.ok), ("SETCANCEL", &labels.cancel)]
            .into_iter()
            .try_for_each(|(verb, text)| self.set(verb, text.as_str()))
    }

    /// Sends a setting that the program keeps until it is changed, as gpg-agent relies on too.
    fn set(&mut self, verb: &'static str, text: &str) -> Result<(), Error> {
        if self.sent.get(verb).is_none_or(|sent| sent != text) {
            self.command(verb, text)?;
            self.sent.insert(verb, text.to_owned());
        }
        Ok(())
    }

    /// Starts another program if this one was closed.
    fn reopen_if_closed(&mut self) -> Result<(), Error> {
        if self.process.is_none() {
            let Self { assuan, sent, process, .. } = Self::start(&self.cancellation).open()?;
            (self.assuan, self.sent, self.process) = (assuan, sent, process);
        }
        Ok(())
    }

    fn set_question(&mut self, question: &Question<'_>) -> Result<(), Error> {
        self.reopen_if_closed()?;
        self.set_labels(question.labels)?;
        self.command("SETDESC", question.text.as_str())?;
        if let Some(error) = question.error {
            self.command("SETERROR", error.as_str())?;
        }
        Ok(())
    }

    fn surface(&mut self) -> Result<Surface, Error> {
        Ok(Surface::of(&self.optional_command("GETINFO", "flavor")?.data))
    }

    fn command(&mut self, verb: &str, text: &str) -> Result<Reply, Error> {
        self.send(verb, text).map_err(|failure| prompt_error(&failure, &self.cancellation))
    }

    /// Sends a command that some programs do not support; returns an empty reply for those.
    fn optional_command(&mut self, verb: &str, text: &str) -> Result<Reply, Error> {
        match self.send(verb, text) {
            Ok(reply) => Ok(reply),
            Err(Failure::Refused(_)) => Ok(Reply::default()),
            Err(failure) => Err(prompt_error(&failure, &self.cancellation)),
        }
    }

    fn send(&mut self, verb: &str, text: &str) -> Result<Reply, Failure> {
        let is_interactive = matches!(verb, "GETPIN" | "CONFIRM");
        self.assuan.reader().set_timeout(if is_interactive { INTERACTIVE_TIMEOUT } else { COMMAND_TIMEOUT });
        self.assuan.command(verb, text)
    }
}

impl Prompt for Pinentry {
    fn ask_code(
        &mut self,
        label: &str,
        question: &Question<'_>,
        repeat: Option<Repeat<'_>>,
    ) -> Result<Option<Secret>, Error> {
        self.set_question(question)?;
        self.set("SETPROMPT", label)?;
        if let Some(repeat) = repeat {
            // Programs without this command are asked twice.
            self.optional_command("SETREPEAT", repeat.label.as_str())?;
            // Older programs have a fixed text.
            self.optional_command("SETREPEATERROR", repeat.mismatch.as_str())?;
        }
        let first = self.command("GETPIN", "")?;
        let Some(repeat) = repeat.filter(|_| !first.repeated) else {
            return Ok(Some(first.data));
        };
        // Some programs accept SETREPEAT and still show one field: ask again. A mistyped PIN would be worse
        // than an extra question.
        let repeat_question = Question { text: repeat.label, error: None, ..*question };
        let second = self.ask_code(label, &repeat_question, None)?;
        Ok(second.filter(|second| second.constant_time_eq(&first.data)))
    }

    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, Error> {
        self.set_question(question)?;
        match self.command("CONFIRM", "") {
            Ok(_) => Ok(true),
            Err(Error::Cancelled) if !self.cancellation.is_cancelled() => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn show_while(&mut self, question: &Question<'_>, work: &mut dyn FnMut()) -> Result<(), Error> {
        self.set_question(question)?;
        // The only button of a message is the one that confirms.
        self.set("SETOK", question.labels.cancel.as_str())?;
        let sent = self.assuan.send("MESSAGE", "");
        sent.map_err(|failure| prompt_error(&failure, &self.cancellation))?;
        work();
        self.process = None; // closes the window
        Ok(())
    }
}

fn prompt_error(failure: &Failure, cancellation: &Cancellation) -> Error {
    match failure {
        _ if cancellation.is_cancelled() => Error::Cancelled,
        Failure::Refused(CANCELLED | NOT_CONFIRMED) => Error::Cancelled,
        Failure::Refused(TIMED_OUT) => Error::TimedOut,
        Failure::Refused(_) | Failure::Broken => Error::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinguishes_terminal_programs_from_graphical_ones_without_a_display() {
        for (flavor, expected) in [
            ("gtk2", Surface::Window),
            ("", Surface::Window),
            ("gtk2:curses", Surface::NoDisplay),
            ("qt:tty", Surface::NoDisplay),
            ("curses", Surface::Terminal),
            ("tty", Surface::Terminal),
        ] {
            assert_eq!(Surface::of(&flavor.bytes().collect()), expected, "{flavor}");
        }
    }
}
