//! A card in the virtual reader: connects [`Card`] to the protocol of vpcd and simulates faults.

use crate::apdu_log::ApduLog;
use crate::options::Faults;
use crate::output::print_line;
use crate::remote_control::RemoteControl;
use eimza_virtual_card::Card;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vpicc::{Connection, VSmartCard};

/// A card in the virtual reader, with the log of its commands.
pub(crate) struct InsertedCard {
    card: Arc<Mutex<Card>>,
    atr: &'static [u8],
    log: Option<ApduLog<File>>,
    /// Why the last command could not be logged: [`VSmartCard::execute`] cannot return an error.
    log_error: Option<io::Error>,
    faults: Faults,
    /// The number of commands so far.
    command_count: u32,
    control: Option<RemoteControl>,
}

/// Locks the card, even after a panic in another thread.
pub(crate) fn lock(card: &Mutex<Card>) -> MutexGuard<'_, Card> {
    card.lock().unwrap_or_else(PoisonError::into_inner)
}

impl InsertedCard {
    pub(crate) fn new(
        card: Arc<Mutex<Card>>,
        log: Option<ApduLog<File>>,
        faults: Faults,
        control: Option<RemoteControl>,
    ) -> Self {
        let atr = lock(&card).atr();
        Self { card, atr, log, log_error: None, faults, command_count: 0, control }
    }

    /// Waits until the card is inserted again; returns false if nothing controls the card.
    pub(crate) fn wait_until_reinserted(&self) -> bool {
        self.control.as_ref().is_some_and(RemoteControl::wait_until_reinserted)
    }

    /// Reports that the card has stopped at this command, and waits until it may continue.
    fn pause(&self) {
        print_line("stopped");
        if let Some(control) = &self.control {
            control.wait_for_go();
        }
    }

    /// Prints "ready" and serves the reader until it closes the connection or the card is removed.
    ///
    /// # Errors
    /// If the reader does not follow the protocol of vpcd, or the log cannot be written.
    pub(crate) fn serve(&mut self, reader: TcpStream) -> io::Result<()> {
        // The reader sends length and message in two parts and waits for the acknowledgement of the first,
        // which the system would delay by 40 ms for every command.
        let socket = reader.try_clone()?;
        socket.set_nodelay(true)?;
        if let Some(control) = &self.control {
            control.set_connection(&socket)?;
        }
        print_line("ready");
        let mut connection = Connection::from(reader);
        loop {
            rustix::net::sockopt::set_tcp_quickack(&socket, true)?;
            match connection.poll(self) {
                Ok(()) => {}
                Err(error) if is_disconnect(error.kind()) => {
                    lock(&self.card).reset(); // without a reader it has no power
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
            if let Some(error) = self.log_error.take() {
                return Err(error);
            }
        }
    }
}

/// Returns whether the error means that pcscd has closed the connection.
fn is_disconnect(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
}

impl VSmartCard for InsertedCard {
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
        self.command_count += 1;
        if self.faults.pull_out_at == Some(self.command_count) {
            std::process::exit(0); // the reader loses the connection, as if the card were removed
        }
        std::thread::sleep(self.faults.delay);
        if self.faults.stop_before == Some(self.command_count) {
            self.pause();
        }
        let response = lock(&self.card).transmit(command);
        if let Some(log) = &mut self.log {
            self.log_error = log.write(command, &response).err();
        }
        if self.faults.stop_after == Some(self.command_count) {
            self.pause();
        }
        if self.faults.mute_at.is_some_and(|first| self.command_count >= first) {
            loop {
                std::thread::park(); // the command is logged; the process must be killed
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

    /// Returns a reader with a card in it, the card's thread, and the card.
    fn insert() -> (TcpStream, JoinHandle<io::Result<()>>, Arc<Mutex<Card>>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let card_side = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let code = |digits: &[u8]| Code::parse(digits).unwrap();
        let settings = Settings::new(code(b"123456"), code(b"12345678"));
        let card = Arc::new(Mutex::new(Card::new(&PROFILES[0], settings)));
        let mut inserted = InsertedCard::new(Arc::clone(&card), None, Faults::default(), None);
        (listener.accept().unwrap().0, std::thread::spawn(move || inserted.serve(card_side)), card)
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
    fn sends_atr_and_responses_to_the_reader() {
        let (mut reader, _thread, _) = insert();
        send(&mut reader, &[4]);
        assert_eq!(receive(&mut reader), PROFILES[0].atr);
        send(&mut reader, &[0x00, 0xCA, 0x00, 0x00]);
        assert_eq!(receive(&mut reader), [0x6D, 0x00]);
    }

    #[test]
    fn power_cycles_and_resets_reset_the_card() {
        let (mut reader, _thread, _) = insert();
        for control in [0, 1, 2] {
            send(&mut reader, &[0x00, 0xA4, 0x08, 0x0C, 0x02, 0x2F, 0x00]);
            assert_eq!(receive(&mut reader), [0x90, 0x00]);
            send(&mut reader, &[control]);
            send(&mut reader, &[0x00, 0xB0, 0x00, 0x00, 0x00]);
            assert_eq!(receive(&mut reader), [0x69, 0x86], "control {control}");
        }
    }

    #[test]
    fn a_closed_connection_is_not_an_error() {
        let (reader, card, _) = insert();
        drop(reader);
        assert!(card.join().unwrap().is_ok());
    }

    #[test]
    fn a_removed_card_is_not_authenticated() {
        let (mut reader, served, card) = insert();
        for command in
            [&b"\x00\xA4\x04\x0C\x0C\xA0\x00\x00\x00\x63PKCS-15"[..], b"\x00\x20\x00\x81\x06123456"]
        {
            send(&mut reader, command);
            assert_eq!(receive(&mut reader), [0x90, 0x00]);
        }
        assert!(lock(&card).is_authenticated());
        drop(reader);
        assert!(served.join().unwrap().is_ok());
        assert!(!lock(&card).is_authenticated());
    }

    #[test]
    fn an_unknown_message_is_an_error() {
        let (mut reader, card, _) = insert();
        send(&mut reader, &[9]);
        assert!(card.join().unwrap().is_err());
    }
}
