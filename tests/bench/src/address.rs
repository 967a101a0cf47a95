//! The abbreviation check beside one pass of `char::to_lowercase` over the same text.

use crate::measure::{Ratio, ratio};
use std::hint::black_box;

const ABBREVIATED: &str = "Atatürk Mah. 1234. Sok. No:5 D:3 Yenişehir/MERSİN\n";
const IN_FULL: &str =
    "Cumhuriyet Mahallesi 19 Mayıs Caddesi Gül Apartmanı B Blok Numara 28/A Çankaya ANKARA\n";

/// Pasted texts of about a megabyte, and one address as it stands in a field.
pub fn all() -> Vec<Ratio> {
    vec![
        against_lowercase("1 MB of addresses with abbreviations", &megabyte(ABBREVIATED), 5.0),
        against_lowercase("1 MB of addresses in full", &megabyte(IN_FULL), 5.0),
        against_lowercase("1 MB of one word", &megabyte("ş"), 5.0),
        // No address looks so: every third letter belongs to a finding, and each finding is written
        // out. The bound only tells that the time does not grow faster than the text.
        against_lowercase("1 MB of nothing but abbreviations", &megabyte("Mah.Sok.No:5"), 20.0),
    ]
}

fn megabyte(text: &str) -> String {
    text.repeat(1_000_000 / text.len())
}

fn against_lowercase(name: &'static str, text: &str, bound: f64) -> Ratio {
    let times = ratio(
        || drop(black_box(eimza_address::check(black_box(text)))),
        || drop(black_box(black_box(text).chars().flat_map(char::to_lowercase).collect::<String>())),
    );
    Ratio { name, reference: "char::to_lowercase", times, bound }
}
