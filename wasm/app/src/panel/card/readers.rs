//! The readers and cards that the host reported.

use eimza_protocol::{CardStatus, Certificate, CodeState, Problem, ReaderStatus, Status};
use std::collections::BTreeMap;

/// The readers and cards that the host reported.
#[derive(Debug, Default)]
pub(crate) struct Readers {
    /// The readers, or why they cannot be listed; `None` before the first report.
    pub status: Option<Result<Status, Problem>>,
    /// The reader of the card that the user selected from several.
    pub selected: Option<String>,
    /// The card that the user's step is about; it stays on show whatever else is inserted.
    subject: Option<Subject>,
    /// Readers whose card refused a PUK, with the remaining tries if the card reported them. An entry stays
    /// until the card is unlocked or removed.
    refused_puks: BTreeMap<String, Option<u8>>,
}

/// A card in its reader. Its certificates tell it from another card in that reader.
#[derive(Debug)]
struct Subject {
    reader: String,
    certificates: Vec<Certificate>,
}

impl Readers {
    /// Returns the readers that hold an e-signature card.
    pub(crate) fn with_card(&self) -> Vec<&ReaderStatus> {
        let readers = self.status.iter().flatten().flat_map(|status| &status.readers);
        readers.filter(|reader| reader.card.is_some()).collect()
    }

    /// Returns the reader on show: that of the card which the user's step is about, even if it was removed; else
    /// the selected one while it holds a card, else one with a blocked card, else one with a card, else one with a
    /// problem other than being empty, else the first.
    pub(crate) fn current(&self) -> Option<&ReaderStatus> {
        let readers = &self.status.as_ref()?.as_ref().ok()?.readers;
        let blocked = |card: &CardStatus| card.pin == CodeState::Blocked;
        let subject = self.subject.as_ref().map(|subject| &subject.reader);
        readers
            .iter()
            .find(|reader| subject == Some(&reader.name))
            .or_else(|| {
                let is_selected = |name| self.selected.as_ref() == Some(name);
                readers.iter().find(|reader| reader.card.is_some() && is_selected(&reader.name))
            })
            .or_else(|| readers.iter().find(|reader| reader.card.as_ref().is_some_and(blocked)))
            .or_else(|| readers.iter().find(|reader| reader.card.is_some()))
            .or_else(|| readers.iter().find(|reader| reader.error != Some(Problem::NoCard)))
            .or_else(|| readers.first())
    }

    /// Returns the card on show.
    pub(crate) fn current_card(&self) -> Option<&CardStatus> {
        self.current()?.card.as_ref()
    }

    /// Returns `Some` if the card on show, or any card while no reader can be listed, refused a PUK. The
    /// inner value is the remaining tries, if the card reported them.
    pub(crate) fn refused_puk(&self) -> Option<Option<u8>> {
        match self.current() {
            Some(reader) => self.refused_puks.get(&reader.name).copied(),
            None => self.refused_puks.values().next().copied(),
        }
    }

    /// Keeps the card on show while the user's step is about it, and afterwards.
    pub(super) fn keep_card(&mut self) {
        let Some((reader, card)) = self.current().and_then(|reader| Some((reader, reader.card.as_ref()?)))
        else {
            return;
        };
        let subject = Subject { reader: reader.name.clone(), certificates: card.certificates.clone() };
        self.selected = Some(subject.reader.clone());
        self.subject = Some(subject);
    }

    /// No step of the user is about a card any more.
    pub(super) fn release_card(&mut self) {
        self.subject = None;
    }

    /// Returns whether another card is in the place of the one that the user's step is about.
    pub(super) fn has_another_card(&self) -> bool {
        let is_other = |subject: &Subject| {
            let reader = self.current()?;
            let card = reader.card.as_ref()?;
            Some(reader.name != subject.reader || card.certificates != subject.certificates)
        };
        self.subject.as_ref().and_then(is_other).unwrap_or(false)
    }

    /// Records a report. A card that was removed loses its warning.
    pub(super) fn set_status(&mut self, status: Result<Status, Problem>) {
        self.refused_puks.retain(|reader, _| !is_removed(reader, &status));
        self.status = Some(status);
    }

    /// Records that the card in a reader refused a PUK, if the problem says so. The state of the PUK is
    /// updated at once: the panel must not show too many tries until the card is read again.
    pub(super) fn record_refusal(&mut self, reader: &str, problem: &Problem) {
        let (puk, tries) = match problem {
            Problem::PukWrong { tries: Some(left) } => {
                (CodeState::Usable { tries: Some(*left) }, Some(*left))
            }
            Problem::PukWrong { tries: None } => (CodeState::Unknown, None),
            Problem::PukBlocked => (CodeState::Blocked, Some(0)),
            _ => return,
        };
        for card in self.cards_in(reader) {
            card.puk = puk;
        }
        self.refused_puks.insert(reader.to_owned(), tries);
    }

    /// Records that the card in a reader was unlocked. The state of the PIN is updated at once: "blocked" must not
    /// stand beside "unlocked" until the card is read again.
    pub(super) fn record_unlock(&mut self, reader: &str) {
        for card in self.cards_in(reader) {
            card.pin = CodeState::Usable { tries: None };
        }
        self.forget_refusal(reader);
    }

    fn cards_in(&mut self, reader: &str) -> impl Iterator<Item = &mut CardStatus> {
        let readers = self.status.iter_mut().flatten().flat_map(|status| &mut status.readers);
        readers.filter(move |known| known.name == reader).filter_map(|known| known.card.as_mut())
    }

    /// Forgets that the card in a reader refused a PUK.
    pub(super) fn forget_refusal(&mut self, reader: &str) {
        self.refused_puks.remove(reader);
    }
}

/// Returns whether a reader is known to be empty or disconnected. A card that cannot be read at the moment is
/// still there.
fn is_removed(reader: &str, status: &Result<Status, Problem>) -> bool {
    match status {
        Ok(status) => status
            .readers
            .iter()
            .find(|known| known.name == reader)
            .is_none_or(|known| known.card.is_none() && known.error == Some(Problem::NoCard)),
        Err(problem) => *problem == Problem::NoReader,
    }
}
