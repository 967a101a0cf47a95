//! The only place where codes are asked for: the host's own window.

#[cfg(not(windows))]
mod assuan;
#[cfg(not(windows))]
mod find;
#[cfg(not(windows))]
mod patient;
#[cfg(not(windows))]
mod pinentry;
mod stop;
#[cfg(any(windows, test))]
mod windows;

use eimza_card::Secret;
use eimza_protocol::Problem;
use std::time::Duration;

#[cfg(not(windows))]
pub use pinentry::{Prompt, Starting};
pub use stop::Stop;
#[cfg(windows)]
pub use windows::{Prompt, Starting};

/// So long the user has to find the PUK letter.
const PATIENCE: Duration = Duration::from_secs(300);

/// What is around every question for a code.
pub struct Frame {
    /// The window's title.
    pub title: String,
    /// On the button that goes on.
    pub ok: String,
    /// On the button that gives up.
    pub cancel: String,
}

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

/// An old code and a new one, which is none where its two entries differ.
pub type Both = (Secret, Option<Secret>);

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

    /// Asks for the old code and a new one in one window, by their labels. None, and nothing asked, where a window has
    /// room for one code alone.
    fn both(&mut self, _: [&str; 2], _: &Question<'_>, _: Repeat<'_>) -> Option<Result<Both, Problem>> {
        None
    }

    /// Asks for an explicit yes; false where the user does not give it.
    ///
    /// # Errors
    /// Where there was no answer.
    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, Problem>;
}
