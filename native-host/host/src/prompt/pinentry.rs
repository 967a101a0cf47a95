//! Asking through `pinentry`, the prompt program of GnuPG that every Linux desktop has.

use super::assuan::{Assuan, Failure, Reply};
use super::patient::{Patient, speaks};
use super::{Frame, PATIENCE, Question, Repeat, Stop, Window, find};
use eimza_card::Secret;
use eimza_protocol::Problem;
use rustix::process::{Pid, Signal, kill_process_group};
use std::collections::BTreeMap;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A program that does not keep to [`PATIENCE`] is ended a little later, and one that does not answer what needs
/// no user, sooner.
const USER: Duration = PATIENCE.saturating_add(Duration::from_secs(30));
const PROGRAM: Duration = Duration::from_secs(10);

// libgpg-error numbers.
const CANCELLED: u16 = 99;
const TIMED_OUT: u16 = 62;
const NOT_CONFIRMED: u16 = 114;

/// Where a program can ask.
#[derive(Debug, PartialEq, Eq)]
enum Surface {
    Window,
    /// It has a window and nowhere to show it.
    NoDisplay,
    Terminal,
}

impl Surface {
    /// By what a program calls itself: one with a window names the terminal behind a colon where it finds no display.
    fn of(flavor: &Secret) -> Self {
        let is = |name: &str| flavor.ends_with(name.as_bytes());
        if is(":curses") || is(":tty") {
            Self::NoDisplay
        } else if is("curses") || is("tty") {
            Self::Terminal
        } else {
            Self::Window
        }
    }
}

/// A pinentry that was greeted.
pub struct Prompt {
    assuan: Assuan<Patient<ChildStdout>, ChildStdin>,
    /// Title, buttons and label, by the commands that set them.
    kept: BTreeMap<&'static str, String>,
    running: Running,
}

/// A program that was started; ends when dropped.
struct Running(Stop);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.end_prompt();
    }
}

/// Programs of which the first is on its way.
pub struct Starting {
    programs: Box<dyn Iterator<Item = PathBuf>>,
    program: Option<Result<Started, Problem>>,
    stop: Stop,
}

impl Starting {
    /// Whether the first program says something within this time, less than a second; one that cannot be started need
    /// not be waited for.
    pub fn speaks_within(&self, patience: Duration) -> bool {
        let Some(Ok((_, from, _))) = &self.program else { return true };
        speaks(from, patience)
    }

    /// The first program that has a window: one that can only write into a terminal is of no use to a browser.
    pub fn open(self) -> Result<Prompt, Problem> {
        let Self { mut programs, mut program, stop } = self;
        let mut missing = Problem::PromptMissing;
        while let Some(started) = program {
            let greeted = started.and_then(Prompt::greet);
            match greeted.and_then(|mut prompt| Ok((prompt.surface()?, prompt))) {
                Ok((Surface::Window, mut prompt)) => {
                    prompt.say("SETTIMEOUT", &PATIENCE.as_secs().to_string())?;
                    return Ok(prompt);
                }
                Ok((Surface::NoDisplay, _)) => missing = Problem::NoDisplay,
                Ok((Surface::Terminal, _)) => {}
                Err(Problem::PromptFailed) => missing = Problem::PromptFailed,
                Err(problem) => return Err(problem),
            }
            program = programs.next().map(|program| start(&program, &stop));
        }
        Err(missing)
    }
}

impl Prompt {
    /// Starts the first program on PATH, which comes up while a card is still read. It shows nothing before it is asked
    /// to, and ends with whoever holds it here, and with the calling thread.
    pub fn start(stop: &Stop) -> Starting {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut programs = find::pinentries(&path);
        let program = programs.next().map(|program| start(&program, stop));
        Starting { programs: Box::new(programs), program, stop: stop.clone() }
    }

    fn greet((to, from, running): Started) -> Result<Self, Problem> {
        let Running(stop) = &running;
        match Assuan::greet(Patient::new(from, stop.clone(), PROGRAM), to) {
            Ok(assuan) => Ok(Self { assuan, kept: BTreeMap::new(), running }),
            Err(failure) => Err(explain(&failure, stop)),
        }
    }

    /// Tells what will be around the questions, and the label of the first code, while there is time; nothing is
    /// shown yet.
    pub fn announce(&mut self, Frame { title, ok, cancel }: &Frame, label: &str) -> Result<(), Problem> {
        self.surround(title, ok, cancel)?;
        self.keep("SETPROMPT", label)
    }

    fn surround(&mut self, title: &str, ok: &str, cancel: &str) -> Result<(), Problem> {
        [("SETTITLE", title), ("SETOK", ok), ("SETCANCEL", cancel)]
            .into_iter()
            .try_for_each(|(verb, text)| self.keep(verb, text))
    }

    /// Tells what a program keeps until it is told otherwise, as gpg-agent's questions count on too.
    fn keep(&mut self, verb: &'static str, text: &str) -> Result<(), Problem> {
        if self.kept.get(verb).is_none_or(|told| told != text) {
            self.say(verb, text)?;
            self.kept.insert(verb, text.to_owned());
        }
        Ok(())
    }

    fn describe(&mut self, question: &Question<'_>) -> Result<(), Problem> {
        let &Question { title, text, error, ok, cancel } = question;
        self.surround(title, ok, cancel)?;
        self.say("SETDESC", text)?;
        if let Some(error) = error {
            self.say("SETERROR", error)?;
        }
        Ok(())
    }

    fn surface(&mut self) -> Result<Surface, Problem> {
        Ok(Surface::of(&self.try_say("GETINFO", "flavor")?.data))
    }

    fn say(&mut self, verb: &str, text: &str) -> Result<Reply, Problem> {
        self.command(verb, text).map_err(|failure| explain(&failure, &self.running.0))
    }

    fn command(&mut self, verb: &str, text: &str) -> Result<Reply, Failure> {
        let limit = if matches!(verb, "GETPIN" | "CONFIRM") { USER } else { PROGRAM };
        self.assuan.from().give(limit);
        self.assuan.command(verb, text)
    }

    /// For commands that a program may not know.
    fn try_say(&mut self, verb: &str, text: &str) -> Result<Reply, Problem> {
        match self.command(verb, text) {
            Ok(reply) => Ok(reply),
            Err(Failure::Refused(_)) => Ok(Reply::default()),
            Err(failure) => Err(explain(&failure, &self.running.0)),
        }
    }
}

impl Window for Prompt {
    fn code(
        &mut self,
        label: &str,
        question: &Question<'_>,
        repeat: Option<Repeat<'_>>,
    ) -> Result<Option<Secret>, Problem> {
        self.describe(question)?;
        self.keep("SETPROMPT", label)?;
        if let Some(repeat) = repeat {
            // A program that knows no repeat is asked twice.
            self.try_say("SETREPEAT", repeat.label)?;
            // Older programs have a text of their own for it.
            self.try_say("SETREPEATERROR", repeat.mismatch)?;
        }
        let first = self.say("GETPIN", "")?;
        let Some(repeat) = repeat.filter(|_| !first.repeated) else {
            return Ok(Some(first.data));
        };
        // A program that takes SETREPEAT and shows one field all the same: ask again. A PIN that
        // nobody knows would be worse than a question too many.
        let again = Question { text: repeat.label, error: None, ..*question };
        let second = self.code(label, &again, None)?;
        Ok(second.filter(|second| second.constant_time_eq(&first.data)))
    }

    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, Problem> {
        self.describe(question)?;
        match self.say("CONFIRM", "") {
            Ok(_) => Ok(true),
            Err(Problem::Cancelled) if !self.running.0.is_stopped() => Ok(false),
            Err(problem) => Err(problem),
        }
    }
}

type Started = (ChildStdin, ChildStdout, Running);

fn start(program: &Path, stop: &Stop) -> Result<Started, Problem> {
    let mut command = ends_with_us(program);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.process_group(0); // its own, so that it ends with all that it has started
    let mut child = command.spawn().map_err(|_| Problem::PromptFailed)?;
    let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Problem::Internal);
    };
    stop.guard(move || end(child));
    Ok((to, from, Running(stop.clone())))
}

/// A program that the system ends where we are ended without a chance to do so: a window that goes on asking would take
/// codes for nobody. By `setpriv` of util-linux, which every Linux has; elsewhere it is started as it is.
fn ends_with_us(program: &Path) -> Command {
    const SETPRIV: &str = "/usr/bin/setpriv";
    if !Path::new(SETPRIV).exists() {
        return Command::new(program);
    }
    let mut command = Command::new(SETPRIV);
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

fn explain(failure: &Failure, stop: &Stop) -> Problem {
    match failure {
        _ if stop.is_stopped() => Problem::Cancelled,
        Failure::Refused(CANCELLED | NOT_CONFIRMED) => Problem::Cancelled,
        Failure::Refused(TIMED_OUT) => Problem::TimedOut,
        Failure::Refused(_) | Failure::Broken => Problem::PromptFailed,
    }
}

/// Ends a program and all of its group: a script may have started the program that shows the window. It may have
/// ended by itself.
fn end(mut program: Child) {
    let group = i32::try_from(program.id()).ok().and_then(Pid::from_raw);
    let _ = group.map(|group| kill_process_group(group, Signal::KILL));
    let _ = program.kill();
    let _ = program.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_without_a_window_is_told_from_one_without_a_display() {
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
