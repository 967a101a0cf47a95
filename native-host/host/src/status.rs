//! The `status` command: readers, cards and the state of their codes. Uses no try.

use crate::problem_mapping::{card_problem, pcsc_problem};
use eimza_card::{Card, CardError, Certificate, CodeKind, CodeState, Transport};
use eimza_pcsc::{Reader, Timeouts, list_readers};
use eimza_protocol::{self as protocol, CardStatus, Changeable, CodesFrom, Problem, ReaderStatus, Status};

/// Returns the status of all readers and their cards.
///
/// # Errors
/// If there is no smart-card service or no reader. A problem with one reader is part of its status.
pub fn status(timeouts: Timeouts) -> Result<Status, Problem> {
    let readers = list_readers(None, timeouts).map_err(pcsc_problem)?;
    Ok(Status { readers: readers.into_iter().map(|reader| reader_status(reader, timeouts)).collect() })
}

fn reader_status(reader: Reader, timeouts: Timeouts) -> ReaderStatus {
    let name = reader.name.clone();
    let card = reader
        .connect(timeouts)
        .map_err(pcsc_problem)
        .and_then(|connection| connection.read_and_disconnect(card_status).map_err(card_problem));
    match card {
        Ok(card) => ReaderStatus { name, card: Some(card), error: None },
        Err(error) => ReaderStatus { name, card: None, error: Some(error) },
    }
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
    protocol::Certificate { holder, serial, issuer, from, until }
}

fn code_state(state: CodeState) -> protocol::CodeState {
    match state {
        CodeState::Usable(tries) => protocol::CodeState::Usable { tries },
        CodeState::Blocked => protocol::CodeState::Blocked,
        CodeState::Unknown => protocol::CodeState::Unknown,
    }
}
