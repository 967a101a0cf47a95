//! PC/SC: the only file that links `pcsc`.

use eimza_card::{LinkError, Transport};
use eimza_protocol::Problem;
use pcsc::{Context, Disposition, Error, PNP_NOTIFICATION, Protocols, ReaderState, Scope, ShareMode, State};
use std::ffi::CString;
use std::time::Duration;

/// Without any reader there is only the notice of plugging to wait on, and one that comes between
/// looking and waiting is not noticed: look again after this long.
const NO_READER: Duration = Duration::from_secs(1);

/// A connection to the smart-card service.
pub struct Service {
    context: Context,
}

/// A card that was connected to. Nothing can be sent through it but in a [`Turn`].
pub struct Connection {
    card: Option<pcsc::Card>,
}

/// The card for oneself: no other program's command comes in between. Never held while a user is
/// asked something (Windows ends it after five seconds).
pub struct Turn<'card> {
    transaction: pcsc::Transaction<'card>,
}

/// Waits for readers and cards to come and go.
pub struct Watch {
    service: Service,
    seen: Vec<ReaderState>,
    first: bool,
}

impl Service {
    /// Connects to pcscd or the Windows smart-card service.
    pub fn connect() -> Result<Self, Problem> {
        Context::establish(Scope::User).map(|context| Self { context }).map_err(problem)
    }

    /// The names of all readers; none is not an error here.
    pub fn readers(&self) -> Result<Vec<String>, Problem> {
        match self.context.list_readers_owned() {
            Ok(names) => Ok(names.iter().map(|name| name.to_string_lossy().into_owned()).collect()),
            Err(Error::NoReadersAvailable) => Ok(Vec::new()),
            Err(error) => Err(problem(error)),
        }
    }

    /// Connects to the card in a reader, without keeping other programs out.
    pub fn open(&self, reader: &str) -> Result<Connection, Problem> {
        let name = CString::new(reader).map_err(|_| Problem::ReaderGone)?;
        match self.context.connect(&name, ShareMode::Shared, Protocols::ANY) {
            Ok(card) => Ok(Connection { card: Some(card) }),
            Err(error) => Err(problem(error)),
        }
    }
}

impl Connection {
    /// The card's answer to reset.
    pub fn atr(&self) -> Result<Vec<u8>, LinkError> {
        let card = self.card.as_ref().ok_or(LinkError::Removed)?;
        Ok(card.status2_owned().map_err(link)?.atr().to_vec())
    }

    /// Takes the card for oneself. Fails with [`LinkError::Changed`] where it was reset or swapped
    /// since [`Service::open`]; a connection is never renewed.
    pub fn turn(&mut self) -> Result<Turn<'_>, LinkError> {
        let card = self.card.as_mut().ok_or(LinkError::Removed)?;
        card.transaction().map(|transaction| Turn { transaction }).map_err(link)
    }

    /// Lets go of the card and leaves it as it is: other programs may have entered a PIN.
    pub fn leave(mut self) {
        if let Some(card) = self.card.take() {
            // A card that is gone cannot be left; nothing is lost by that.
            if let Err((card, _)) = card.disconnect(Disposition::LeaveCard) {
                std::mem::forget(card); // its Drop would reset the card
            }
        }
    }
}

impl Turn<'_> {
    /// Ends the turn with a reset of the card, so that a PUK that it accepted counts no longer, for
    /// nobody.
    pub fn end_with_reset(self) {
        // A card that is gone needs no reset. Where ending fails otherwise, dropping the connection
        // without `leave` resets too.
        if let Err((transaction, _)) = self.transaction.end(Disposition::ResetCard) {
            drop(transaction);
        }
    }
}

impl Transport for Turn<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, LinkError> {
        let mut answer = [0; pcsc::MAX_BUFFER_SIZE];
        self.transaction.transmit(command, &mut answer).map(<[u8]>::to_vec).map_err(link)
    }
}

impl Watch {
    /// The first [`Self::change`] returns at once.
    pub fn start() -> Result<Self, Problem> {
        // Tells of readers that are plugged in.
        let plug = ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE);
        Ok(Self { service: Service::connect()?, seen: vec![plug], first: true })
    }

    /// Blocks until a reader or a card came or went, or might have.
    pub fn change(&mut self) -> Result<(), Problem> {
        let names = self.service.context.list_readers_owned().or_else(|error| match error {
            Error::NoReadersAvailable => Ok(Vec::new()),
            other => Err(problem(other)),
        })?;
        self.seen.retain(|state| {
            state.name() == PNP_NOTIFICATION() || names.iter().any(|name| **name == *state.name())
        });
        for name in names {
            if !self.seen.iter().any(|state| state.name() == name.as_c_str()) {
                self.seen.push(ReaderState::new(name, State::UNAWARE));
            }
        }
        self.seen.iter_mut().for_each(ReaderState::sync_current_state);
        let no_reader = self.seen.len() == 1;
        if std::mem::take(&mut self.first) && no_reader {
            return Ok(()); // with readers, their unknown state is a change of its own
        }
        match self.service.context.get_status_change(no_reader.then_some(NO_READER), &mut self.seen) {
            Ok(()) | Err(Error::Timeout) => Ok(()),
            Err(error) => Err(problem(error)),
        }
    }
}

/// What became of the card, for an operation that already holds it.
fn link(error: Error) -> LinkError {
    match error {
        Error::NoSmartcard | Error::RemovedCard => LinkError::Removed,
        // The handle is of no use any more: what is in the reader now is not what was opened.
        Error::ResetCard | Error::InvalidHandle | Error::InvalidValue => LinkError::Changed,
        Error::ReaderUnavailable | Error::UnknownReader | Error::NoReadersAvailable => LinkError::ReaderGone,
        Error::NoService | Error::ServiceStopped | Error::CommError => LinkError::ServiceGone,
        _ => LinkError::Silent,
    }
}

/// Why there is no card to begin with.
fn problem(error: Error) -> Problem {
    match error {
        Error::NoService | Error::ServiceStopped | Error::CommError => Problem::NoService,
        Error::NoReadersAvailable => Problem::NoReader,
        Error::UnknownReader | Error::ReaderUnavailable => Problem::ReaderGone,
        Error::NoSmartcard | Error::RemovedCard => Problem::NoCard,
        Error::SharingViolation => Problem::CardBusy,
        Error::UnresponsiveCard | Error::UnpoweredCard | Error::UnsupportedCard | Error::ProtoMismatch => {
            Problem::CardSilent
        }
        _ => Problem::ReaderFailed,
    }
}
