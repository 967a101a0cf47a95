//! The window of an operation, on its way while the card is still looked at. Nothing is asked in it meanwhile.

use super::Operation;
use super::dialog::frame;
use super::wording::Wording;
use crate::prompt::{Prompt, Starting, Stop};
use eimza_i18n::Catalog;
use eimza_protocol::{Lang, Problem};
use std::time::Duration;

/// So long a program is waited for while the card is read.
const EARLY: Duration = Duration::from_millis(300);

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
    Started(Starting),
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
            self.state = State::Started(Prompt::start(self.stop));
        }
    }

    /// Meets it where it has come up: what is known of the card does not wait long for a program that hangs.
    pub(super) fn meet(&mut self) {
        let _ = Catalog::of(self.lang); // read while there is time
        if matches!(&self.state, State::Started(starting) if starting.speaks_within(EARLY)) {
            self.open();
        }
    }

    /// The window.
    pub(super) fn window(mut self) -> Result<Prompt, Problem> {
        self.start();
        self.open();
        if let State::Here(window) = self.state { window } else { Err(Problem::Internal) }
    }

    fn open(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Uncalled) {
            State::Started(starting) => {
                let frame = frame(Catalog::of(self.lang));
                let label = Wording::of(self.operation).old_label;
                let opened = starting.open();
                State::Here(opened.and_then(|mut prompt| prompt.announce(&frame, label).map(|()| prompt)))
            }
            other => other,
        };
    }
}
