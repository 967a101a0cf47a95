//! Finds the card that an operation acts on.

use super::error::Error;
use super::prompt_startup::PromptStartup;
use eimza_session::{CardProvider, CardSession, CodeKind, Error as SessionError, HeldCard, ReadStates};

/// Returns the card in the named reader, or the only e-signature card. A card that cannot be examined counts
/// as one, too. Starts the prompt once a reader may hold a card, so that it loads while the card is being
/// read.
pub(super) fn find_card(
    cards: &dyn CardProvider,
    reader: Option<&str>,
    old_code: CodeKind,
    prompt: &mut PromptStartup<'_>,
) -> Result<Box<dyn HeldCard>, Error> {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for reader in cards.list(reader)? {
        if reader.may_hold_card() {
            prompt.start();
        }
        match reader.open(ReadStates::Of(old_code), &mut || prompt.open_if_ready()) {
            Ok(card) => found.push(card),
            Err(error) => errors.push(error),
        }
    }
    let Some(card) = found.pop() else {
        // An unsuitable card is a better explanation than an empty reader.
        let index = errors.iter().position(|error| *error != SessionError::NoCard).unwrap_or(0);
        let reason = if errors.is_empty() { SessionError::NoReader } else { errors.swap_remove(index) };
        return Err(reason.into());
    };
    if found.is_empty() && errors.iter().all(is_no_candidate) {
        return Ok(card);
    }
    found.into_iter().chain([card]).for_each(CardSession::close);
    Err(Error::SeveralCards)
}

/// Returns whether a reader is known to hold no e-signature card.
fn is_no_candidate(error: &SessionError) -> bool {
    matches!(
        error,
        SessionError::NoCard
            | SessionError::ReaderGone
            | SessionError::UnsupportedCard
            | SessionError::IdentityCard
            | SessionError::NoApplication
            | SessionError::NoPuk
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reader_without_an_e_signature_card_is_passed_over() {
        for (error, is_passed_over) in [
            (SessionError::NoCard, true),
            (SessionError::ReaderGone, true),
            (SessionError::UnsupportedCard, true),
            (SessionError::IdentityCard, true),
            (SessionError::NoApplication, true),
            (SessionError::NoPuk, true),
            // The card that the user means may be in that reader.
            (SessionError::Unrecognised, false),
            (SessionError::SeveralPins, false),
            (SessionError::CardSilent, false),
            (SessionError::CardBusy, false),
        ] {
            assert_eq!(is_no_candidate(&error), is_passed_over, "{error:?}");
        }
    }
}
