//! Whatever a card holds in the place of a certificate: no panic, and what is shown of it can be told and dated.
#![no_main]

use eimza_card::{Card, Certificate, CodeWeakness, Secret};
use eimza_fuzz::{Files, cut};
use eimza_protocol as protocol;
use libfuzzer_sys::fuzz_target;

/// ODF, PIN objects and the certificates' directory of the virtual card, then its certificate.
const CARD: &[u8] = include_bytes!("../seeds/files/e-signature");

fuzz_target!(|file: &[u8]| {
    let (_, files) = CARD.split_first().expect("a seed");
    let mut files = cut(files);
    *files.last_mut().expect("a certificate") = file;
    // A family whose cards are no identity cards, so that every certificate gets so far.
    let first = eimza_virtual_card::Profile::named("akis-1x-6984").expect("a profile");
    let card = Card::open(&mut Files::new(files, 256), first.atr).expect("an e-signature card");

    assert!(card.certificates().len() <= 1);
    for Certificate { holder, serial, issuer, not_before: from, not_after: until, .. } in
        card.certificates().iter().cloned()
    {
        assert!(serial.len() % 2 == 0 && serial.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let told = protocol::Certificate { holder, serial, issuer, from, until };
        for now in [0, from, until, u64::MAX] {
            let validity = told.validity(now);
            assert!(!validity.message().0.is_empty());
            assert!(!validity.is_renewal_due() || now >= from);
        }
        assert!(told.last_valid_day().len() >= "01.01.1970".len());
        let written = serde_json::to_string(&told).expect("it is written");
        assert_eq!(serde_json::from_str::<protocol::Certificate>(&written).expect("and read again"), told);
    }
    let number = card.cardholder().identity_number.clone().unwrap_or_default();
    assert!(number.bytes().all(|digit| digit.is_ascii_digit()));
    // Its own first digits are a part of it.
    let code: Secret = number.bytes().take(6).collect();
    assert_eq!(CodeWeakness::of(&code, card.cardholder()).is_some(), !number.is_empty());
});
