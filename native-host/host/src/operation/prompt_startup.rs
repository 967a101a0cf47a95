//! Starts the prompt of an operation while the card is still being read. It shows nothing until the first
//! question.

use super::error::Error;
use super::message::message;
use super::questions::labels;
use super::wording::Wording;
use eimza_i18n::Catalog;
use eimza_prompt::{Cancellation, Error as PromptError, StartingPrompt, SystemPrompt};
use eimza_protocol::Lang;
use eimza_session::Operation;
use std::time::Duration;

/// How long to wait for the prompt program while the card is being read.
const EARLY_TIMEOUT: Duration = Duration::from_millis(300);

/// A prompt that is being started.
pub(super) struct PromptStartup<'a> {
    cancellation: &'a Cancellation,
    operation: Operation,
    lang: Lang,
    state: State,
}

enum State {
    /// Not started: there may be no card.
    NotStarted,
    /// The program was started.
    Starting(StartingPrompt),
    /// It is ready, or failed; an error is only reported once the card is known to be suitable.
    Opened(Result<SystemPrompt, PromptError>),
}

impl<'a> PromptStartup<'a> {
    pub(super) fn new(operation: Operation, lang: Lang, cancellation: &'a Cancellation) -> Self {
        Self { cancellation, operation, lang, state: State::NotStarted }
    }

    /// Starts the prompt program, which takes long to load.
    pub(super) fn start(&mut self) {
        if matches!(self.state, State::NotStarted) {
            self.state = State::Starting(SystemPrompt::start(self.cancellation));
        }
    }

    /// Opens the prompt if it has loaded; a program that hangs does not delay the operation for long.
    pub(super) fn open_if_ready(&mut self) {
        let _ = Catalog::of(self.lang); // loads the messages while the card is being read
        if matches!(&self.state, State::Starting(starting) if starting.is_ready_within(EARLY_TIMEOUT)) {
            self.open();
        }
    }

    /// Returns the opened prompt.
    pub(super) fn into_prompt(mut self) -> Result<SystemPrompt, Error> {
        self.start();
        self.open();
        if let State::Opened(prompt) = self.state { Ok(prompt?) } else { Err(Error::Internal) }
    }

    fn open(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::NotStarted) {
            State::Starting(starting) => {
                let catalog = Catalog::of(self.lang);
                let labels = labels(catalog, "prompt_ok", "prompt_cancel");
                let code_label = message(catalog, Wording::of(self.operation).old_label, &[]);
                let opened = starting.open();
                State::Opened(opened.and_then(|mut prompt| {
                    prompt.preset_labels(&labels, code_label.as_str())?;
                    Ok(prompt)
                }))
            }
            other => other,
        };
    }
}
