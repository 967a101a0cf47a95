//! The `status` command: readers, cards and the state of their codes. Uses no try.

use crate::module_status::expected_route;
use crate::problem_mapping::session_problem;
use eimza_display_text::DisplayText;
use eimza_protocol::{self as protocol, CardStatus, Changeable, CodesFrom, ReaderStatus, Status};
use eimza_session::{
    CardDescription, CardProvider, CardSession, Certificate, CodeKind, CodeState, Error, ListedReader,
    ReadStates,
};

/// A reader, and the status of its card or why it cannot be read.
#[derive(Clone)]
pub struct ReaderResult {
    /// The name of the reader.
    pub name: String,
    /// The status of its card.
    pub card: Result<CardStatus, Error>,
    /// Its description, if it is an e-signature card.
    pub description: Option<CardDescription>,
}

impl From<ReaderResult> for ReaderStatus {
    fn from(ReaderResult { name, card, .. }: ReaderResult) -> Self {
        match card {
            Ok(card) => Self { name, card: Some(card), error: None },
            Err(error) => Self { name, card: None, error: Some(session_problem(error)) },
        }
    }
}

/// Returns the status of all readers and their cards.
///
/// # Errors
/// Those of [`read_cards`].
pub fn status(cards: &dyn CardProvider) -> Result<Status, Error> {
    read_cards(cards).map(to_status)
}

/// Reads the card in each reader.
///
/// # Errors
/// If there is no smart-card service or no reader. A problem with one reader is part of its result.
pub fn read_cards(cards: &dyn CardProvider) -> Result<Vec<ReaderResult>, Error> {
    read_cards_but(cards, Vec::new(), |_| true)
}

/// Reads the card in each reader but those with a previous result that still holds.
///
/// # Errors
/// Those of [`read_cards`].
pub fn read_cards_but(
    cards: &dyn CardProvider,
    mut previous: Vec<ReaderResult>,
    still_holds: impl Fn(&ReaderResult) -> bool,
) -> Result<Vec<ReaderResult>, Error> {
    previous.retain(still_holds);
    let readers = cards.list(None)?.into_iter();
    Ok(readers
        .map(|reader| {
            let name = reader.name().to_string();
            if let Some(index) = previous.iter().position(|result| result.name == name) {
                return previous.swap_remove(index);
            }
            let (card, description) = match read_card(reader) {
                Ok((status, description)) => (Ok(status), Some(description)),
                Err(error) => (Err(error), None),
            };
            ReaderResult { name, card, description }
        })
        .collect())
}

/// Converts results to the status of the protocol.
pub fn to_status(results: Vec<ReaderResult>) -> Status {
    Status { readers: results.into_iter().map(ReaderStatus::from).collect() }
}

fn read_card(reader: Box<dyn ListedReader>) -> Result<(CardStatus, CardDescription), Error> {
    let mut session = reader.open(ReadStates::Both, &mut || ())?;
    let status = card_status(&mut *session);
    let description = session.description().clone();
    session.close();
    Ok((status?, description))
}

fn card_status(session: &mut dyn CardSession) -> Result<CardStatus, Error> {
    let (pin, puk) = (session.state(CodeKind::Pin)?, session.state(CodeKind::Puk)?);
    let card = session.description();
    Ok(CardStatus {
        family: card.family.to_string(),
        pin: code_state(pin),
        puk: code_state(puk),
        codes_from: if card.codes_are_from_card { CodesFrom::Card } else { CodesFrom::Assumption },
        route: Some(expected_route(card)),
        changeable: Changeable { pin: card.pin.is_changeable, puk: card.puk.is_changeable },
        certificates: card.certificates.iter().map(certificate).collect(),
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
