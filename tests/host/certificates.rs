//! What `status` tells of the certificate, through a real pcscd. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use std::process::Command;
use support::{HOST, Typist, VirtualCard, error, reader, unlock};

const DAY: i64 = 24 * 60 * 60;

/// The status as people read it.
fn text() -> String {
    let output = Command::new(HOST).arg("status").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn holder_serial_and_issuer_arrive_with_their_turkish_letters() {
    for profile in ["sanal", "akis-2x-in-parts", "akis-2x-short", "akis-2x-extended", "akis-1.0"] {
        let _card = VirtualCard::insert(&["--profile", profile]);
        let certificate = &reader()["card"]["certificates"][0];
        assert_eq!(certificate["holder"], "ÖRNEK İMZA SAHİBİ ĞÜŞIÇ", "{profile}");
        assert_eq!(certificate["serial"], "4B414D55");
        assert_eq!(certificate["issuer"], "Deneme Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı");
    }
}

#[test]
fn the_holders_number_and_birth_date_stay_in_the_host() {
    let _card = VirtualCard::insert(&[]);
    let told = reader().to_string() + &text();
    for personal in ["10000000146", "1980", "0523"] {
        assert!(!told.contains(personal), "{personal}\n{told}");
    }
}

#[test]
fn the_card_report_tells_how_the_card_is_built_and_nothing_about_its_holder() {
    for profile in ["sanal", "akis-2x-in-parts", "akis-1.0", "kimlik-pkcs15", "akis-2x-no-certificate"] {
        let card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        let output = Command::new(HOST).args(["status", "--report"]).output().unwrap();
        let report = String::from_utf8(output.stdout).unwrap();
        for told in ["ATR 3B", "A000000063504B43532D3135", "3F0050154401", "9000"] {
            assert!(report.contains(told), "{profile}: {told}\n{report}");
        }
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
        for personal in ["ÖRNEK", "10000000146", "GÜŞIÇ", "4B414D55", "1980", "TUBITAK", "Deneme", "İmza"]
        {
            assert!(!report.contains(personal) && !report.contains(&hex(personal)), "{personal}\n{report}");
        }
        assert!(!card.got("24") && !card.got("2C"));
        assert!(profile == "sanal" || !card.got("20"), "no try is spent");
    }
}

#[test]
fn the_time_that_is_left_is_counted_in_days() {
    let _card = VirtualCard::insert(&["--valid-until", &(43 * DAY).to_string()]);
    let told = text();
    for part in ["43 gün sonra bitiyor", "ÖRNEK İMZA SAHİBİ ĞÜŞIÇ", "Sertifika no: 4B414D55"] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_certificate_that_begins_tomorrow_is_called_so_with_the_hour() {
    let _card = VirtualCard::insert(&["--valid-from", &DAY.to_string()]);
    let told = text();
    assert!(told.contains("başlıyor") && told.contains("yarın"), "{told}");
}

#[test]
fn a_certificate_that_has_ended_is_called_so() {
    let _card = VirtualCard::insert(&["--valid-until", "-3600"]);
    assert!(text().contains("bitti") || text().contains("doldu"), "{}", text());
}

#[test]
fn a_card_without_a_certificate_has_none_and_is_unlocked_after_a_word_about_it() {
    let _card = VirtualCard::insert(&["--profile", "akis-2x-no-certificate", "--pin-tries", "0"]);
    assert!(reader()["card"].get("certificates").is_none_or(|list| list.as_array().unwrap().is_empty()));
    let typist = Typist::knowing("12345678", "739164");
    assert_eq!(unlock(&typist)["unlocked"], true);
    assert!(typist.was_told().contains("sertifika"), "{}", typist.was_told());
}

#[test]
fn the_prompt_names_the_holder() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::knowing("<cancel>", "739164");
    assert_eq!(error(&unlock(&typist)), "cancelled");
    assert!(typist.was_told().contains("ÖRNEK İMZA SAHİBİ ĞÜŞIÇ"), "{}", typist.was_told());
}
