//! Runs an operation: finds the card, asks for the codes and sends them.

use super::card_finder::find_card;
use super::error::Error;
use super::kind::Operation;
use super::prompt_startup::PromptStartup;
use super::questions::Questions;
use eimza_display_text::DisplayText;
use eimza_i18n::Catalog;
use eimza_prompt::{Cancellation, Prompt};
use eimza_protocol::{Lang, Problem};
use eimza_session::{
    CardProvider, CardSession, CodeEntry, CodeState, Error as SessionError, ModuleRoute, SendGate, take_route,
};

/// The ways to reach cards.
pub struct Routes {
    /// Lists and opens cards over PC/SC.
    pub cards: Box<dyn CardProvider>,
    /// The modules of cards' makers, where they can be loaded.
    pub modules: Option<Box<dyn ModuleRoute>>,
}

/// Carries out an operation on the card in `reader`, or on the only e-signature card. Returns the name of the
/// reader.
///
/// # Errors
/// If the operation failed and the codes are unchanged, or if the outcome is unknown.
pub fn operate(
    operation: Operation,
    routes: &Routes,
    reader: Option<&str>,
    lang: Lang,
    cancellation: &Cancellation,
) -> Result<DisplayText, Error> {
    let mut prompt = PromptStartup::new(operation, lang, cancellation);
    let card = find_card(&*routes.cards, reader, operation.old_code(), &mut prompt)?;
    let session = take_route(card, routes.modules.as_deref());
    let reader = session.description().reader.clone();
    let result = run_on_card(operation, session, lang, cancellation, || prompt.into_prompt());
    // Logs the stable code of an error, like the message to the browser.
    log::debug!(
        "{operation:?} in {reader}: {:?}",
        result.clone().map_err(|error| Problem::from(error).code())
    );
    result.map(|()| reader)
}

/// Carries out an operation in a session with its card, using the prompt that `open_prompt` returns.
///
/// # Errors
/// If the operation failed and the codes are unchanged, or if the outcome is unknown.
pub fn run_on_card<P: Prompt>(
    operation: Operation,
    mut session: Box<dyn CardSession>,
    lang: Lang,
    cancellation: &Cancellation,
    open_prompt: impl FnOnce() -> Result<P, Error>,
) -> Result<(), Error> {
    match ask(operation, &mut *session, lang, open_prompt) {
        Ok(entry) => operation
            .send(session, entry, &Uninterrupted(cancellation))
            .map_err(|error| Error::Code(operation, error)),
        Err(error) => {
            session.close();
            Err(error)
        }
    }
}

/// Asks for the codes, if the card can take them.
fn ask<P: Prompt>(
    operation: Operation,
    session: &mut dyn CardSession,
    lang: Lang,
    open_prompt: impl FnOnce() -> Result<P, Error>,
) -> Result<CodeEntry, Error> {
    if let Operation::Change(code) = operation
        && !session.description().rules(code).is_changeable
    {
        return Err(Error::NotChangeable);
    }
    let known = session.state(operation.old_code())?;
    if known == CodeState::Blocked {
        return Err(Error::Code(operation, SessionError::Blocked));
    }
    let mut questions =
        Questions::new(operation, Catalog::of(lang), open_prompt()?, session.description(), known);
    questions.confirm_risk()?;
    questions.confirm_route()?;
    let (old, new) = questions.ask_codes()?;
    Ok(CodeEntry { known, old, new })
}

/// Sends codes unless the operation was cancelled, which then waits for the card's response.
struct Uninterrupted<'a>(&'a Cancellation);

impl SendGate for Uninterrupted<'_> {
    fn pass(&self, send: &mut dyn FnMut()) -> bool {
        self.0.run_uninterrupted(send).is_some()
    }
}
