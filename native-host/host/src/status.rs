//! `status`: what is in the readers; spends no try.

use crate::connection::Patience;
use crate::readers::{self, Reader};
use eimza_card::{Card, CardError, Certificate, CodeKind, CodeState, Transport};
use eimza_protocol::{self as protocol, CardStatus, Changeable, CodesFrom, Problem, ReaderStatus, Status};

/// All readers with their cards.
///
/// # Errors
/// Where there is no smart-card service or no reader; what is wrong in a reader stands beside it.
pub fn status(patience: Patience) -> Result<Status, Problem> {
    let readers = readers::list(None, patience)?.into_iter().map(|listed| reader(listed, patience)).collect();
    Ok(Status { readers })
}

fn reader(reader: Reader, patience: Patience) -> ReaderStatus {
    let name = reader.name.clone();
    match reader.open(patience).and_then(|card| card.visit(describe)) {
        Ok(card) => ReaderStatus { name, card: Some(card), error: None },
        Err(error) => ReaderStatus { name, card: None, error: Some(error) },
    }
}

fn describe(transport: &mut dyn Transport, atr: &[u8]) -> Result<CardStatus, CardError> {
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
