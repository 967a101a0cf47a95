//! Runs an operation: finds the card, asks for the codes and sends them.

use super::card_finder::find_card;
use super::error::Error;
use super::prompt_startup::PromptStartup;
use super::questions::Questions;
use eimza_display_text::DisplayText;
use eimza_i18n::Catalog;
use eimza_prompt::{Cancellation, Prompt};
use eimza_protocol::{Lang, Problem};
use eimza_session::{
    CardProvider, CardSession, CodeEntry, CodeState, Error as SessionError, ModuleRoute, Operation,
    ReaderEntryError, SendGate, take_route,
};

/// The ways to reach cards.
pub struct Routes {
    /// Lists and opens cards over PC/SC.
    pub cards: Box<dyn CardProvider>,
    /// The modules of cards' makers, where they can be loaded.
    pub modules: Option<Box<dyn ModuleRoute>>,
    /// Whether codes are typed on readers that have keys for it.
    pub use_reader_keys: bool,
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
    let device = if routes.use_reader_keys { EntryDevice::Reader } else { EntryDevice::Window };
    let result = run_on_card(operation, session, device, lang, cancellation, || prompt.into_prompt());
    // Logs the stable code of an error, like the message to the browser.
    log::debug!(
        "{operation:?} in {reader}: {:?}",
        result.clone().map_err(|error| Problem::from(error).code())
    );
    result.map(|()| reader)
}

/// Where the user types codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryDevice {
    /// On the reader if it has keys for it, otherwise in the window.
    Reader,
    /// In the window.
    Window,
}

/// Carries out an operation in a session with its card, using the prompt that `open_prompt` returns.
///
/// # Errors
/// If the operation failed and the codes are unchanged, or if the outcome is unknown.
pub fn run_on_card<P: Prompt>(
    operation: Operation,
    mut session: Box<dyn CardSession>,
    device: EntryDevice,
    lang: Lang,
    cancellation: &Cancellation,
    open_prompt: impl FnOnce() -> Result<P, Error>,
) -> Result<(), Error> {
    let card = session.description().clone();
    let gate = Uninterrupted(cancellation);
    let prepared = prepare(operation, &mut *session).and_then(|known| {
        let mut questions = Questions::new(operation, Catalog::of(lang), open_prompt()?, &card, known);
        questions.confirm_risk()?;
        questions.confirm_route()?;
        let is_on_reader = device == EntryDevice::Reader && session.reader_takes_codes(operation)?;
        Ok((known, questions, is_on_reader))
    });
    let (known, mut questions, is_on_reader) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            session.close();
            return Err(error);
        }
    };
    if is_on_reader {
        session = match enter_on_reader(operation, session, known, &gate, &mut questions)? {
            Some(refused) => refused,
            None => return Ok(()),
        };
    }
    match questions.ask_codes() {
        Ok((old, new)) => {
            let entry = CodeEntry { known, old, new };
            let sent = match operation {
                Operation::Unlock => session.unblock(entry, &gate),
                Operation::Change(code) => session.change(code, entry, &gate),
            };
            sent.map_err(|error| Error::Code(operation, error))
        }
        Err(error) => {
            session.close();
            Err(error)
        }
    }
}

/// Returns the state of the old code, if the card can take the codes.
fn prepare(operation: Operation, session: &mut dyn CardSession) -> Result<CodeState, Error> {
    if let Operation::Change(code) = operation
        && !session.description().rules(code).is_changeable
    {
        return Err(Error::NotChangeable);
    }
    match session.state(operation.old_code())? {
        CodeState::Blocked => Err(Error::Code(operation, SessionError::Blocked)),
        known => Ok(known),
    }
}

/// Has the reader take the codes. Returns the session if the reader refuses before any code was entered, and the
/// user wants to type them in the window.
fn enter_on_reader<P: Prompt>(
    operation: Operation,
    session: Box<dyn CardSession>,
    known: CodeState,
    gate: &dyn SendGate,
    questions: &mut Questions<'_, P>,
) -> Result<Option<Box<dyn CardSession>>, Error> {
    let mut unused = Some(session);
    let mut entered = None;
    let shown = questions.confirm_entry_on_reader().and_then(|()| {
        questions.show_entry_on_reader(|| {
            entered = unused.take().map(|session| session.enter_on_reader(operation, known, gate));
        })
    });
    let (refused, decision) = match (entered, shown) {
        (Some(Ok(())), _) => return Ok(None),
        (Some(Err(ReaderEntryError::Failed(error))), _) => return Err(Error::Code(operation, error)),
        (Some(Err(ReaderEntryError::Refused(session))), _) => {
            (Some(session), questions.confirm_entry_in_window())
        }
        (None, shown) => (unused, shown.and(Err(Error::Internal))),
    };
    if let Err(error) = decision {
        refused.into_iter().for_each(CardSession::close);
        return Err(error);
    }
    Ok(refused)
}

/// Sends codes unless the operation was cancelled, which then waits for the card's response.
struct Uninterrupted<'a>(&'a Cancellation);

impl SendGate for Uninterrupted<'_> {
    fn pass(&self, send: &mut dyn FnMut()) -> bool {
        self.0.run_uninterrupted(send).is_some()
    }
}
