//! Reading Kamu SM's price list from the texts of its page.

use crate::amount_mentions::names_tax;
use crate::{Amount, AmountMention, Product, Tax, amount_mentions};
use eimza_turkish::{normalize_label, unaccented_words};
use std::collections::BTreeMap;

/// The prices of a list, tax included.
pub type PriceList = BTreeMap<Product, Amount>;

/// Reads the list from the page's texts, in which each text is a row or a cell.
///
/// A price counts only where its row names one product, in words of the list and no others, and one amount to
/// pay. A product with two prices, or with a price that may be without tax, is left out.
#[must_use]
pub fn price_list(texts: &[String]) -> PriceList {
    // "Fiyatlara KDV dahil değildir", or a column "KDV hariç": then a row must distinguish net and gross
    // amount.
    let without_tax = texts.iter().any(|text| says_without_tax(text) && amount_mentions(text).is_empty());
    if begins_with_prices(texts) {
        return PriceList::new();
    }
    let mut prices: BTreeMap<Product, Option<Amount>> = BTreeMap::new();
    // Whether the preceding row has no price, in which case the table may be transposed.
    let mut unpriced = false;
    for (index, text) in texts.iter().enumerate() {
        let Some(row) = row(text) else {
            unpriced &= is_cell(text);
            continue;
        };
        let amounts = amounts_of_row(text, &texts[index + 1..]);
        let follows_unpriced = std::mem::replace(&mut unpriced, amounts.is_empty());
        let Row::Of(product) = row else { continue };
        if amounts.is_empty() {
            continue;
        }
        let amount = amount_to_pay(&amounts, without_tax).filter(|_| !follows_unpriced);
        let price = prices.entry(product).or_insert(amount);
        if *price != amount {
            *price = None;
        }
    }
    prices.into_iter().filter_map(|(product, amount)| Some((product, amount?))).collect()
}

/// Returns whether the first row follows a price: then prices may precede their products.
fn begins_with_prices(texts: &[String]) -> bool {
    let Some(first) = texts.iter().position(|text| matches!(row(text), Some(Row::Of(_)))) else {
        return false;
    };
    let mut cells = texts[..first].iter().rev().take_while(|text| is_cell(text));
    cells.any(|cell| !amount_mentions(cell).is_empty())
}

/// The product of a row.
#[derive(Debug, PartialEq, Eq)]
enum Row {
    Of(Product),
    /// Another product, or several.
    Other,
}

/// Words about prices, which any row may contain; without diacritics.
const OF_PRICES: [&str; 20] = [
    "fiyat",
    "fiyati",
    "fiyatlari",
    "ucret",
    "ucreti",
    "bedel",
    "bedeli",
    "tutar",
    "tutari",
    "kdv",
    "dahil",
    "dahildir",
    "haric",
    "tl",
    "try",
    "lira",
    "turk",
    "lirasi",
    "dir",
    "arti",
];
/// Words of a row about a certificate.
const OF_CERTIFICATES: [&str; 13] = [
    "nitelikli",
    "elektronik",
    "sertifika",
    "sertifikasi",
    "sertifikanin",
    "sertifikasinin",
    "nes",
    "yil",
    "yillik",
    "sureli",
    "bir",
    "iki",
    "uc",
];
/// Words of a row about a card reader.
const OF_READERS: [&str; 7] = ["mini", "masaustu", "usb", "kart", "okuyucu", "okuyucusu", "okuyucunun"];
const TERMS: [(&str, &str, Product); 3] =
    [("1", "bir", Product::Nes1), ("2", "iki", Product::Nes2), ("3", "üç", Product::Nes3)];

fn row(text: &str) -> Option<Row> {
    let row_words = unaccented_words(text);
    let begins = |start: &str| row_words.iter().any(|word| word.starts_with(start));
    let has = |name: &str| row_words.iter().any(|word| word == name);
    // Any other product has a word that is not in these lists.
    let only = |words: &[&str]| {
        row_words.iter().all(|word| {
            words.contains(&word.as_str())
                || OF_PRICES.contains(&word.as_str())
                || word.trim_end_matches("tl").bytes().all(|digit| digit.is_ascii_digit())
        })
    };
    if only(&OF_CERTIFICATES) && (has("nes") || (has("nitelikli") && begins("sertifika"))) {
        return certificate_row(text);
    }
    if only(&OF_READERS) && begins("okuyucu") {
        return match (has("mini"), has("masaustu")) {
            (true, false) => Some(Row::Of(Product::MiniReader)),
            (false, true) => Some(Row::Of(Product::DesktopReader)),
            (true, true) => Some(Row::Other),
            (false, false) => None,
        };
    }
    let sold = ["sertifika", "okuyucu", "vpn", "logon", "nes", "imza", "muhur", "mobil"];
    sold.iter().any(|start| begins(start)).then_some(Row::Other)
}

fn certificate_row(text: &str) -> Option<Row> {
    let folded = normalize_label(text);
    let mut terms = folded.match_indices("yıl").map(|(at, _)| folded[..at].trim_end()).peekable();
    terms.peek()?; // a heading
    Some(match terms.map(term).collect::<Vec<_>>()[..] {
        [Some(product)] => Row::Of(product),
        _ => Row::Other,
    })
}

/// Returns the product by the term at the end of a text: "3", but not "13", nor the last of "1, 2 ve 3".
fn term(text: &str) -> Option<Product> {
    let is_part = |letter: char| letter.is_alphanumeric();
    let before = text.trim_end_matches(is_part);
    let number = &text[before.len()..];
    let before = before.trim_end();
    let listed = before.trim_end_matches(['-', '–', '—', '/', ',', '&', '+', ' ']);
    let several = listed.len() < before.len() && listed.ends_with(|letter: char| letter.is_ascii_digit());
    let (_, _, product) = *TERMS.iter().find(|(digit, word, _)| number == *digit || number == *word)?;
    (!several).then_some(product)
}

/// Returns the amounts of a row: its own, or those of the cells that follow.
fn amounts_of_row(text: &str, following: &[String]) -> Vec<AmountMention> {
    let own = amount_mentions(text);
    if !own.is_empty() {
        return own;
    }
    let cells = following.iter().take_while(|text| row(text).is_none() && is_cell(text));
    cells.flat_map(|cell| amount_mentions(cell)).collect()
}

/// Returns the single amount of a row that has to be paid; none where there are several, or where tax may not
/// be included.
fn amount_to_pay(all: &[AmountMention], without_tax: bool) -> Option<Amount> {
    let amounts =
        |tax: Tax| all.iter().filter(move |mention| mention.tax == tax).map(|mention| mention.amount);
    let amount = amounts(Tax::Included).next()?;
    let has_net = amounts(Tax::Excluded).next().is_some();
    let distinguishes_net = has_net && amounts(Tax::Excluded).all(|net| net < amount);
    let is_only = amounts(Tax::Included).all(|other| other == amount);
    (is_only && (distinguishes_net || !without_tax && !has_net)).then_some(amount)
}

fn says_without_tax(text: &str) -> bool {
    let words = unaccented_words(text);
    let has = |start: &str| words.iter().any(|word| word.starts_with(start));
    names_tax(&words) && !(has("dahil") && !has("degil") && !has("haric"))
}

/// Returns whether a text is only a price or a number.
fn is_cell(text: &str) -> bool {
    unaccented_words(text).iter().all(|word| {
        OF_PRICES.contains(&word.as_str())
            || word.trim_end_matches("tl").bytes().all(|digit| digit.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> Vec<(&'static str, String)> {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        price_list(&texts).into_iter().map(|(product, amount)| (product.id(), amount.number())).collect()
    }

    fn reader(amount: &str) -> Vec<(&'static str, String)> {
        vec![("mini-reader", amount.to_owned())]
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
    fn reads_lists_by_cells_and_by_rows() {
        assert_eq!(read(&CELLS_2023), all_of_2023());
        let rows: Vec<String> = CELLS_2023.chunks(3).map(|row| row.join(" ")).collect();
        assert_eq!(read(&rows.iter().map(String::as_str).collect::<Vec<_>>()), all_of_2023());
        let mut noted = CELLS_2023.to_vec();
        noted.push("Parantez içindeki fiyatlara KDV dahil değildir.");
        assert_eq!(read(&noted), all_of_2023(), "each row shows both amounts");
    }

    #[test]
    fn reads_other_wordings() {
        for texts in [
            &["3 yıllık NES bedeli", "780 TL"][..],
            &["3 YILLIK NİTELİKLİ ELEKTRONİK SERTİFİKA", "780,00 TL (KDV DAHİL)"],
            &["Üç yıllık nitelikli elektronik sertifika: 780 TL’dir."],
            &["3 yıl süreli NES", "#", "1", "780 TL"],
        ] {
            assert_eq!(read(texts), [("nes-3", "780,00".to_owned())], "{texts:?}");
        }
        assert_eq!(read(&["USB mini kart okuyucu ücreti 300 TL"]), reader("300,00"));
    }

    #[test]
    fn ignores_prices_without_tax() {
        for texts in [
            &["Mini kart okuyucu fiyatı", "250 TL + KDV"][..],
            &["Mini kart okuyucu fiyatı", "250 TL + 50 TL KDV"],
            &["Mini kart okuyucu fiyatı", "KDV", "50 TL"],
            &["Ürün", "Fiyat (KDV hariç)", "Mini kart okuyucu fiyatı", "250 TL"],
            &["Mini kart okuyucu", "KDV hariç fiyatı", "250 TL"],
            &["Mini kart okuyucu fiyatı", "250 TL", "KDV hariç"],
            &["Mini kart okuyucu fiyatı", "250 TL", "+ KDV"],
            &["Mini kart okuyucu fiyatı", "250 TL", "Fiyatlara KDV dahil değildir."],
            &["Mini kart okuyucu fiyatı", "250 TL", "Fiyatlarımıza K.D.V. dahil değildir."],
            &["Mini kart okuyucu fiyatı", "250 TL", "Katma Değer Vergisi dahil değildir."],
        ] {
            assert_eq!(read(texts), [], "{texts:?}");
        }
        assert_eq!(
            read(&["Mini kart okuyucu fiyatı", "250 TL + KDV", "300,00 TL (KDV dahil)"]),
            reader("300,00")
        );
        assert_eq!(
            read(&["Mini kart okuyucu fiyatı", "300 TL", "Fiyatlara KDV dahildir."]),
            reader("300,00")
        );
    }

    #[test]
    fn ignores_products_with_two_prices() {
        assert_eq!(read(&["Mini kart okuyucu: 300 TL, 350 TL"]), []);
        assert_eq!(read(&["Mini kart okuyucu: 300 TL", "Mini kart okuyucu: 350 TL"]), []);
        assert_eq!(read(&["Mini kart okuyucu: 300 TL", "MİNİ KART OKUYUCU: 300,00 TL"]), reader("300,00"));
    }

    #[test]
    fn ignores_transposed_tables() {
        for texts in [
            &[
                "1 yıllık NES",
                "2 yıllık NES",
                "3 yıllık NES",
                "Fiyat",
                "KDV dahil",
                "390 TL",
                "480 TL",
                "600 TL",
            ][..],
            &["3 yıllık NES", "Mini kart okuyucu", "Fiyat", "600 TL"],
            &["Mini kart okuyucu", "1", "2", "250 TL", "300 TL"],
            &["Fiyat", "Ürün", "600,00 TL", "3 yıllık NES", "300,00 TL", "Mini kart okuyucu"],
        ] {
            assert_eq!(read(texts), [], "{texts:?}");
        }
    }

    #[test]
    fn ignores_similar_products() {
        for texts in [
            &["3 yıllık NES ve mini kart okuyucu 1080 TL"][..],
            &["13 yıllık nitelikli elektronik sertifika 600 TL"],
            &["1, 2 ve 3 yıllık nitelikli elektronik sertifika 600 TL"],
            &["1 yıllık ya da 3 yıllık sertifika 600 TL"],
            &["1-3 yıllık nitelikli elektronik sertifika 600 TL"],
            &["Kart okuyucu fiyatı 300 TL"],
            &["3 Yıllık VPN/LOGON ( NES’SİZ )", "360,00 TL"],
            &["3 yıllık mobil imza sertifikası 600 TL"],
            &["3 YILLIK MOBIL SERTİFİKA 600 TL"],
            &["3 yıllık kod imzalama sertifikası fiyatı", "2.400,00 TL"],
            &["3 yıllık sunucu sertifikası", "2.400,00 TL"],
            &["3 yıllık NES iptal ücreti 50 TL"],
            &["3 yıllık NES (10 adet) 6.000 TL"],
            &["Mini kart okuyucu kargo ücreti 50 TL"],
            &["Mini kart okuyucu kılıfı 50 TL"],
            &["10 adet mini kart okuyucu 3.000 TL"],
            &["Mini kart okuyucu fiyatı", "Kargo ücreti 50 TL"],
            &["nitelikli elektronik sertifika", "600 TL"],
        ] {
            assert_eq!(read(texts), [], "{texts:?}");
        }
    }
}
