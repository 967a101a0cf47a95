//! Tests of a card whose handle the host keeps while another program, such as a module, sends it codes. Run by
//! `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use eimza_pcsc::{CardMemory, CommandRoute, Timeouts};
use eimza_session::{CardProvider, CodeKind, Error, HeldCard, ReadStates};
use pcsc::{Card, Disposition, Protocols, ShareMode};
use support::{VirtualCard, other_program};

fn held_card() -> Box<dyn HeldCard> {
    let route = CommandRoute::new(Timeouts::INTERACTIVE, CardMemory::default());
    let reader = route.list(None).unwrap().remove(0);
    reader.open(ReadStates::Of(CodeKind::Puk), &mut || ()).unwrap_or_else(|error| panic!("{error}"))
}

fn send(program: &mut Card, commands: &[&[u8]]) -> Vec<u8> {
    let mut response = [0; 258];
    let transaction = program.transaction().unwrap();
    let mut last = Vec::new();
    for command in commands {
        last = transaction.transmit(command, &mut response).unwrap().to_vec();
    }
    transaction.end(Disposition::LeaveCard).map_err(|(_, error)| error).unwrap();
    last
}

const OK: [u8; 2] = [0x90, 0x00];
const SELECT: &[u8] = b"\x00\xA4\x04\x00\x0C\xA0\x00\x00\x00\x63PKCS-15\x00";
const VERIFY_PUK: &[u8] = b"\x00\x20\x00\x82\x0812345678";
const SET_PIN: &[u8] = b"\x00\x2C\x02\x81\x06111111";

/// The card stays authenticated if whoever verified the PUK dies.
#[test]
fn reset_ends_what_another_program_has_verified() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    for resets_before in [false, true] {
        let held = held_card();
        let mut helper = other_program(ShareMode::Shared);
        if resets_before {
            // Makes the handle that is kept obsolete.
            helper.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::ResetCard).unwrap();
        }
        assert_eq!(send(&mut helper, &[SELECT, VERIFY_PUK]), OK);
        let _ = helper.disconnect(Disposition::LeaveCard);
        held.reset();
        let mut other = other_program(ShareMode::Shared);
        assert_ne!(send(&mut other, &[SELECT, SET_PIN]), OK);
        let _ = other.disconnect(Disposition::LeaveCard);
    }
}

#[test]
fn closing_a_held_card_leaves_what_another_program_has_verified() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let held = held_card();
    let mut other = other_program(ShareMode::Shared);
    assert_eq!(send(&mut other, &[SELECT, VERIFY_PUK]), OK);
    held.close();
    assert_eq!(send(&mut other, &[SET_PIN]), OK);
    let _ = other.disconnect(Disposition::LeaveCard);
}

#[test]
fn a_swapped_card_is_another_one_even_if_it_is_of_the_same_kind() {
    let first = VirtualCard::insert(&[]);
    let mut held = held_card();
    assert_eq!(held.confirm_same_card(), Ok(()));
    let _ = other_program(ShareMode::Shared).disconnect(Disposition::ResetCard);
    assert_eq!(held.confirm_same_card(), Ok(()), "a reset is no replacement");
    drop(first);
    assert_eq!(held.confirm_same_card(), Err(Error::CardChanged));
    let second = VirtualCard::insert(&[]);
    assert_eq!(held.confirm_same_card(), Err(Error::CardChanged));
    let before = second.log().len();
    held.reset();
    assert_eq!(second.log().len(), before);
}
