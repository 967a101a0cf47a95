//! Any file in place of a certificate: no panic, and its content can be displayed and dated.
#![no_main]

use eimza_card::{Card, Certificate, CodeWeakness, Secret};
use eimza_fuzz::{ScriptedFilesCard, split_files};
use eimza_protocol as protocol;
use libfuzzer_sys::fuzz_target;

/// EF(ODF), EF(AODF), EF(CDF) and the certificate of the virtual card.
const CARD: &[u8] = include_bytes!("../seeds/card_files/e-signature");

fuzz_target!(|file: &[u8]| {
    let (_, files) = CARD.split_first().expect("a seed");
    let mut files = split_files(files);
    *files.last_mut().expect("a certificate") = file;
    // A family without identity cards, so that no certificate is rejected.
    let profile = eimza_virtual_card::Profile::named("akis-1x-6984").expect("a profile");
    let card = Card::open(&mut ScriptedFilesCard::new(files, 256), profile.atr).expect("an e-signature card");

    assert!(card.certificates().len() <= 1);
    for Certificate { holder, serial, issuer, not_before: from, not_after: until, .. } in
        card.certificates().iter().cloned()
    {
        let [holder, serial, issuer] = [holder, serial, issuer].map(|text| text.into_string());
        assert!(holder.chars().chain(issuer.chars()).all(|letter| !letter.is_control()));
        assert!(serial.len() % 2 == 0 && serial.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let certificate = protocol::Certificate { holder, serial, issuer, from, until };
        for now in [0, from, until, u64::MAX] {
            let validity = certificate.validity(now);
            assert!(!validity.message().0.is_empty());
            assert!(!validity.is_renewal_due() || now >= from);
        }
        assert!(certificate.last_valid_day().len() >= "01.01.1970".len());
        let serialized = serde_json::to_string(&certificate).expect("serializes");
        let parsed: protocol::Certificate = serde_json::from_str(&serialized).expect("parses again");
        assert_eq!(parsed, certificate);
    }
    let number = card.cardholder().identity_number.clone().unwrap_or_default();
    assert!(number.bytes().all(|digit| digit.is_ascii_digit()));
    // The first digits of the number are a part of it.
    let code: Secret = number.bytes().take(6).collect();
    assert_eq!(CodeWeakness::of(&code, card.cardholder()).is_some(), !number.is_empty());
});
