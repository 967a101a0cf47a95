//! The card in the virtual reader: the protocol of vpcd on one side, the pure card on the other.

use crate::apdu_log::ApduLog;
use crate::hand::Hand;
use crate::options::Faults;
use eimza_virtual_card::Card;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vpicc::{Connection, VSmartCard};

/// A card and the log of what it is told.
pub(crate) struct Slot {
    card: Arc<Mutex<Card>>,
    atr: &'static [u8],
    log: Option<ApduLog<File>>,
    /// Why the last line could not be logged: [`VSmartCard::execute`] cannot say so itself.
    log_error: Option<io::Error>,
    faults: Faults,
    /// Commands so far.
    commands: u32,
    hand: Option<Hand>,
}

/// The card, whoever looks at it.
pub(crate) fn lock(card: &Mutex<Card>) -> MutexGuard<'_, Card> {
    card.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Slot {
    pub(crate) fn new(
        card: Arc<Mutex<Card>>,
        log: Option<ApduLog<File>>,
        faults: Faults,
        hand: Option<Hand>,
    ) -> Self {
        let atr = lock(&card).atr();
        Self { card, atr, log, log_error: None, faults, commands: 0, hand }
    }

    /// Waits until somebody pushes the card in again; false where nobody holds it.
    pub(crate) fn waits_outside(&self) -> bool {
        self.hand.as_ref().is_some_and(Hand::waits_outside)
    }

    /// Says that it has stopped at this command, and waits for the hand.
    fn stop(&self) {
        crate::say("stopped");
        if let Some(hand) = &self.hand {
            hand.stop();
        }
    }

    /// Serves the reader until it closes the connection, or the hand pulls the card out. Says "ready" first.
    ///
    /// # Errors
    /// Where the reader does not speak the protocol of vpcd, or the log cannot be written.
    pub(crate) fn serve(&mut self, reader: TcpStream) -> io::Result<()> {
        // The reader sends a length and its message in two parts and waits for the first one's
        // acknowledgement, which the system would put off: 40 ms for each command.
        let socket = reader.try_clone()?;
        socket.set_nodelay(true)?;
        if let Some(hand) = &self.hand {
            hand.insert(&socket)?;
        }
        crate::say("ready");
        let mut connection = Connection::from(reader);
        loop {
            rustix::net::sockopt::set_tcp_quickack(&socket, true)?;
            match connection.poll(self) {
                Ok(()) => {}
                Err(error) if is_end(error.kind()) => return Ok(()),
                Err(error) => return Err(error),
            }
            if let Some(error) = self.log_error.take() {
                return Err(error);
            }
        }
    }
}

/// The ways in which a connection ends when pcscd does.
fn is_end(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
}

impl VSmartCard for Slot {
    fn atr(&self) -> &[u8] {
        self.atr
    }

    fn power_on(&mut self) {
        lock(&self.card).reset();
    }

    fn power_off(&mut self) {
        lock(&self.card).reset();
    }

    fn reset(&mut self) {
        lock(&self.card).reset();
    }

    fn execute(&mut self, command: &[u8]) -> Vec<u8> {
        self.commands += 1;
        if self.faults.pull_out_at == Some(self.commands) {
            std::process::exit(0); // the reader loses the connection, as it does when a hand pulls
        }
        std::thread::sleep(self.faults.delay);
        if self.faults.stop_before == Some(self.commands) {
            self.stop();
        }
        let response = lock(&self.card).transmit(command);
        if let Some(log) = &mut self.log {
            self.log_error = log.write(command, &response).err();
        }
        if self.faults.stop_after == Some(self.commands) {
            self.stop();
        }
        if self.faults.mute_at.is_some_and(|first| self.commands >= first) {
            loop {
                std::thread::park(); // what it was told is in the log; only the end of the process ends it
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_virtual_card::{Code, PROFILES, Settings};
    use std::io::{Read, Write};
    use std::net::{Ipv4Addr, TcpListener};
    use std::thread::JoinHandle;

    /// A reader with a card in it.
    fn insert() -> (TcpStream, JoinHandle<io::Result<()>>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let card_side = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let code = |digits: &[u8]| Code::parse(digits).unwrap();
        let settings = Settings::new(code(b"123456"), code(b"12345678"));
        let card = Arc::new(Mutex::new(Card::new(&PROFILES[0], settings)));
        let mut slot = Slot::new(card, None, Faults::default(), None);
        (listener.accept().unwrap().0, std::thread::spawn(move || slot.serve(card_side)))
    }

    fn send(reader: &mut TcpStream, message: &[u8]) {
        let length = u16::try_from(message.len()).unwrap().to_be_bytes();
        reader.write_all(&[&length, message].concat()).unwrap();
    }

    fn receive(reader: &mut TcpStream) -> Vec<u8> {
        let mut length = [0; 2];
        reader.read_exact(&mut length).unwrap();
        let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
        reader.read_exact(&mut message).unwrap();
        message
    }

    #[test]
    fn the_reader_gets_the_atr_and_answers() {
        let (mut reader, _card) = insert();
        send(&mut reader, &[4]);
        assert_eq!(receive(&mut reader), PROFILES[0].atr);
        send(&mut reader, &[0x00, 0xCA, 0x00, 0x00]);
        assert_eq!(receive(&mut reader), [0x6D, 0x00]);
    }

    #[test]
    fn power_and_reset_reset_the_card() {
        let (mut reader, _card) = insert();
        for control in [0, 1, 2] {
            send(&mut reader, &[0x00, 0xA4, 0x08, 0x0C, 0x02, 0x2F, 0x00]);
            assert_eq!(receive(&mut reader), [0x90, 0x00]);
            send(&mut reader, &[control]);
            send(&mut reader, &[0x00, 0xB0, 0x00, 0x00, 0x00]);
            assert_eq!(receive(&mut reader), [0x69, 0x86], "control {control}");
        }
    }

    #[test]
    fn the_end_of_the_connection_is_no_error() {
        let (reader, card) = insert();
        drop(reader);
        assert!(card.join().unwrap().is_ok());
    }

    #[test]
    fn a_peer_that_speaks_something_else_is_one() {
        let (mut reader, card) = insert();
        send(&mut reader, &[9]);
        assert!(card.join().unwrap().is_err());
    }
}
