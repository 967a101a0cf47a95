//! Which card an operation is for.

use super::coming::Coming;
use crate::connection::{Connection, Patience};
use crate::problem;
use crate::readers::{self, Reader};
use eimza_card::{Card, CodeKind, CodeState, Transport};
use eimza_protocol::Problem;

/// A card that was found.
pub(super) struct Found {
    pub reader: String,
    pub connection: Connection,
    pub card: Card,
    /// The state of the code that is at stake.
    pub state: CodeState,
}

/// The named reader's card, else the only e-signature card; its problem where there is none. While a card
/// in another reader cannot be judged, none is the only one. The window is called once a reader holds a card, and
/// comes up while that is read.
pub(super) fn find_card(
    reader: Option<&str>,
    at_stake: CodeKind,
    patience: Patience,
    coming: &mut Coming<'_>,
) -> Result<Found, Problem> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for reader in readers::list(reader, patience)? {
        if reader.may_hold_card() {
            coming.start();
        }
        match open(reader, at_stake, patience, coming) {
            Ok(card) => found.push(card),
            Err(problem) => problems.push(problem),
        }
    }
    let Some(card) = found.pop() else {
        // Of several readers without a card for us, the one that holds any card tells more.
        let reason = problems.iter().position(|problem| *problem != Problem::NoCard).unwrap_or(0);
        return Err(if problems.is_empty() { Problem::NoReader } else { problems.swap_remove(reason) });
    };
    if found.is_empty() && problems.iter().all(is_no_card_of_ours) {
        return Ok(card);
    }
    found.into_iter().chain([card]).for_each(|card| card.connection.leave());
    Err(Problem::SeveralCards)
}

/// Whether a reader is known to hold no e-signature card.
fn is_no_card_of_ours(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::NoCard
            | Problem::NotAkis
            | Problem::IdentityCard
            | Problem::NoApplication
            | Problem::NoPuk
            | Problem::ReaderGone
    )
}

fn open(
    reader: Reader,
    at_stake: CodeKind,
    patience: Patience,
    coming: &mut Coming<'_>,
) -> Result<Found, Problem> {
    let name = reader.name.clone();
    let mut connection = reader.open(patience)?;
    match look(&mut connection, at_stake, coming) {
        Ok((card, state)) => Ok(Found { reader: name, connection, card, state }),
        Err(problem) => {
            connection.leave();
            Err(problem)
        }
    }
}

fn look(
    connection: &mut Connection,
    at_stake: CodeKind,
    coming: &mut Coming<'_>,
) -> Result<(Card, CodeState), Problem> {
    let turn = connection.turn().map_err(problem::of_link)?;
    let atr = turn.atr();
    let read = move |card: &mut dyn Transport| {
        let opened = Card::open(card, &atr).map_err(problem::of_refusal)?;
        let state = opened.code_state_after_open(card, at_stake).map_err(problem::of_link)?;
        Ok((opened, state))
    };
    turn.read(read, || coming.meet()).map_err(problem::of_link)?
}
