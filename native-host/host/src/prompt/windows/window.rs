//! The questions of an operation, each in a window.

use super::dialog::{self, Ended};
use super::form::Form;
use crate::prompt::{Both, Frame, PATIENCE, Question, Repeat, Stop, Window};
use eimza_card::Secret;
use eimza_protocol::Problem;
use std::sync::mpsc::channel;
use std::time::Duration;

/// A window sees within a moment that its operation was ended; longer than this nobody waits for it.
const CLOSING: Duration = Duration::from_secs(1);

/// Asks in windows of this program.
pub struct Prompt {
    stop: Stop,
    /// So long each window waits for the user.
    pub patience: Duration,
}

/// A prompt before it is opened.
pub struct Starting(Stop);

impl Starting {
    /// There is nothing to wait for.
    #[expect(clippy::unused_self, reason = "as where a program comes up")]
    pub fn speaks_within(&self, _: Duration) -> bool {
        true
    }

    /// See [`Prompt::open`].
    pub fn open(self) -> Result<Prompt, Problem> {
        Prompt::open(&self.0)
    }
}

impl Prompt {
    /// Sees whether there is a desktop to show a window on: a service has none.
    ///
    /// # Errors
    /// Where there is none.
    pub fn open(stop: &Stop) -> Result<Self, Problem> {
        if dialog::has_desktop() {
            Ok(Self { stop: stop.clone(), patience: PATIENCE })
        } else {
            Err(Problem::NoDisplay)
        }
    }

    /// There is no program to start before it is needed.
    pub fn start(stop: &Stop) -> Starting {
        Starting(stop.clone())
    }

    /// Every question brings it along.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as where a program is told")]
    pub fn announce(&mut self, _: &Frame, _: &str) -> Result<(), Problem> {
        Ok(())
    }

    fn ask<const N: usize>(
        &self,
        labels: [&str; N],
        question: &Question<'_>,
    ) -> Result<[Secret; N], Problem> {
        let &Question { title, text, error, ok, cancel } = question;
        let form = Form { title, text, error, fields: &labels, ok, cancel };
        if self.stop.is_stopped() {
            return Err(Problem::Cancelled);
        }
        // Whoever stops the operation waits until the window is gone, and what was typed with it.
        let (closed, closing) = channel::<()>();
        self.stop.guard(move || _ = closing.recv_timeout(CLOSING));
        let ended = dialog::show(&form, &self.stop, self.patience);
        drop(closed);
        self.stop.end_prompt();
        match ended {
            Ended::Given(codes) => codes.try_into().map_err(|_| Problem::Internal),
            Ended::Cancelled => Err(Problem::Cancelled),
            Ended::TimedOut => Err(Problem::TimedOut),
            Ended::Failed => Err(Problem::PromptFailed),
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
        let Some(repeat) = repeat else {
            let [code] = self.ask([label], question)?;
            return Ok(Some(code));
        };
        let [code, again] = self.ask([label, repeat.label], question)?;
        Ok(Some(code).filter(|code| code.constant_time_eq(&again)))
    }

    fn both(
        &mut self,
        [old, new]: [&str; 2],
        question: &Question<'_>,
        repeat: Repeat<'_>,
    ) -> Option<Result<Both, Problem>> {
        let codes = self.ask([old, new, repeat.label], question);
        Some(codes.map(|[old, new, again]| (old, Some(new).filter(|new| new.constant_time_eq(&again)))))
    }

    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, Problem> {
        match self.ask([], question) {
            Ok([]) => Ok(true),
            Err(Problem::Cancelled) if !self.stop.is_stopped() => Ok(false),
            Err(problem) => Err(problem),
        }
    }
}
