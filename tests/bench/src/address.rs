//! Compares the address checks with one pass of `char::to_lowercase` over the same text.

use crate::measure::{Row, Subject};
use eimza_address::{AddressParts, check_parts, find_abbreviations};
use std::hint::black_box;

const ABBREVIATED: &str = "Atatürk Mah. 1234. Sok. No:5 D:3 Yenişehir/MERSİN\n";
const IN_FULL: &str =
    "Cumhuriyet Mahallesi 19 Mayıs Caddesi Gül Apartmanı B Blok Numara 28/A Çankaya ANKARA\n";

/// Measures a thousand single addresses, and texts of about one megabyte.
pub fn all() -> Vec<Row> {
    vec![
        thousand(),
        abbreviations("address-many", &megabyte(ABBREVIATED), 5.0),
        abbreviations("address-in-full", &megabyte(IN_FULL), 5.0),
        abbreviations("address-one-word", &megabyte("ş"), 5.0),
        // Unlike any address, every third letter belongs to a finding, and each finding is written out. The
        // bound only ensures that the time does not grow faster than the text.
        abbreviations("address-nothing-else", &megabyte("Mah.Sok.No:5"), 20.0),
        issues(&megabyte(IN_FULL)),
    ]
}

fn thousand() -> Row {
    let addresses: Vec<String> = (0..1000)
        .map(|number| {
            if number % 2 == 0 { ABBREVIATED } else { IN_FULL }.replace("No:5", &format!("No:{number}"))
        })
        .collect();
    let subject = Subject { name: "address", reference: "char::to_lowercase over them", bound: 5.0 };
    subject.time(
        || addresses.iter().for_each(|text| drop(black_box(find_abbreviations(black_box(text))))),
        || addresses.iter().for_each(|text| lowercase(text)),
    )
}

fn megabyte(text: &str) -> String {
    text.repeat(1_000_000 / text.len())
}

fn abbreviations(name: &'static str, text: &str, bound: f64) -> Row {
    let subject = Subject { name, reference: "char::to_lowercase over 1 MB", bound };
    subject.time(|| drop(black_box(find_abbreviations(black_box(text)))), || lowercase(text))
}

fn issues(text: &str) -> Row {
    let parts = AddressParts { address: Some(text), ..AddressParts::default() };
    let subject = Subject { name: "address-issues", reference: "char::to_lowercase over 1 MB", bound: 5.0 };
    subject.time(|| drop(black_box(check_parts(black_box(&parts)))), || lowercase(text))
}

fn lowercase(text: &str) {
    drop(black_box(black_box(text).chars().flat_map(char::to_lowercase).collect::<String>()));
}
