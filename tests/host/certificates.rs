//! Tests of the certificate in the status and in the report, with a real pcscd, which `cargo xtask test`
//! starts.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use std::process::Command;
use support::{HOST, ScriptedPinentry, VirtualCard, error, reader, unlock};

const DAY: i64 = 24 * 60 * 60;

/// Returns the status as text.
fn text() -> String {
    let output = Command::new(HOST).arg("status").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn holder_serial_and_issuer_keep_their_turkish_letters() {
    for profile in ["sanal", "akis-2x-in-parts", "akis-2x-short", "akis-2x-extended", "akis-1.0"] {
        let _card = VirtualCard::insert(&["--profile", profile]);
        let certificate = &reader()["card"]["certificates"][0];
        assert_eq!(certificate["holder"], "ÖRNEK İMZA SAHİBİ ĞÜŞIÇ", "{profile}");
        assert_eq!(certificate["serial"], "4B414D55");
        assert_eq!(certificate["issuer"], "Deneme Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı");
    }
}

#[test]
fn identity_number_and_birth_date_stay_in_the_host() {
    let _card = VirtualCard::insert(&[]);
    let output = reader().to_string() + &text();
    for personal in ["10000000146", "1980", "0523"] {
        assert!(!output.contains(personal), "{personal}\n{output}");
    }
}

#[test]
fn card_report_describes_the_card_without_personal_data() {
    for profile in ["sanal", "akis-2x-in-parts", "akis-1.0", "kimlik-pkcs15", "akis-2x-no-certificate"] {
        let card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        let output = Command::new(HOST).args(["status", "--report"]).output().unwrap();
        let report = String::from_utf8(output.stdout).unwrap();
        for expected in ["ATR 3B", "A000000063504B43532D3135", "3F0050154401", "9000"] {
            assert!(report.contains(expected), "{profile}: {expected}\n{report}");
        }
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
        for personal in ["ÖRNEK", "10000000146", "GÜŞIÇ", "4B414D55", "1980", "TUBITAK", "Deneme", "İmza"]
        {
            assert!(!report.contains(personal) && !report.contains(&hex(personal)), "{personal}\n{report}");
        }
        assert!(!card.received("24") && !card.received("2C"));
        assert!(profile == "sanal" || !card.received("20"), "no try is used");
    }
}

#[test]
fn remaining_validity_is_shown_in_days() {
    let _card = VirtualCard::insert(&["--valid-until", &(43 * DAY).to_string()]);
    let output = text();
    for part in ["43 gün sonra bitiyor", "ÖRNEK İMZA SAHİBİ ĞÜŞIÇ", "Sertifika seri no: 4B414D55"] {
        assert!(output.contains(part), "{output}");
    }
}

#[test]
fn certificate_valid_from_tomorrow_is_shown_with_the_hour() {
    let _card = VirtualCard::insert(&["--valid-from", &DAY.to_string()]);
    let output = text();
    assert!(output.contains("başlıyor") && output.contains("yarın"), "{output}");
}

#[test]
fn expired_certificate_is_shown_as_such() {
    let _card = VirtualCard::insert(&["--valid-until", "-3600"]);
    assert!(text().contains("bitti") || text().contains("doldu"), "{}", text());
}

#[test]
fn card_without_certificate_is_unlocked_after_a_warning() {
    let _card = VirtualCard::insert(&["--profile", "akis-2x-no-certificate", "--pin-tries", "0"]);
    assert!(reader()["card"].get("certificates").is_none_or(|list| list.as_array().unwrap().is_empty()));
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    assert_eq!(unlock(&pinentry)["unlocked"], true);
    assert!(pinentry.commands().contains("sertifika"), "{}", pinentry.commands());
}

#[test]
fn prompt_shows_the_certificate_holder() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("<cancel>", "739164");
    assert_eq!(error(&unlock(&pinentry)), "cancelled");
    assert!(pinentry.commands().contains("ÖRNEK İMZA SAHİBİ ĞÜŞIÇ"), "{}", pinentry.commands());
}
