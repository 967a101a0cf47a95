//! Finds the card that an operation acts on.

use super::error::Error;
use super::prompt_startup::PromptStartup;
use eimza_card::{Card, CardError, CodeKind, CodeState, Transport, TransportError};
use eimza_display_text::DisplayText;
use eimza_pcsc::{Connection, Error as PcscError, Reader, Timeouts, list_readers};

/// A found card.
pub(super) struct FoundCard {
    pub reader: DisplayText,
    pub connection: Connection,
    pub card: Card,
    /// The state of the old code.
    pub state: CodeState,
}

/// Returns the card in the named reader, or the only e-signature card. A card that cannot be examined counts
/// as one, too. Starts the prompt once a reader may hold a card, so that it loads while the card is being
/// read.
pub(super) fn find_card(
    reader: Option<&str>,
    old_code: CodeKind,
    timeouts: Timeouts,
    prompt: &mut PromptStartup<'_>,
) -> Result<FoundCard, Error> {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for reader in list_readers(reader, timeouts)? {
        if reader.may_hold_card() {
            prompt.start();
        }
        match open(reader, old_code, timeouts, prompt) {
            Ok(card) => found.push(card),
            Err(error) => errors.push(error),
        }
    }
    let Some(card) = found.pop() else {
        // An unsuitable card is a better explanation than an empty reader.
        let no_card = Error::Pcsc(PcscError::NoCard);
        let reason = errors.iter().find(|error| **error != no_card).or_else(|| errors.first());
        return Err(reason.copied().unwrap_or(Error::Pcsc(PcscError::NoReader)));
    };
    if found.is_empty() && errors.iter().all(is_no_candidate) {
        return Ok(card);
    }
    found.into_iter().chain([card]).for_each(|card| card.connection.disconnect());
    Err(Error::SeveralCards)
}

/// Returns whether a reader is known to hold no e-signature card.
fn is_no_candidate(error: &Error) -> bool {
    matches!(
        error,
        Error::Pcsc(PcscError::NoCard | PcscError::UnknownReader)
            | Error::Card(
                CardError::UnsupportedCard
                    | CardError::IdentityCard
                    | CardError::NoApplication
                    | CardError::NoPuk
                    | CardError::Transport(TransportError::ReaderGone)
            )
            | Error::Transport(TransportError::ReaderGone)
    )
}

fn open(
    reader: Reader,
    old_code: CodeKind,
    timeouts: Timeouts,
    prompt: &mut PromptStartup<'_>,
) -> Result<FoundCard, Error> {
    let name = reader.name.clone();
    let mut connection = reader.connect(timeouts)?;
    match read(&mut connection, old_code, prompt) {
        Ok((card, state)) => Ok(FoundCard { reader: name, connection, card, state }),
        Err(error) => {
            connection.disconnect();
            Err(error)
        }
    }
}

fn read(
    connection: &mut Connection,
    old_code: CodeKind,
    prompt: &mut PromptStartup<'_>,
) -> Result<(Card, CodeState), Error> {
    let transaction = connection.begin()?;
    let atr = transaction.atr();
    let read = move |transport: &mut dyn Transport| {
        let card = Card::open(transport, &atr)?;
        let state = card.code_state_after_open(transport, old_code)?;
        Ok((card, state))
    };
    transaction.read(read, || prompt.open_if_ready())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reader_without_an_e_signature_card_is_passed_over() {
        for (error, is_passed_over) in [
            (Error::Pcsc(PcscError::NoCard), true),
            (Error::Pcsc(PcscError::UnknownReader), true),
            (Error::Card(CardError::UnsupportedCard), true),
            (Error::Card(CardError::IdentityCard), true),
            (Error::Card(CardError::NoApplication), true),
            (Error::Card(CardError::NoPuk), true),
            (Error::Card(CardError::Transport(TransportError::ReaderGone)), true),
            (Error::Transport(TransportError::ReaderGone), true),
            // The card that the user means may be in that reader.
            (Error::Card(CardError::Unrecognised), false),
            (Error::Card(CardError::SeveralPins), false),
            (Error::Card(CardError::Transport(TransportError::Silent)), false),
            (Error::Transport(TransportError::Busy), false),
        ] {
            assert_eq!(is_no_candidate(&error), is_passed_over, "{error:?}");
        }
    }
}
