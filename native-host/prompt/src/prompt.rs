//! The interface of every prompt.

use crate::error::Error;
use eimza_card::Secret;
use eimza_display_text::ScreenText;
use std::time::Duration;

/// How long the user has to answer; enough to find the PUK letter.
pub(crate) const USER_TIMEOUT: Duration = Duration::from_secs(300);

/// Title and buttons of a prompt.
pub struct PromptLabels {
    /// The window title.
    pub title: ScreenText,
    /// The button that confirms.
    pub ok: ScreenText,
    /// The button that cancels.
    pub cancel: ScreenText,
}

/// The content of a prompt.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Title and buttons.
    pub labels: &'a PromptLabels,
    /// The question and its reason, with line breaks.
    pub text: &'a ScreenText,
    /// The problem with the last entry.
    pub error: Option<&'a ScreenText>,
}

/// The second field for a new code.
#[derive(Clone, Copy)]
pub struct Repeat<'a> {
    /// The label of the field.
    pub label: &'a ScreenText,
    /// Shown if the two entries differ.
    pub mismatch: &'a ScreenText,
}

/// An old and a new code; the new one is `None` if its two entries differ.
pub type CodePair = (Secret, Option<Secret>);

/// Asks the user for codes and confirmations.
pub trait Prompt {
    /// Asks for a code; with `repeat`, for a new one that is typed twice. Returns `None` if the two entries
    /// differ.
    ///
    /// # Errors
    /// If the user entered no code.
    fn ask_code(
        &mut self,
        label: &str,
        question: &Question<'_>,
        repeat: Option<Repeat<'_>>,
    ) -> Result<Option<Secret>, Error>;

    /// Asks for the old and the new code, by their labels, in one window. Returns `None`, and asks nothing,
    /// if this prompt can only ask for one code at a time.
    fn ask_code_pair(
        &mut self,
        _: [&str; 2],
        _: &Question<'_>,
        _: Repeat<'_>,
    ) -> Option<Result<CodePair, Error>> {
        None
    }

    /// Asks for an explicit confirmation; returns false if the user declines.
    ///
    /// # Errors
    /// If the user gave no answer.
    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, Error>;

    /// Runs `work` once, and shows a text meanwhile, in a window that has no field and one button, the one that
    /// cancels questions. It only closes the window.
    ///
    /// # Errors
    /// If nothing can be shown; `work` was not run.
    fn show_while(&mut self, question: &Question<'_>, work: &mut dyn FnMut()) -> Result<(), Error>;
}
