//! Kamu SM's price list, read from the texts of its page.

use crate::{Amount, Mention, Product, Tax, mentions};
use eimza_turkish::{contains, fold, words};
use std::collections::BTreeMap;

/// What a list says that things cost, tax included.
pub type PriceList = BTreeMap<Product, Amount>;

/// Between a product and its price there may stand a number and an empty cell.
const CELLS: usize = 3;

/// Reads the list from the page's texts in their order: one row a line, or one cell a line.
///
/// A price counts only where the row names one product and one amount to pay. A product with two prices has
/// none, and neither has one whose price is given without tax only.
#[must_use]
pub fn price_list(texts: &[String]) -> PriceList {
    let mut found: BTreeMap<Product, Option<Amount>> = BTreeMap::new();
    for (index, text) in texts.iter().enumerate() {
        let Some(Row::Of(product)) = row(text) else { continue };
        let Some(amount) = amount_of_row(text, &texts[index + 1..]) else { continue };
        let known = found.entry(product).or_insert(amount);
        if *known != amount {
            *known = None;
        }
    }
    found.into_iter().filter_map(|(product, amount)| Some((product, amount?))).collect()
}

/// What a line of the list is about.
#[derive(Debug, PartialEq, Eq)]
enum Row {
    Of(Product),
    /// Something else that is sold, or several things.
    Other,
}

/// What no row about a certificate alone speaks of.
const OTHERS: [&str; 7] = ["vpn", "logon", "şifreleme", "mühür", "ssl", "test", "mobil"];
const TERMS: [(&str, &str, Product); 3] =
    [("1", "bir", Product::Nes1), ("2", "iki", Product::Nes2), ("3", "üç", Product::Nes3)];

fn row(text: &str) -> Option<Row> {
    let said = words(text);
    let begins = |start: &str| said.iter().any(|word| word.starts_with(start));
    let certificate = begins("sertifika") || said.iter().any(|word| word == "nes");
    let reader = contains(&said.join(" "), "kart") && begins("okuyucu");
    if said.iter().any(|word| OTHERS.contains(&word.as_str())) {
        return Some(Row::Other);
    }
    match (certificate, reader) {
        (true, true) => Some(Row::Other),
        (true, false) => certificate_row(text),
        (false, true) => reader_row(&said),
        (false, false) => None,
    }
}

fn certificate_row(text: &str) -> Option<Row> {
    let folded = fold(text);
    let mut terms = folded.match_indices("yıl").map(|(at, _)| folded[..at].trim_end()).peekable();
    terms.peek()?; // a heading
    Some(match terms.map(term).collect::<Vec<_>>()[..] {
        [Some(product)] => Row::Of(product),
        _ => Row::Other,
    })
}

/// The product whose term a text ends with: "3", but not "13", nor the last of "1, 2 ve 3".
fn term(text: &str) -> Option<Product> {
    let is_part = |letter: char| letter.is_alphanumeric();
    let before = text.trim_end_matches(is_part);
    let number = &text[before.len()..];
    let before = before.trim_end();
    let listed = before.trim_end_matches(['-', '–', '—', '/', ',', '&', '+', ' ']);
    let several = listed.len() < before.len() && listed.ends_with(|letter: char| letter.is_ascii_digit());
    let joined = ["ve", "veya", "da", "ile", "ila"].iter().any(|word| before.ends_with(&format!(" {word}")));
    let (_, _, product) = *TERMS.iter().find(|(digit, word, _)| number == *digit || number == *word)?;
    (!several && !joined).then_some(product)
}

fn reader_row(said: &[String]) -> Option<Row> {
    let has = |name: &str| said.iter().any(|word| word == name);
    match (has("mini"), has("masaüstü")) {
        (true, false) => Some(Row::Of(Product::MiniReader)),
        (false, true) => Some(Row::Of(Product::DesktopReader)),
        (true, true) => Some(Row::Other),
        (false, false) => None,
    }
}

/// The amount to pay in a row: none inside where it has none, or more than one. None at all where the row
/// names no amount: it only mentions the product.
fn amount_of_row(text: &str, following: &[String]) -> Option<Option<Amount>> {
    let own = mentions(text);
    let all: Vec<Mention> = if own.is_empty() {
        let cells = following.iter().take_while(|text| row(text).is_none() && is_cell(text)).take(CELLS);
        cells.flat_map(|cell| mentions(cell)).collect()
    } else {
        own
    };
    if all.is_empty() {
        return None;
    }
    let mut amounts: Vec<Amount> =
        all.iter().filter(|mention| mention.tax == Tax::Included).map(|mention| mention.amount).collect();
    amounts.dedup();
    Some(match amounts[..] {
        [amount] => Some(amount),
        _ => None,
    })
}

/// Whether a line is nothing but a price or a number: what follows the list is none of its cells.
fn is_cell(text: &str) -> bool {
    let known = ["tl", "try", "lira", "türk", "lirası", "kdv", "dahil", "hariç", "dir", "fiyat", "fiyatı"];
    words(&fold(text)).iter().all(|word| {
        known.contains(&word.as_str())
            || word.trim_end_matches("tl").chars().all(|letter| letter.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> Vec<(&'static str, String)> {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        price_list(&texts).into_iter().map(|(product, amount)| (product.id(), amount.number())).collect()
    }

    /// The rows of about 2023, a cell a line.
    const CELLS_2023: [&str; 27] = [
        "#",
        "Ürün",
        "Fiyat",
        "1",
        "1 yıllık nitelikli elektronik sertifikanın fiyatı",
        "390,00 TL (325 TL + KDV)",
        "2",
        "2 yıllık nitelikli elektronik sertifikanın fiyatı",
        "480,00 TL (400 TL + KDV)",
        "3",
        "3 yıllık nitelikli elektronik sertifikanın fiyatı",
        "600,00 TL (500 TL + KDV)",
        "4",
        "3 Yıllık VPN/LOGON ( NES’SİZ )",
        "360,00 TL (300 TL + KDV)",
        "5",
        "3 Yıllık VPN/LOGON/Şifreleme ( NES ile birlikte alındığında)",
        "180,00 TL (150 TL + KDV)",
        "6",
        "Mini kart okuyucu fiyatı",
        "300,00 TL (250 TL + KDV)",
        "7",
        "Masaüstü kart okuyucu fiyatı",
        "720,00 TL (600 TL + KDV)",
        "8",
        "Test Sertifikası",
        "360,00 TL (300 TL + KDV)",
    ];

    fn all_of_2023() -> Vec<(&'static str, String)> {
        [
            ("nes-1", "390,00"),
            ("nes-2", "480,00"),
            ("nes-3", "600,00"),
            ("mini-reader", "300,00"),
            ("desktop-reader", "720,00"),
        ]
        .map(|(product, amount)| (product, amount.to_owned()))
        .into()
    }

    #[test]
    fn the_list_is_read_with_a_cell_or_a_row_a_line() {
        assert_eq!(read(&CELLS_2023), all_of_2023());
        let rows: Vec<String> = CELLS_2023.chunks(3).map(|row| row.join(" ")).collect();
        assert_eq!(read(&rows.iter().map(String::as_str).collect::<Vec<_>>()), all_of_2023());
    }

    #[test]
    fn a_price_without_tax_alone_is_no_price() {
        assert_eq!(read(&["Mini kart okuyucu fiyatı", "250 TL + KDV"]), []);
        assert_eq!(
            read(&["Mini kart okuyucu fiyatı", "250 TL + KDV", "300,00 TL (KDV dahil)"]),
            [("mini-reader", "300,00".to_owned())]
        );
    }

    #[test]
    fn two_prices_for_one_product_are_none() {
        assert_eq!(read(&["Mini kart okuyucu: 300 TL, 350 TL"]), []);
        assert_eq!(read(&["Mini kart okuyucu: 300 TL", "Mini kart okuyucu: 350 TL"]), []);
        assert_eq!(
            read(&["Mini kart okuyucu: 300 TL", "MİNİ KART OKUYUCU: 300,00 TL"]),
            [("mini-reader", "300,00".to_owned())]
        );
    }

    #[test]
    fn what_only_sounds_like_a_product_has_no_price() {
        for texts in [
            &["3 yıllık NES ve mini kart okuyucu 1080 TL"][..],
            &["13 yıllık nitelikli elektronik sertifika 600 TL"],
            &["1, 2 ve 3 yıllık nitelikli elektronik sertifika 600 TL"],
            &["1 yıllık ya da 3 yıllık sertifika 600 TL"],
            &["1-3 yıllık nitelikli elektronik sertifika 600 TL"],
            &["Kart okuyucu fiyatı 300 TL"],
            &["3 Yıllık VPN/LOGON ( NES’SİZ )", "360,00 TL"],
            &["3 yıllık mobil imza sertifikası 600 TL"],
            &["Mini kart okuyucu fiyatı", "Kargo ücreti 50 TL"],
            &["Mini kart okuyucu fiyatı", "#", "1", "2", "300 TL"],
            &["nitelikli elektronik sertifika", "600 TL"],
        ] {
            assert_eq!(read(texts), [], "{texts:?}");
        }
    }
}
