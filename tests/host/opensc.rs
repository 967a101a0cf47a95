//! Tests of the virtual card with an independent client: a card that OpenSC cannot list, verify, change and
//! unblock would not be a PKCS#15 card, and tests with it would prove nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use std::process::Output;
use support::{VirtualCard, opensc, opensc_akis, opensc_verifies};

fn succeeded(output: &Output) -> bool {
    output.status.success()
}

/// The profiles that differ in how files are selected and read.
const PROFILES: [&str; 6] =
    ["sanal", "akis-2x", "akis-2x-codes-elsewhere", "akis-2x-in-parts", "akis-2x-short", "akis-2x-extended"];

#[test]
fn opensc_lists_pin_and_puk() {
    for profile in PROFILES {
        let _card = VirtualCard::insert(&["--profile", profile]);
        let output = opensc(&["--list-pins"]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(succeeded(&output));
        for expected in
            ["PIN [PIN]", "PIN [PUK]", "Reference      : 129 (0x81)", "Reference      : 130 (0x82)"]
        {
            assert!(text.contains(expected), "{profile}: {expected}\n{text}");
        }
    }
}

#[test]
fn opensc_lists_and_reads_the_certificate() {
    for profile in PROFILES {
        let _card = VirtualCard::insert(&["--profile", profile]);
        let listed = opensc(&["--list-certificates"]);
        assert!(String::from_utf8_lossy(&listed.stdout).contains("02 04 4B414D55"), "{profile}");
        let read = opensc(&["--read-certificate", "45"]);
        assert!(read.stdout.starts_with(b"-----BEGIN CERTIFICATE-----"), "{profile}");
    }
}

#[test]
fn opensc_akis_driver_lists_verifies_and_changes() {
    let _card = VirtualCard::insert(&["--profile", "akis-1.0"]);
    let listed = opensc_akis(&["--list-pins", "--list-certificates"]);
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(text.contains("Reference      : 129 (0x81)") && text.contains("02 04 4B414D55"), "{text}");
    let pin = ["--auth-id", "01", "--pin"];
    assert!(succeeded(&opensc_akis(&[&["--verify-pin"], &pin[..], &["123456"]].concat())));
    let change = [&["--change-pin"], &pin[..], &["123456", "--new-pin", "777777"]].concat();
    assert!(succeeded(&opensc_akis(&change)));
    assert!(succeeded(&opensc_akis(&[&["--verify-pin"], &pin[..], &["777777"]].concat())));
    assert!(!succeeded(&opensc_akis(&[&["--verify-pin"], &pin[..], &["123456"]].concat())));
}

#[test]
fn opensc_verifies_only_the_right_pin() {
    for profile in PROFILES {
        let _card = VirtualCard::insert(&["--profile", profile]);
        assert!(opensc_verifies("123456"), "{profile}");
        assert!(!opensc_verifies("000000"), "{profile}");
    }
}

#[test]
fn opensc_changes_the_pin() {
    let _card = VirtualCard::insert(&[]);
    let changed = opensc(&["--change-pin", "--auth-id", "01", "--pin", "123456", "--new-pin", "777777"]);
    assert!(succeeded(&changed));
    assert!(opensc_verifies("777777"));
}

#[test]
fn opensc_unblocks_a_blocked_pin_with_each_supported_command() {
    for profile in ["sanal", "akis-2x-combined"] {
        let _card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        assert!(!opensc_verifies("123456"), "{profile}");
        let unblocked =
            opensc(&["--unblock-pin", "--auth-id", "01", "--puk", "12345678", "--new-pin", "888888"]);
        assert!(succeeded(&unblocked), "{profile}: {}", String::from_utf8_lossy(&unblocked.stderr));
        assert!(opensc_verifies("888888"), "{profile}");
    }
}
