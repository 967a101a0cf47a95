//! A debt that a page shows.

use crate::{Amount, Tax, amount_mentions};
use eimza_turkish::unaccented_words;

/// A name of an amount is short; a sentence is none.
const NAME: usize = 4;

/// The amount to pay that the page's texts name as such: the only one that is called what is left, else the total or to be
/// paid, else a debt. None where that is not plain, or nothing is owed.
#[must_use]
pub fn amount_due(texts: &[String]) -> Option<Amount> {
    let mut name = None;
    let mut named: Vec<(Called, Amount)> = Vec::new();
    for text in texts {
        let amounts = amount_mentions(text).into_iter().filter(|mention| mention.tax == Tax::Included);
        let own = called(text);
        named.extend(amounts.filter_map(|mention| Some((own.or(name)?, mention.amount))));
        let is_name = unaccented_words(text).len() <= NAME && amount_mentions(text).is_empty();
        name = own.filter(|_| is_name);
    }
    let of = |called: Called| named.iter().filter(move |(is, _)| *is == called).map(|(_, amount)| *amount);
    let all = [Called::Remaining, Called::Total, Called::Debt];
    let told = all.into_iter().find(|&called| of(called).next().is_some())?;
    only(of(told)).filter(|amount| !amount.is_zero())
}

/// What an amount is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Called {
    Remaining,
    Total,
    Debt,
}

/// The words in which a debt is told; plain. With any other beside it is another thing: "Toplam komisyon", "Taksit tutarı".
const WORDS: [&str; 30] = [
    "toplam",
    "genel",
    "odenecek",
    "kalan",
    "guncel",
    "borc",
    "borcu",
    "borcunuz",
    "borclar",
    "borclariniz",
    "tutar",
    "tutari",
    "tutariniz",
    "miktar",
    "miktari",
    "kdv",
    "dahil",
    "dir",
    "tl",
    "try",
    "lira",
    "turk",
    "lirasi",
    "olan",
    "gereken",
    "hizmet",
    "bedeli",
    "nes",
    "sertifika",
    "ucreti",
];

fn called(text: &str) -> Option<Called> {
    let words = unaccented_words(text);
    let has = |starts: &[&str]| words.iter().any(|word| starts.iter().any(|start| word.starts_with(start)));
    let is_number = |word: &String| word.trim_end_matches("tl").bytes().all(|digit| digit.is_ascii_digit());
    if !words.iter().all(|word| WORDS.contains(&word.as_str()) || is_number(word)) {
        return None;
    }
    if has(&["kalan"]) {
        return Some(Called::Remaining);
    }
    if has(&["toplam", "odenecek"]) {
        return Some(Called::Total);
    }
    has(&["borc", "tutar"]).then_some(Called::Debt)
}

fn only(mut amounts: impl Iterator<Item = Amount>) -> Option<Amount> {
    let first = amounts.next()?;
    amounts.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> Option<String> {
        amount_due(&texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>()).map(Amount::number)
    }

    #[test]
    fn what_is_called_the_debt_or_the_total_is_the_debt() {
        assert_eq!(read(&["Ödenecek borç: 780,00 TL"]).as_deref(), Some("780,00"));
        assert_eq!(read(&["Borç", "780,00 TL", "780 TL"]).as_deref(), Some("780,00"));
        assert_eq!(
            read(&["NES 780 TL", "Okuyucu 300 TL", "Toplam", "1.080,00 TL"]).as_deref(),
            Some("1.080,00")
        );
        assert_eq!(
            read(&["Toplam Borç 1.080,00 TL", "NES 780 TL", "Okuyucu 300 TL"]).as_deref(),
            Some("1.080,00")
        );
        assert_eq!(read(&["Toplam komisyon: 15,00 TL", "Borç: 780,00 TL"]).as_deref(), Some("780,00"));
        assert_eq!(read(&["BORC TUTARI: 780 TL (650 TL + KDV)"]).as_deref(), Some("780,00"));
    }

    #[test]
    fn other_amounts_are_no_debt() {
        for texts in [
            &["NES 780 TL", "Okuyucu 300 TL"][..],
            &["Toplam 780 TL", "Ödenecek 700 TL"],
            &["Borcunuz bulunmamaktadır."],
            &["Borcunuz: 0,00 TL"],
            &["Ödenen: 780 TL"],
            &["Kredi kartı ile en çok 5.000 TL ödenebilir."],
            &["Borç sorgulama ve ödeme ekranı", "Kampanya: 500 TL"],
            &["Hizmet bedeli 650 TL + KDV", "KDV: 130 TL"],
            &["Toplam puanınız: 50,00 TL"],
            &["Geçmiş ödemeler toplamı: 1.560,00 TL"],
            &["Taksit tutarı: 260,00 TL"],
            &["Toplam borç: 780,00 TL", "Ödenen: 780,00 TL", "Kalan borç: 0,00 TL"],
            &["Ödenecek tutar 780 TL ile 1.080 TL arasındadır"],
            &[],
        ] {
            assert_eq!(read(texts), None, "{texts:?}");
        }
    }
}
