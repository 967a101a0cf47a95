//! The only place where codes are asked for: the host's own window.

mod assuan;
mod find;
mod patient;
mod pinentry;
mod stop;

use eimza_card::Secret;
use eimza_protocol::Problem;

pub use pinentry::Prompt;
pub use stop::Stop;

/// What one window says.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The window's title.
    pub title: &'a str,
    /// What is asked and why, in lines.
    pub text: &'a str,
    /// What was wrong with the last entry.
    pub error: Option<&'a str>,
    /// On the button that goes on.
    pub ok: &'a str,
    /// On the button that gives up.
    pub cancel: &'a str,
}

/// The second field of a window that sets a new code.
#[derive(Clone, Copy)]
pub struct Repeat<'a> {
    /// Before the field.
    pub label: &'a str,
    /// Shown where the two entries differ.
    pub mismatch: &'a str,
}

/// Somewhere to ask the user.
pub trait Window {
    /// Asks for a code; with `repeat`, for a new one, typed twice: none where the two differ.
    ///
    /// # Errors
    /// Where no code was given.
    fn code(
        &mut self,
        label: &str,
        question: &Question<'_>,
        repeat: Option<Repeat<'_>>,
    ) -> Result<Option<Secret>, Problem>;

    /// Asks for an explicit yes; false where the user does not give it.
    ///
    /// # Errors
    /// Where there was no answer.
    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, Problem>;
}
