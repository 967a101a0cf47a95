//! Prompts with dialogs of this process on Windows, where no program like pinentry can be relied on.

use crate::cancellation::Cancellation;
use crate::error::Error;
use crate::prompt::{CodePair, Prompt, PromptLabels, Question, Repeat, USER_TIMEOUT};
use eimza_card::Secret;
use eimza_display_text::ScreenText;
use eimza_win32_dialog::{Form, Outcome, has_desktop, show};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// The longest wait for a cancelled dialog to close; it checks for cancellation ten times a second.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// Asks each question in a dialog.
pub struct DialogPrompt {
    cancellation: Cancellation,
    /// How long each dialog waits for the user.
    pub timeout: Duration,
}

/// A prompt before it is opened.
pub struct UnopenedDialog(Cancellation);

impl UnopenedDialog {
    /// Returns true: no program has to be started.
    #[must_use]
    pub fn is_ready_within(&self, _: Duration) -> bool {
        true
    }

    /// Checks that there is a desktop to show dialogs on; a service has none.
    ///
    /// # Errors
    /// If there is none.
    pub fn open(self) -> Result<DialogPrompt, Error> {
        if has_desktop() {
            Ok(DialogPrompt { cancellation: self.0, timeout: USER_TIMEOUT })
        } else {
            Err(Error::NoDisplay)
        }
    }
}

impl DialogPrompt {
    /// Returns a prompt to open; no program has to be started.
    #[must_use]
    pub fn start(cancellation: &Cancellation) -> UnopenedDialog {
        UnopenedDialog(cancellation.clone())
    }

    /// Does nothing: every dialog is created with its labels.
    ///
    /// # Errors
    /// Never.
    pub fn preset_labels(&mut self, _: &PromptLabels, _: &str) -> Result<(), Error> {
        Ok(())
    }

    fn show<const N: usize>(&self, fields: [&str; N], question: &Question<'_>) -> Result<[Secret; N], Error> {
        let &Question { labels: PromptLabels { title, ok, cancel }, text, error } = question;
        let [title, text, ok, cancel] = [title, text, ok, cancel].map(ScreenText::as_str);
        let form = Form { title, text, error: error.map(ScreenText::as_str), fields: &fields, ok, cancel };
        if self.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        // Cancelling waits until the dialog is closed and its fields are wiped.
        let (closed, wait_for_close) = channel::<()>();
        self.cancellation.on_close_prompt(move || _ = wait_for_close.recv_timeout(CLOSE_TIMEOUT));
        let outcome = show(&form, &|| self.cancellation.is_cancelled(), self.timeout);
        drop(closed);
        self.cancellation.close_prompt();
        match outcome {
            Outcome::Confirmed(codes) => codes.try_into().map_err(|_| Error::Internal),
            Outcome::Cancelled => Err(Error::Cancelled),
            Outcome::TimedOut => Err(Error::TimedOut),
            Outcome::Failed => Err(Error::Failed),
        }
    }
}

impl Prompt for DialogPrompt {
    fn ask_code(
        &mut self,
        label: &str,
        question: &Question<'_>,
        repeat: Option<Repeat<'_>>,
    ) -> Result<Option<Secret>, Error> {
        let Some(repeat) = repeat else {
            let [code] = self.show([label], question)?;
            return Ok(Some(code));
        };
        let [code, repeated] = self.show([label, repeat.label.as_str()], question)?;
        Ok(Some(code).filter(|code| code.constant_time_eq(&repeated)))
    }

    fn ask_code_pair(
        &mut self,
        [old, new]: [&str; 2],
        question: &Question<'_>,
        repeat: Repeat<'_>,
    ) -> Option<Result<CodePair, Error>> {
        let codes = self.show([old, new, repeat.label.as_str()], question);
        Some(codes.map(|[old, new, repeated]| (old, Some(new).filter(|new| new.constant_time_eq(&repeated)))))
    }

    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, Error> {
        match self.show([], question) {
            Ok([]) => Ok(true),
            Err(Error::Cancelled) if !self.cancellation.is_cancelled() => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn show_while(&mut self, question: &Question<'_>, work: &mut dyn FnMut()) -> Result<(), Error> {
        let &Question { labels: PromptLabels { title, cancel, .. }, text, error } = question;
        let [title, text, cancel] = [title, text, cancel].map(ScreenText::as_str);
        let form = Form { title, text, error: error.map(ScreenText::as_str), fields: &[], ok: "", cancel };
        if self.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let (is_done, cancellation, timeout) = (AtomicBool::new(false), &self.cancellation, self.timeout);
        let is_over = || is_done.load(Ordering::Acquire) || cancellation.is_cancelled();
        thread::scope(|scope| {
            let window = thread::Builder::new().spawn_scoped(scope, || show(&form, &is_over, timeout));
            window.map_err(|_| Error::Failed)?;
            work();
            is_done.store(true, Ordering::Release);
            Ok(())
        })
    }
}
