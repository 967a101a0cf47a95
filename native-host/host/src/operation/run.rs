//! Runs an operation: finds the card, asks for the codes and sends them.

use super::card_finder::{FoundCard, find_card};
use super::card_session::CardSession;
use super::error::Error;
use super::kind::Operation;
use super::prompt_startup::PromptStartup;
use super::questions::Questions;
use super::target::TargetCard;
use eimza_card::{CodeError, CodeState, TransportError};
use eimza_display_text::DisplayText;
use eimza_i18n::Catalog;
use eimza_pcsc::Timeouts;
use eimza_prompt::{Cancellation, Prompt};
use eimza_protocol::{Lang, Problem};

/// Carries out an operation on the card in `reader`, or on the only e-signature card. Returns the name of the
/// reader.
///
/// # Errors
/// If the operation failed and the codes are unchanged, or if the outcome is unknown.
pub fn operate(
    operation: Operation,
    reader: Option<&str>,
    lang: Lang,
    cancellation: &Cancellation,
) -> Result<DisplayText, Error> {
    let mut prompt = PromptStartup::new(operation, lang, cancellation);
    let FoundCard { reader, mut connection, card, state } =
        find_card(reader, operation.old_code(), Timeouts::INTERACTIVE, &mut prompt)?;
    let target = TargetCard { card: &card, state, reader: &reader };
    let result =
        run_on_card(operation, &mut connection, &target, lang, cancellation, || prompt.into_prompt());
    connection.disconnect();
    // Logs the stable code of an error, like the message to the browser.
    log::debug!("{operation:?} in {reader}: {:?}", result.map_err(|error| Problem::from(error).code()));
    result.map(|()| reader)
}

/// Carries out an operation in a session with its card, using the prompt that `open_prompt` returns.
///
/// # Errors
/// If the operation failed and the codes are unchanged, or if the outcome is unknown.
pub fn run_on_card<P: Prompt>(
    operation: Operation,
    session: &mut impl CardSession,
    target: &TargetCard<'_>,
    lang: Lang,
    cancellation: &Cancellation,
    open_prompt: impl FnOnce() -> Result<P, Error>,
) -> Result<(), Error> {
    let &TargetCard { card, state, .. } = target;
    if let Operation::Change(code) = operation
        && !card.is_changeable(code)
    {
        return Err(Error::NotChangeable);
    }
    if state == CodeState::Blocked {
        return Err(Error::Code(operation, CodeError::Blocked));
    }
    let mut questions = Questions::new(operation, Catalog::of(lang), open_prompt()?, target);
    questions.confirm_risk()?;
    let (old, new) = questions.ask_codes()?;
    drop(questions);

    // Uses the connection from before the questions: if the card was removed, reset or replaced meanwhile,
    // the transaction cannot begin and both codes are dropped unsent.
    let sent = session
        .transact(|transport| {
            cancellation.run_uninterrupted(|| operation.send(card, transport, state, old, new))
        })
        .map_err(error_after_questions)?;
    sent.ok_or(Error::Cancelled)?.map_err(|error| Error::Code(operation, error))
}

/// Maps an error after the prompt. A card that is missing now was removed or replaced during the prompt, and
/// another one may be in its reader.
fn error_after_questions(error: TransportError) -> Error {
    match error {
        TransportError::Removed => Error::CardChanged,
        other => Error::Transport(other),
    }
}
