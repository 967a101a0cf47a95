//! Which card an operation is for.

use crate::connection::{Connection, Patience};
use crate::problem;
use crate::readers;
use eimza_card::Card;
use eimza_protocol::Problem;

/// The named reader's card, else the only e-signature card; its problem where there is none.
pub(super) fn find_card(
    reader: Option<&str>,
    patience: Patience,
) -> Result<(String, Connection, Card), Problem> {
    let names = match reader {
        Some(name) => vec![name.to_owned()],
        None => readers::names()?,
    };
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        match open(&name, patience) {
            Ok((connection, card)) => found.push((name, connection, card)),
            Err(problem) => problems.push(problem),
        }
    }
    if found.len() > 1 {
        found.into_iter().for_each(|(_, connection, _)| connection.leave());
        return Err(Problem::SeveralCards);
    }
    // Of several readers without a card for us, the one that holds any card tells more.
    let reason = problems.iter().position(|problem| *problem != Problem::NoCard).unwrap_or(0);
    found.pop().ok_or_else(
        || {
            if problems.is_empty() { Problem::NoReader } else { problems.swap_remove(reason) }
        },
    )
}

fn open(name: &str, patience: Patience) -> Result<(Connection, Card), Problem> {
    let mut connection = readers::open(name, patience)?;
    let opened = connection.turn().map_err(problem::of_link).and_then(|mut turn| {
        let atr = turn.atr();
        Card::open(&mut turn, &atr).map_err(problem::of_refusal)
    });
    match opened {
        Ok(card) => Ok((connection, card)),
        Err(problem) => {
            connection.leave();
            Err(problem)
        }
    }
}
