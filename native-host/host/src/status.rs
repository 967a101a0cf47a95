//! The `status` command: readers, cards and the state of their codes. Uses no try.

use crate::problem_mapping::{card_problem, pcsc_problem};
use eimza_card::{Card, CardError, Certificate, CodeKind, CodeState, Transport};
use eimza_display_text::DisplayText;
use eimza_pcsc::{Error as PcscError, Reader, Timeouts, list_readers};
use eimza_protocol::{self as protocol, CardStatus, Changeable, CodesFrom, Problem, ReaderStatus, Status};

/// Why the card in a reader cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Connecting to the card failed.
    #[error(transparent)]
    Pcsc(#[from] PcscError),
    /// The card is not a usable e-signature card.
    #[error(transparent)]
    Card(#[from] CardError),
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Pcsc(error) => pcsc_problem(error),
            ReadError::Card(error) => card_problem(error),
        }
    }
}

/// A reader, and the status of its card or why it cannot be read.
pub struct ReaderResult {
    /// The name of the reader.
    pub name: String,
    /// The status of its card.
    pub card: Result<CardStatus, ReadError>,
}

impl From<ReaderResult> for ReaderStatus {
    fn from(ReaderResult { name, card }: ReaderResult) -> Self {
        match card {
            Ok(card) => Self { name, card: Some(card), error: None },
            Err(error) => Self { name, card: None, error: Some(error.into()) },
        }
    }
}

/// Returns the status of all readers and their cards.
///
/// # Errors
/// Those of [`read_cards`].
pub fn status(timeouts: Timeouts) -> Result<Status, PcscError> {
    read_cards(timeouts).map(to_status)
}

/// Reads the card in each reader.
///
/// # Errors
/// If there is no smart-card service or no reader. A problem with one reader is part of its result.
pub fn read_cards(timeouts: Timeouts) -> Result<Vec<ReaderResult>, PcscError> {
    let readers = list_readers(None, timeouts)?.into_iter();
    Ok(readers
        .map(|reader| ReaderResult { name: reader.name.to_string(), card: read_card(reader, timeouts) })
        .collect())
}

/// Converts results to the status of the protocol.
pub fn to_status(results: Vec<ReaderResult>) -> Status {
    Status { readers: results.into_iter().map(ReaderStatus::from).collect() }
}

fn read_card(reader: Reader, timeouts: Timeouts) -> Result<CardStatus, ReadError> {
    Ok(reader.connect(timeouts)?.read_and_disconnect(card_status)?)
}

fn card_status(transport: &mut dyn Transport, atr: &[u8]) -> Result<CardStatus, CardError> {
    let card = Card::open(transport, atr)?;
    Ok(CardStatus {
        family: card.family().name.clone(),
        pin: code_state(card.code_state_after_open(transport, CodeKind::Pin)?),
        puk: code_state(card.code_state_after_open(transport, CodeKind::Puk)?),
        codes_from: if card.codes_are_from_card() { CodesFrom::Card } else { CodesFrom::Assumption },
        changeable: Changeable {
            pin: card.is_changeable(CodeKind::Pin),
            puk: card.is_changeable(CodeKind::Puk),
        },
        certificates: card.certificates().iter().map(certificate).collect(),
    })
}

fn certificate(certificate: &Certificate) -> protocol::Certificate {
    let Certificate { holder, serial, issuer, not_before: from, not_after: until, .. } = certificate.clone();
    let [holder, serial, issuer] = [holder, serial, issuer].map(DisplayText::into_string);
    protocol::Certificate { holder, serial, issuer, from, until }
}

fn code_state(state: CodeState) -> protocol::CodeState {
    match state {
        CodeState::Usable(tries) => protocol::CodeState::Usable { tries },
        CodeState::Blocked => protocol::CodeState::Blocked,
        CodeState::Unknown => protocol::CodeState::Unknown,
    }
}
