//! `status`: what is in the readers; spends no try.

use crate::connection::{Connection, Patience};
use crate::problem;
use crate::readers;
use eimza_card::{Card, Certificate, CodeName, CodeState, Refusal};
use eimza_protocol::{self as protocol, CardStatus, Changeable, CodesFrom, Problem, ReaderStatus, Status};

/// All readers with their cards.
///
/// # Errors
/// Where there is no smart-card service or no reader; what is wrong in a reader stands beside it.
pub fn status(patience: Patience) -> Result<Status, Problem> {
    let names = readers::names(patience)?;
    if names.is_empty() {
        return Err(Problem::NoReader);
    }
    let readers = names.into_iter().map(|name| reader(name, patience)).collect();
    Ok(Status { readers })
}

fn reader(name: String, patience: Patience) -> ReaderStatus {
    match look(&name, patience) {
        Ok(card) => ReaderStatus { name, card: Some(card), error: None },
        Err(error) => ReaderStatus { name, card: None, error: Some(error) },
    }
}

fn look(name: &str, patience: Patience) -> Result<CardStatus, Problem> {
    let mut connection = readers::open(name, patience)?;
    let status = describe(&mut connection).map_err(problem::of_refusal);
    connection.leave();
    status
}

fn describe(connection: &mut Connection) -> Result<CardStatus, Refusal> {
    let mut turn = connection.turn()?;
    let atr = turn.atr();
    let card = Card::open(&mut turn, &atr)?;
    Ok(CardStatus {
        family: card.family().name.clone(),
        pin: code_state(card.state_after_open(&mut turn, CodeName::Pin)?),
        puk: code_state(card.state_after_open(&mut turn, CodeName::Puk)?),
        codes_from: if card.codes_are_from_card() { CodesFrom::Card } else { CodesFrom::Assumption },
        changeable: Changeable {
            pin: card.is_changeable(CodeName::Pin),
            puk: card.is_changeable(CodeName::Puk),
        },
        certificates: card.certificates().iter().map(certificate).collect(),
    })
}

fn certificate(certificate: &Certificate) -> protocol::Certificate {
    let Certificate { holder, serial, issuer, valid: (from, until), .. } = certificate.clone();
    protocol::Certificate { holder, serial, issuer, from, until }
}

fn code_state(state: CodeState) -> protocol::CodeState {
    match state {
        CodeState::Usable(tries) => protocol::CodeState::Usable { tries },
        CodeState::Blocked => protocol::CodeState::Blocked,
        CodeState::Unknown => protocol::CodeState::Unknown,
    }
}
