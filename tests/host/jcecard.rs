//! Tests of the card crate with a third-party card: jcecard, an OpenPGP card. It has no PKCS#15 application,
//! so the tests supply the references: 81 for the PIN; 83 for the administrator's PIN, which unblocks it with
//! two commands, or the resetting code, which unblocks it with one.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use eimza_card::{Card, CodeError, CodeKind, CodeState, Secret, Transport, TransportError};
use pcsc::{Context, Protocols, Scope, ShareMode};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use support::{holds_card, wait_for};

/// The OpenPGP application (specification 3.4, section 4.2.1).
const APPLICATION: &[u8] = &[0xD2, 0x76, 0x00, 0x01, 0x24, 0x01];
const PIN: u8 = 0x81;
const ADMINISTRATOR: u8 = 0x83;
/// A reference that such a card does not have.
const MISSING: u8 = 0x84;

/// jcecard in the virtual reader; removed when dropped.
struct JceCard(Child);

impl JceCard {
    fn insert() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut child = Command::new(root.join("target/jcecard/bin/python"))
            .arg(root.join("tests/jcecard/bridge.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("jcecard; `cargo xtask setup` installs it");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        wait_for("jcecard in its reader", || holds_card(0) == Some(true));
        Self(child)
    }
}

impl Drop for JceCard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
        wait_for("the empty reader", || holds_card(0) == Some(false));
    }
}

/// The card in the reader, with a log of its commands.
struct LoggedCard {
    card: pcsc::Card,
    log: Vec<Vec<u8>>,
}

impl LoggedCard {
    fn connect() -> Self {
        let context = Context::establish(Scope::User).unwrap();
        let reader = context.list_readers_owned().unwrap().remove(0);
        let card = context.connect(&reader, ShareMode::Shared, Protocols::ANY).unwrap();
        Self { card, log: Vec::new() }
    }

    fn status(&mut self, command: &[u8]) -> u16 {
        let answer = self.transmit(command).unwrap();
        u16::from_be_bytes(*answer.last_chunk().unwrap())
    }

    fn select(&mut self) {
        assert_eq!(self.status(&[&[0x00, 0xA4, 0x04, 0x00, 0x06], APPLICATION].concat()), 0x9000);
    }

    fn verify(&mut self, reference: u8, code: &str) -> u16 {
        let length = u8::try_from(code.len()).unwrap();
        self.status(&[&[0x00, 0x20, 0x00, reference, length], code.as_bytes()].concat())
    }

    fn block_pin(&mut self) {
        self.select();
        let answers = [(); 4].map(|()| self.verify(PIN, "000000"));
        assert_eq!(answers[3], 0x6983, "{answers:04X?}");
    }

    /// Returns how many commands contained these bytes.
    fn times_sent(&self, code: &str) -> usize {
        let carries = |command: &&Vec<u8>| command.windows(code.len()).any(|part| part == code.as_bytes());
        self.log.iter().filter(carries).count()
    }
}

impl Transport for LoggedCard {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.log.push(command.to_vec());
        let mut buffer = [0; pcsc::MAX_BUFFER_SIZE];
        self.card.transmit(command, &mut buffer).map(<[u8]>::to_vec).map_err(|_| TransportError::Silent)
    }
}

fn secret(code: &str) -> Secret {
    code.bytes().collect()
}

#[test]
fn blocked_pin_is_unblocked_with_two_commands() {
    let _card = JceCard::insert();
    let mut session = LoggedCard::connect();
    session.block_pin();
    let card = Card::third_party(APPLICATION, PIN, ADMINISTRATOR);
    assert_eq!(card.unblock(&mut session, CodeState::Unknown, secret("12345678"), secret("739164")), Ok(()));
    assert_eq!(session.verify(PIN, "739164"), 0x9000);
}

#[test]
fn wrong_code_is_counted_and_sent_once() {
    let _card = JceCard::insert();
    let mut session = LoggedCard::connect();
    session.block_pin();
    let card = Card::third_party(APPLICATION, PIN, ADMINISTRATOR);
    for wrong in
        [CodeError::Wrong(Some(2)), CodeError::Wrong(Some(1)), CodeError::Blocked, CodeError::Blocked]
    {
        session.log.clear();
        assert_eq!(
            card.unblock(&mut session, CodeState::Unknown, secret("90817263"), secret("739164")),
            Err(wrong)
        );
        assert_eq!(session.times_sent("90817263"), 1);
        assert_eq!(session.times_sent("739164"), 0);
    }
}

#[test]
fn card_without_separate_verify_is_unblocked_with_one_command() {
    const RESETTING_CODE: &[u8] = b"\x00\xDA\x00\xD3\x0887654321";
    let _card = JceCard::insert();
    let mut session = LoggedCard::connect();
    session.select();
    assert_eq!(session.verify(ADMINISTRATOR, "12345678"), 0x9000);
    assert_eq!(session.status(RESETTING_CODE), 0x9000);
    session.block_pin();
    let card = Card::third_party(APPLICATION, PIN, MISSING);
    assert_eq!(card.unblock(&mut session, CodeState::Unknown, secret("87654321"), secret("739164")), Ok(()));
    assert_eq!(session.verify(PIN, "739164"), 0x9000);
}

#[test]
fn pin_is_changed() {
    let _card = JceCard::insert();
    let mut session = LoggedCard::connect();
    let card = Card::third_party(APPLICATION, PIN, ADMINISTRATOR);
    let refused =
        card.change(&mut session, CodeKind::Pin, CodeState::Unknown, secret("000000"), secret("739164"));
    assert_eq!(refused, Err(CodeError::Wrong(Some(2))));
    assert_eq!(
        card.change(&mut session, CodeKind::Pin, CodeState::Unknown, secret("123456"), secret("739164")),
        Ok(())
    );
    assert_eq!(session.verify(PIN, "739164"), 0x9000);
}
