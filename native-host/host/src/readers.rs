//! PC/SC: the only file that links `pcsc`.

use crate::connection::{Answer, Connection, Order, Patience, carries_code};
use crate::service;
use eimza_card::{Transport, TransportError};
use eimza_protocol::Problem;
use pcsc::{
    Card, Context, Disposition, Error, PNP_NOTIFICATION, Protocols, ReaderState, Scope, ShareMode, State,
    Transaction,
};
use std::ffi::{CStr, CString};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Without any reader there is only the notice of plugging to wait on, and one that comes between
/// looking and waiting is not noticed: look again after this long.
const NO_READER: Duration = Duration::from_secs(1);

/// So often a card is asked for that another program keeps for itself alone.
const AGAIN: Duration = Duration::from_millis(100);

/// Room for names of readers: pcscd knows up to 16, of 128 bytes each (`pcsclite.h`).
const LONGEST_NAMES: usize = 16 * 128;

/// What PC/SC is waited for on the thread of a card.
const NOTHING: u8 = 0;
const TURN: u8 = 1;
const ANSWER: u8 = 2;

/// Readers whose card was given up, each with what PC/SC still waits for there. Nobody else asks for the
/// card meanwhile: each question would wait on a thread of its own, and the service has room for few.
static GIVEN_UP: Mutex<Vec<(String, Arc<AtomicU8>)>> = Mutex::new(Vec::new());

/// Waits for readers and cards to come and go.
pub struct Watch {
    context: Context,
    seen: Vec<ReaderState>,
    first: bool,
}

/// A reader, as the smart-card service tells of it.
pub struct Reader {
    pub name: String,
    /// Known to hold no card: nobody has to connect to find that out.
    empty: bool,
    /// The listing's own, for the first card: to take up another takes as long as two commands.
    context: Option<Context>,
}

/// The reader of that name, else all; at least one.
pub fn list(wanted: Option<&str>, patience: Patience) -> Result<Vec<Reader>, Problem> {
    static LISTING: AtomicBool = AtomicBool::new(false);
    let until = Instant::now() + patience.turn;
    while LISTING.swap(true, Ordering::AcqRel) {
        if Instant::now() > until {
            return Err(Problem::NoService); // it still has not answered whoever asked before
        }
        thread::sleep(AGAIN);
    }
    let (tell, told) = channel();
    let wanted = wanted.map(str::to_owned);
    thread::spawn(move || {
        let readers = establish().and_then(|context| look(context, wanted.as_deref()));
        LISTING.store(false, Ordering::Release);
        // Where nobody waits any more, nobody has to be told.
        let _ = tell.send(readers);
    });
    match told.recv_timeout(patience.turn) {
        Ok(Ok(readers)) if readers.is_empty() => Err(Problem::NoReader),
        Ok(listed) => listed,
        // A service that does not answer is none.
        Err(_) => Err(Problem::NoService),
    }
}

/// Readers, and which of them are empty.
fn look(context: Context, wanted: Option<&str>) -> Result<Vec<Reader>, Problem> {
    let mut names = names(&context).map_err(problem)?;
    if let Some(wanted) = wanted {
        names.retain(|name| name.to_string_lossy() == wanted);
        if names.is_empty() {
            return Err(Problem::ReaderGone);
        }
    }
    let mut seen: Vec<_> = names.into_iter().map(|name| ReaderState::new(name, State::UNAWARE)).collect();
    // Where this fails, whoever connects is told why.
    let _ = context.get_status_change(Duration::ZERO, &mut seen);
    let mut context = Some(context);
    let readers = seen.iter().map(|state| {
        let empty = state.event_state().contains(State::EMPTY);
        let name = state.name().to_string_lossy().into_owned();
        // Where a card was given up it is not opened at once, and a context is let go of on this thread or on its own.
        let opened = !empty && waited_for(&name) == NOTHING;
        Reader { name, empty, context: opened.then(|| context.take()).flatten() }
    });
    Ok(readers.collect())
}

/// The names of all readers; where there is room for them the service is asked once, and not for their length before.
fn names(context: &Context) -> Result<Vec<CString>, Error> {
    match context.list_readers(&mut [0; LONGEST_NAMES]) {
        Ok(names) => Ok(names.map(CStr::to_owned).collect()),
        Err(Error::InsufficientBuffer) => context.list_readers_owned(),
        Err(error) => Err(error),
    }
}

impl Reader {
    /// Whether it holds a card, as far as is known.
    pub fn may_hold_card(&self) -> bool {
        !self.empty
    }

    /// Connects to its card, without keeping other programs out. Each connection has a context and a thread of
    /// its own: calls on one context wait for each other.
    pub fn open(self, patience: Patience) -> Result<Connection, Problem> {
        if self.empty { Err(Problem::NoCard) } else { open(self.name, self.context, patience) }
    }
}

fn open(reader: String, context: Option<Context>, patience: Patience) -> Result<Connection, Problem> {
    let until = Instant::now() + patience.turn;
    loop {
        match waited_for(&reader) {
            NOTHING => break,
            ANSWER => return Err(Problem::CardSilent),
            _ if Instant::now() < until => thread::sleep(AGAIN),
            _ => return Err(Problem::CardBusy),
        }
    }
    let waits = Arc::new(AtomicU8::new(TURN));
    let ((orders, told), (say, answers), (tell, opened)) = (channel(), channel(), channel());
    log::debug!("connecting to the card in {reader}");
    let (name, waiting) = (reader.clone(), Arc::clone(&waits));
    thread::spawn(move || {
        let connected =
            context.map_or_else(establish, Ok).and_then(|context| connect(&context, &name, until));
        waiting.store(NOTHING, Ordering::Release);
        match connected {
            Ok(card) if tell.send(Ok(())).is_ok() => serve(card, &told, &say, &waiting),
            Ok(card) => leave(card),
            // Where nobody waits any more, nobody has to be told.
            Err(problem) => _ = tell.send(Err(problem)),
        }
    });
    let give_up = move || given_up().push((reader, waits));
    // Where another program has the card, some services do not even let us connect.
    match opened.recv_timeout(patience.turn) {
        Ok(connected) => connected.map(|()| Connection::new(orders, answers, patience, Box::new(give_up))),
        Err(_) => {
            give_up();
            Err(Problem::CardBusy)
        }
    }
}

fn given_up() -> MutexGuard<'static, Vec<(String, Arc<AtomicU8>)>> {
    GIVEN_UP.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is still waited for at a card that was given up.
fn waited_for(reader: &str) -> u8 {
    let mut given_up = given_up();
    given_up.retain(|(_, waits)| waits.load(Ordering::Acquire) != NOTHING);
    let known = given_up.iter().find(|(name, _)| name == reader);
    known.map_or(NOTHING, |(_, waits)| waits.load(Ordering::Acquire))
}

/// Whatever keeps us from the service: without it nothing is known of readers.
fn establish() -> Result<Context, Problem> {
    Context::establish(Scope::User).map_err(|error| {
        log::debug!("no smart-card service: {error:?}");
        service::why_away()
    })
}

fn connect(context: &Context, reader: &str, until: Instant) -> Result<Card, Problem> {
    let name = CString::new(reader).map_err(|_| Problem::ReaderGone)?;
    loop {
        match context.connect(&name, ShareMode::Shared, Protocols::ANY) {
            Ok(card) => return Ok(card),
            Err(Error::SharingViolation) if Instant::now() < until => thread::sleep(AGAIN),
            Err(error) => return Err(problem(error)),
        }
    }
}

/// What becomes of a card after an order.
enum Then {
    GoOn,
    Leave,
    Reset,
}

/// Carries out orders until the card is left, or is to be reset as [`turn`] says. `waits` tells whether an answer
/// of the card is waited for.
fn serve(mut card: Card, orders: &Receiver<Order>, answers: &Sender<Answer>, waits: &AtomicU8) {
    // Asked for once: a connection to another card, or to this one reset, is none any more.
    let mut atr = Vec::new();
    let mut then = Then::GoOn;
    while matches!(then, Then::GoOn) {
        then = match orders.recv() {
            Ok(Order::Begin) => turn(&mut card, &mut atr, orders, answers, waits),
            // Commands are given in a turn only.
            Ok(Order::Leave | Order::Transmit(_) | Order::Read(_) | Order::End { .. }) | Err(_) => {
                Then::Leave
            }
        };
    }
    match then {
        Then::Reset => drop(card), // its Drop resets it
        Then::GoOn | Then::Leave => leave(card),
    }
    // Whoever asked may be gone.
    let _ = answers.send(Ok(Vec::new()));
}

/// Carries out the orders of one turn. A card is reset where nobody takes its answer to a command, and where
/// codes were sent to it and nobody ended the turn.
fn turn(
    card: &mut Card,
    atr: &mut Vec<u8>,
    orders: &Receiver<Order>,
    answers: &Sender<Answer>,
    waits: &AtomicU8,
) -> Then {
    // In a transaction, as also asking for the ATR waits for other programs'.
    waits.store(TURN, Ordering::Release);
    let begun = card.transaction().and_then(|transaction| {
        if atr.is_empty() {
            let mut buffer = [0; pcsc::MAX_ATR_SIZE];
            *atr = transaction.status2(&mut [0; LONGEST_NAMES], &mut buffer)?.atr().to_vec();
        }
        Ok(transaction)
    });
    waits.store(NOTHING, Ordering::Release);
    let transaction = match begun {
        Ok(begun) => begun,
        Err(error) => {
            // Whoever asked may be gone; the next order tells.
            let _ = answers.send(Err(link(error)));
            return Then::GoOn;
        }
    };
    if answers.send(Ok(atr.clone())).is_err() {
        return Then::Leave; // it was waited for too long
    }
    let mut alone =
        Alone { transaction: &transaction, buffer: vec![0; pcsc::MAX_BUFFER_SIZE_EXTENDED], waits };
    let mut touched = false;
    loop {
        match orders.recv() {
            Ok(Order::Transmit(command)) => {
                touched |= carries_code(&command);
                let answer = alone.transmit(&command);
                drop(command);
                if answers.send(answer).is_err() {
                    return Then::Reset;
                }
            }
            Ok(Order::Read(reading)) => {
                reading(&mut alone);
                return end(transaction, touched, answers);
            }
            Ok(Order::End { reset }) => return end(transaction, reset, answers),
            Ok(Order::Begin | Order::Leave) | Err(_) if touched => return Then::Reset,
            Ok(Order::Begin | Order::Leave) | Err(_) => return Then::Leave,
        }
    }
}

/// Ends a turn, with the card as it is or reset.
fn end(transaction: Transaction<'_>, reset: bool, answers: &Sender<Answer>) -> Then {
    let how = if reset { Disposition::ResetCard } else { Disposition::LeaveCard };
    let ended = transaction.end(how).map_err(|(transaction, _)| drop(transaction));
    let told = answers.send(Ok(Vec::new()));
    // A card that is gone needs no reset; any other gets it when it is dropped.
    if ended.is_err() && reset || told.is_err() { Then::Reset } else { Then::GoOn }
}

/// A card in a transaction.
struct Alone<'a> {
    transaction: &'a Transaction<'a>,
    buffer: Vec<u8>,
    waits: &'a AtomicU8,
}

impl Transport for Alone<'_> {
    fn transmit(&mut self, command: &[u8]) -> Answer {
        self.waits.store(ANSWER, Ordering::Release);
        let answer = self.transaction.transmit(command, &mut self.buffer).map(<[u8]>::to_vec).map_err(link);
        self.waits.store(NOTHING, Ordering::Release);
        log::trace!("{}", line(command, &answer));
        answer
    }
}

fn leave(card: Card) {
    // A card that is gone cannot be left; nothing is lost by that.
    if let Err((card, _)) = card.disconnect(Disposition::LeaveCard) {
        std::mem::forget(card); // its Drop would reset the card
    }
}

impl Watch {
    /// The first [`Self::change`] returns at once.
    pub fn start() -> Result<Self, Problem> {
        let context = establish()?;
        // Tells of readers that are plugged in.
        let plug = ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE);
        Ok(Self { context, seen: vec![plug], first: true })
    }

    /// Blocks until a reader or a card came or went, or might have, or `at_most` so long.
    pub fn change(&mut self, at_most: Option<Duration>) -> Result<(), Problem> {
        let names = self.context.list_readers_owned().or_else(|error| match error {
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
        let at_most = if no_reader { Some(NO_READER) } else { at_most };
        match self.context.get_status_change(at_most, &mut self.seen) {
            Ok(()) | Err(Error::Timeout) => Ok(()),
            Err(error) => Err(problem(error)),
        }
    }
}

/// A command and its answer for the log: header, lengths and status word. What lies between them may
/// be a code, a name or a number.
fn line(command: &[u8], answer: &Answer) -> String {
    let hex = |bytes: &[u8]| bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02X}"));
    let header = hex(&command[..command.len().min(4)]);
    let answer = match answer {
        Ok(answer) => {
            let (data, status) = answer.split_at(answer.len().saturating_sub(2));
            format!("{}, {} bytes", hex(status), data.len())
        }
        Err(error) => format!("{error:?}"),
    };
    format!("{header}, {} bytes: {answer}", command.len())
}

/// What became of the card, for an operation that already holds it.
fn link(error: Error) -> TransportError {
    match error {
        Error::NoSmartcard | Error::RemovedCard => TransportError::Removed,
        // The handle is of no use any more: what is in the reader now is not what was opened.
        Error::ResetCard | Error::InvalidHandle | Error::InvalidValue => TransportError::Changed,
        Error::ReaderUnavailable | Error::UnknownReader | Error::NoReadersAvailable => {
            TransportError::ReaderGone
        }
        Error::NoService | Error::ServiceStopped | Error::CommError => TransportError::ServiceGone,
        Error::SharingViolation => TransportError::Busy,
        _ => TransportError::Silent,
    }
}

/// Why there is no card to begin with.
fn problem(error: Error) -> Problem {
    match error {
        Error::NoService | Error::ServiceStopped | Error::CommError => service::why_away(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_shows_header_lengths_and_status_word_alone() {
        let verify = b"\x00\x20\x00\x82\x0812345678";
        assert_eq!(line(verify, &Ok(vec![0x63, 0xC2])), "00200082, 13 bytes: 63C2, 0 bytes");
        let read = [0x00, 0xB0, 0x00, 0x00, 0x00];
        assert_eq!(line(&read, &Ok(b"T.C.\x90\x00".to_vec())), "00B00000, 5 bytes: 9000, 4 bytes");
        assert_eq!(line(&read, &Err(TransportError::Removed)), "00B00000, 5 bytes: Removed");
        assert_eq!(line(&[0x00], &Ok(vec![])), "00, 1 bytes: , 0 bytes");
    }
}
