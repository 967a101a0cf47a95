//! The checks of an address beside one pass of `char::to_lowercase` over the same text.

use crate::measure::{Ratio, ratio};
use eimza_address::{Parts, check, doubts};
use std::hint::black_box;

const ABBREVIATED: &str = "Atatürk Mah. 1234. Sok. No:5 D:3 Yenişehir/MERSİN\n";
const IN_FULL: &str =
    "Cumhuriyet Mahallesi 19 Mayıs Caddesi Gül Apartmanı B Blok Numara 28/A Çankaya ANKARA\n";

/// Pasted texts of about a megabyte.
pub fn all() -> Vec<Ratio> {
    vec![
        abbreviations("abbreviations in 1 MB of addresses with many", &megabyte(ABBREVIATED), 5.0),
        abbreviations("abbreviations in 1 MB of addresses in full", &megabyte(IN_FULL), 5.0),
        abbreviations("abbreviations in 1 MB of one word", &megabyte("ş"), 5.0),
        // No address looks so: every third letter belongs to a finding, and each finding is written
        // out. The bound only tells that the time does not grow faster than the text.
        abbreviations("abbreviations in 1 MB of nothing else", &megabyte("Mah.Sok.No:5"), 20.0),
        places("places and what is missing in 1 MB of addresses", &megabyte(IN_FULL), 5.0),
    ]
}

fn megabyte(text: &str) -> String {
    text.repeat(1_000_000 / text.len())
}

fn abbreviations(name: &'static str, text: &str, bound: f64) -> Ratio {
    against_lowercase(name, text, bound, || drop(black_box(check(black_box(text)))))
}

fn places(name: &'static str, text: &str, bound: f64) -> Ratio {
    let parts = Parts { address: Some(text), ..Parts::default() };
    against_lowercase(name, text, bound, || drop(black_box(doubts(black_box(&parts)))))
}

fn against_lowercase(name: &'static str, text: &str, bound: f64, work: impl FnMut()) -> Ratio {
    let lowercase =
        || drop(black_box(black_box(text).chars().flat_map(char::to_lowercase).collect::<String>()));
    Ratio { name, reference: "char::to_lowercase", times: ratio(work, lowercase), bound }
}
