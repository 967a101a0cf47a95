//! The window of an operation, on its way while the card is still looked at. Nothing is asked in it meanwhile.

use super::Operation;
use super::dialog::frame;
use super::wording::Wording;
use crate::prompt::{Prompt, Stop};
use eimza_protocol::{Lang, Problem};
use eimza_words::Words;

/// The window on its way.
pub(super) struct Coming<'a> {
    stop: &'a Stop,
    operation: Operation,
    lang: Lang,
    state: State,
}

enum State {
    /// Not yet called: there may be no card.
    Uncalled,
    /// Its program was started.
    Started(Box<dyn FnOnce() -> Result<Prompt, Problem>>),
    /// It can be asked in, or cannot; that is told once the card is known to be one for the operation.
    Here(Result<Prompt, Problem>),
}

impl<'a> Coming<'a> {
    pub(super) fn new(operation: Operation, lang: Lang, stop: &'a Stop) -> Self {
        Self { stop, operation, lang, state: State::Uncalled }
    }

    /// Starts what takes long to come up.
    pub(super) fn start(&mut self) {
        if matches!(self.state, State::Uncalled) {
            self.state = State::Started(Box::new(Prompt::start(self.stop)));
        }
    }

    /// Waits for it.
    pub(super) fn wait(&mut self) {
        self.start();
        self.state = match std::mem::replace(&mut self.state, State::Uncalled) {
            State::Started(open) => {
                let frame = frame(Words::of(self.lang)); // read while the program comes up
                let label = Wording::of(self.operation).old_label;
                State::Here(open().and_then(|mut prompt| prompt.announce(&frame, label).map(|()| prompt)))
            }
            other => other,
        };
    }

    /// The window.
    pub(super) fn window(mut self) -> Result<Prompt, Problem> {
        self.wait();
        if let State::Here(window) = self.state { window } else { Err(Problem::Internal) }
    }
}
