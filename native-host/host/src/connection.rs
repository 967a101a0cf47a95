//! A card on a thread of its own. PC/SC's calls take as long as another program keeps the card, or as
//! a mute card says nothing; whoever asks here waits for a bounded time and then gives the card up.
//!
//! A reading goes to that thread as a whole: changing threads for each command took a quarter of its time with the
//! virtual card. Commands with codes go one by one, so that whoever sent them knows which was not answered.

use crate::operation::Held;
use crate::problem;
use eimza_card::{CardError, Transport, TransportError};
use eimza_protocol::Problem;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// How long to wait.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For another program that has the card.
    pub turn: Duration,
    /// For one answer of the card; many times what any command of ours takes.
    pub answer: Duration,
}

/// Where a user asked for something.
pub const PATIENT: Patience = Patience { turn: Duration::from_secs(5), answer: Duration::from_secs(10) };

/// Where a change is to be told soon, and what takes longer is looked at again.
pub const BRISK: Patience = Patience { turn: Duration::from_secs(2), ..PATIENT };

/// What the thread of a card is told.
pub enum Order {
    /// Keep other programs out.
    Begin,
    /// Send a command; it may carry a code, so it is wiped.
    Transmit(Zeroizing<Vec<u8>>),
    /// Read the card, with commands that carry no code, and end the turn with the card as it is.
    Read(Reading),
    /// Let other programs in again, with the card as it is or reset.
    End { reset: bool },
    /// Let go of the card and leave it as it is.
    Leave,
}

/// What is done with a card on its thread.
pub type Reading = Box<dyn FnOnce(&mut dyn Transport) + Send>;

/// What the thread of a card answers to every order: the answer to reset to [`Order::Begin`], the card's
/// answer to [`Order::Transmit`], else nothing.
pub type Answer = Result<Vec<u8>, TransportError>;

/// A card that was connected to. Nothing can be sent through it but in a [`Turn`].
pub struct Connection {
    /// The way to the thread; why there is none any more, once the card was given up. The thread sees
    /// from the closed channels that nobody waits for it.
    link: Result<Link, TransportError>,
    patience: Patience,
    /// Called when the card is given up.
    on_give_up: Option<Box<dyn FnOnce() + Send>>,
}

struct Link {
    orders: Sender<Order>,
    answers: Receiver<Answer>,
}

/// The card for oneself: no other program's command comes in between. Never held while a user is
/// asked something (Windows ends it after five seconds).
pub struct Turn<'card> {
    connection: &'card mut Connection,
    atr: Vec<u8>,
    /// A code was sent: a PUK that the card accepted must count no longer, for nobody.
    reset: bool,
    /// The thread has ended it.
    over: bool,
}

/// Whether a command carries a code: VERIFY, CHANGE REFERENCE DATA or RESET RETRY COUNTER with data.
pub fn carries_code(command: &[u8]) -> bool {
    matches!(command.get(1), Some(0x20 | 0x24 | 0x2C)) && command.len() > 5
}

impl Connection {
    /// A connection to the thread at the other ends of these channels; `on_give_up` is called when its card
    /// is given up.
    pub fn new(
        orders: Sender<Order>,
        answers: Receiver<Answer>,
        patience: Patience,
        on_give_up: Box<dyn FnOnce() + Send>,
    ) -> Self {
        Self { link: Ok(Link { orders, answers }), patience, on_give_up: Some(on_give_up) }
    }

    /// Takes the card for oneself. Fails with [`TransportError::Changed`] where it was reset or swapped since
    /// it was connected to, and with [`TransportError::Busy`] where another program does not let go of it; a
    /// connection is never renewed.
    pub fn turn(&mut self) -> Result<Turn<'_>, TransportError> {
        let atr = self.ask(Order::Begin, self.patience.turn, TransportError::Busy)?;
        Ok(Turn { connection: self, atr, reset: false, over: false })
    }

    /// Works with the card in one turn, given its answer to reset, and leaves it as it is.
    pub fn visit<T: Send + 'static>(
        mut self,
        work: impl FnOnce(&mut dyn Transport, &[u8]) -> Result<T, CardError> + Send + 'static,
    ) -> Result<T, Problem> {
        let done = self.turn().and_then(|turn| {
            let atr = turn.atr();
            turn.read(move |card| work(card, &atr), || ())
        });
        self.leave();
        done.map_err(problem::of_link)?.map_err(problem::of_refusal)
    }

    /// Lets go of the card and leaves it as it is: other programs may have entered a PIN.
    pub fn leave(mut self) {
        // A card that is gone or given up cannot be left; nothing is lost by that.
        let _ = self.ask(Order::Leave, self.patience.answer, TransportError::Silent);
    }

    fn ask(&mut self, order: Order, patience: Duration, late: TransportError) -> Answer {
        self.ask_for(order, late, |answers| answers.recv_timeout(patience))
    }

    fn ask_for(
        &mut self,
        order: Order,
        late: TransportError,
        wait: impl FnOnce(&Receiver<Answer>) -> Result<Answer, RecvTimeoutError>,
    ) -> Answer {
        let link = self.link.as_ref().map_err(|error| *error)?;
        // A thread that is gone answers as one that is late.
        let answer = link.orders.send(order).ok().and_then(|()| wait(&link.answers).ok());
        answer.unwrap_or_else(|| {
            if let Some(tell) = self.on_give_up.take() {
                tell();
            }
            self.link = Err(late);
            Err(late)
        })
    }
}

impl Held for Connection {
    fn alone<T>(&mut self, with: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        let mut turn = self.turn()?;
        Ok(with(&mut turn))
    }
}

impl Turn<'_> {
    /// The card's answer to reset.
    pub fn atr(&self) -> Vec<u8> {
        self.atr.clone()
    }

    /// Reads the card, for as long as each of its answers comes in time, and does something else `meanwhile`. No
    /// command may carry a code. The turn is over with the reading, however long the other takes.
    pub fn read<T: Send + 'static>(
        mut self,
        reading: impl FnOnce(&mut dyn Transport) -> T + Send + 'static,
        meanwhile: impl FnOnce(),
    ) -> Result<T, TransportError> {
        self.over = true;
        let heard = Arc::new(Mutex::new(Instant::now()));
        let (awaited, (give, given)) = (Arc::downgrade(&heard), channel());
        let reading = move |card: &mut dyn Transport| {
            // Where nobody waits any more, nobody has to be told.
            let _ = give.send(reading(&mut Heard { card, awaited }));
        };
        let patience = self.connection.patience.answer;
        let left = || patience.saturating_sub(lock(&heard).elapsed());
        self.connection.ask_for(Order::Read(Box::new(reading)), TransportError::Silent, |answers| {
            meanwhile();
            loop {
                match answers.recv_timeout(left()) {
                    Err(RecvTimeoutError::Timeout) if !left().is_zero() => {}
                    answer => return answer,
                }
            }
        })?;
        given.try_recv().map_err(|_| TransportError::Silent)
    }
}

/// A card that is read on its thread: tells when it was last heard, and is silent once nobody waits for it.
struct Heard<'a> {
    card: &'a mut dyn Transport,
    awaited: Weak<Mutex<Instant>>,
}

impl Transport for Heard<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        if carries_code(command) {
            return Err(TransportError::Silent); // a turn that sent a code has to know of it: nothing is sent
        }
        let awaited = || self.awaited.upgrade().ok_or(TransportError::Silent);
        awaited()?;
        let answer = self.card.transmit(command);
        *lock(&*awaited()?) = Instant::now();
        answer
    }
}

fn lock(heard: &Mutex<Instant>) -> MutexGuard<'_, Instant> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        let order = Order::End { reset: self.reset };
        // A card that is gone needs no end.
        let _ = self.connection.ask(order, self.connection.patience.answer, TransportError::Silent);
    }
}

impl Transport for Turn<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.reset |= carries_code(command);
        let order = Order::Transmit(Zeroizing::new(command.to_vec()));
        self.connection.ask(order, self.connection.patience.answer, TransportError::Silent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::{JoinHandle, spawn};

    /// A card whose thread answers the first orders and then no more, until it is given up. Joining it
    /// gives the orders that it got.
    fn card(answers: Vec<Answer>, patience: Patience) -> (Connection, JoinHandle<Vec<Order>>) {
        let ((orders, told), (say, heard)) = (channel(), channel());
        let thread = spawn(move || {
            let mut got = Vec::new();
            let mut answers = answers.into_iter();
            while let Ok(order) = told.recv() {
                got.push(order);
                if let Some(answer) = answers.next() {
                    say.send(answer).unwrap();
                }
            }
            got
        });
        (Connection::new(orders, heard, patience, Box::new(|| ())), thread)
    }

    /// A card on a thread that is told one turn with a reading, and takes so long for each answer. Joining it gives
    /// how many commands it got.
    fn slow_card(delay: Duration, patience: Patience) -> (Connection, JoinHandle<u32>) {
        struct Slow(Duration, u32);
        impl Transport for Slow {
            fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
                std::thread::sleep(self.0);
                self.1 += 1;
                Ok(command.to_vec())
            }
        }
        let ((orders, told), (say, heard)) = (channel(), channel());
        let thread = spawn(move || {
            let mut card = Slow(delay, 0);
            while let Ok(order) = told.recv() {
                if let Order::Read(reading) = order {
                    reading(&mut card);
                }
                let _ = say.send(Ok(vec![]));
            }
            card.1
        });
        (Connection::new(orders, heard, patience, Box::new(|| ())), thread)
    }

    #[test]
    fn a_reading_takes_as_long_as_it_likes_while_the_card_answers() {
        let patience = Patience { turn: LONG, answer: 20 * SHORT };
        let (mut connection, thread) = slow_card(3 * SHORT, patience);
        let read =
            connection.turn().unwrap().read(|card| (0..10).map(|n| card.transmit(&[n])).collect(), || ());
        assert_eq!(read, Ok((0..10).map(|n| Ok(vec![n])).collect::<Vec<_>>()));
        connection.leave();
        assert_eq!(thread.join().unwrap(), 10);
    }

    #[test]
    fn a_card_that_falls_mute_while_it_is_read_is_given_up_and_told_nothing_more() {
        let (mut connection, thread) = slow_card(10 * SHORT, Patience { turn: LONG, answer: SHORT });
        let read = connection.turn().unwrap().read(|card| [card.transmit(&[1]), card.transmit(&[2])], || ());
        assert_eq!(
            (read, connection.turn().err()),
            (Err(TransportError::Silent), Some(TransportError::Silent))
        );
        connection.leave();
        assert_eq!(thread.join().unwrap(), 1);
    }

    /// Where an answer is sure to come, and where none ever does.
    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    #[test]
    fn a_card_that_another_program_keeps_is_given_up_as_busy() {
        let (mut connection, thread) = card(vec![], Patience { turn: SHORT, answer: LONG });
        assert_eq!(connection.turn().err(), Some(TransportError::Busy));
        assert_eq!(connection.turn().err(), Some(TransportError::Busy));
        assert_eq!(thread.join().unwrap().len(), 1, "a card that was given up is not asked again");
    }

    #[test]
    fn a_mute_card_is_given_up_and_told_nothing_more() {
        let (mut connection, thread) = card(vec![Ok(vec![])], Patience { turn: LONG, answer: SHORT });
        let mut turn = connection.turn().unwrap();
        assert_eq!(turn.transmit(&[1]), Err(TransportError::Silent));
        assert_eq!(turn.transmit(&[2]), Err(TransportError::Silent));
        drop(turn);
        connection.leave();
        assert_eq!(thread.join().unwrap().len(), 2);
    }

    /// Looking alone took the PIN away from another program.
    #[test]
    fn only_a_card_that_codes_were_sent_to_is_reset() {
        for (command, expected) in [
            (&b"\x00\x20\x00\x82\x0412345678"[..], true),
            (b"\x00\x2C\x02\x81\x04123456", true),
            (b"\x00\x20\x00\x82", false),
            (b"\x00\xA4\x04\x00\x02\x50\x15\x00", false),
        ] {
            let (mut connection, thread) = card(vec![Ok(vec![]); 4], Patience { turn: LONG, answer: LONG });
            connection.alone(|card| card.transmit(command).unwrap()).unwrap();
            connection.leave();
            let orders = thread.join().unwrap();
            let end = orders.iter().find_map(|order| match order {
                Order::End { reset } => Some(*reset),
                _ => None,
            });
            assert_eq!(end, Some(expected), "{command:02X?}");
        }
    }
}
