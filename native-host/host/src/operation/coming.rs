//! The window of an operation, on its way while the card is still looked at. Nothing is asked in it meanwhile.

use crate::prompt::{Prompt, Stop};
use eimza_protocol::Problem;

/// How far the window has come.
pub(super) enum Coming<'a> {
    /// Not yet called: there may be no card.
    Uncalled(&'a Stop),
    /// Its program was started.
    Started(Box<dyn FnOnce() -> Result<Prompt, Problem>>),
    /// It can be asked in, or cannot; that is told once the card is known to be one for the operation.
    Here(Result<Prompt, Problem>),
}

impl Coming<'_> {
    /// Starts what takes long to come up.
    pub(super) fn start(&mut self) {
        if let Self::Uncalled(stop) = self {
            *self = Self::Started(Box::new(Prompt::start(stop)));
        }
    }

    /// Waits for it.
    pub(super) fn wait(&mut self) {
        self.start();
        *self = match std::mem::replace(self, Self::Here(Err(Problem::Internal))) {
            Self::Started(open) => Self::Here(open()),
            other => other,
        };
    }

    /// The window.
    pub(super) fn window(mut self) -> Result<Prompt, Problem> {
        self.wait();
        if let Self::Here(window) = self { window } else { Err(Problem::Internal) }
    }
}
