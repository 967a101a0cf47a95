//! Prompts with dialogs of this process on Windows, where no program like pinentry can be relied on.

use crate::cancellation::Cancellation;
use crate::error::Error;
use crate::prompt::{CodePair, Prompt, PromptLabels, Question, Repeat, USER_TIMEOUT};
use crate::window_thread::on_window_thread;
use eimza_card::Secret;
use eimza_win32_dialog::{Form, Outcome, has_desktop, show};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
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
        if self.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let (form, timeout) = (form(&fields, question), self.timeout);
        let cancellation = self.cancellation.clone();
        // Cancelling waits until the dialog is closed and its fields are wiped.
        let (closed, wait_for_close) = channel::<()>();
        self.cancellation.on_close_prompt(move || _ = wait_for_close.recv_timeout(CLOSE_TIMEOUT));
        let outcome = on_window_thread(move || show(&form, &|| cancellation.is_cancelled(), timeout)).recv();
        drop(closed);
        self.cancellation.close_prompt();
        match outcome.unwrap_or(Outcome::Failed) {
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
        if self.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let form = Form { ok: String::new(), ..form(&[], question) };
        let is_done = Arc::new(AtomicBool::new(false));
        let (cancellation, timeout) = (self.cancellation.clone(), self.timeout);
        let is_over = {
            let is_done = Arc::clone(&is_done);
            move || is_done.load(Ordering::Acquire) || cancellation.is_cancelled()
        };
        let closed = on_window_thread(move || show(&form, &is_over, timeout));
        let done = SetWhenDropped(is_done);
        work();
        drop(done);
        // Whether it could be shown or not, the work is done.
        let _ = closed.recv();
        Ok(())
    }
}

/// Sets a flag when it is dropped, also by a panic: the window closes then, and leaves the thread to the next one.
struct SetWhenDropped(Arc<AtomicBool>);

impl Drop for SetWhenDropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Returns a dialog that asks a question.
fn form(fields: &[&str], question: &Question<'_>) -> Form {
    let &Question { labels: PromptLabels { title, ok, cancel }, text, error } = question;
    let [title, text, ok, cancel] = [title, text, ok, cancel].map(|text| text.as_str().to_owned());
    let error = error.map(|error| error.as_str().to_owned());
    Form { title, text, error, fields: fields.iter().map(|&field| field.to_owned()).collect(), ok, cancel }
}
