//! The amount due that a page shows.

use crate::{Amount, Tax, amount_mentions};
use eimza_turkish::unaccented_words;

/// The maximum number of words in an amount's name; a longer text is a sentence.
const MAX_NAME_WORDS: usize = 4;

/// Returns the amount due by its name in a page's texts: the remaining amount, else the total, else the debt.
/// None where there are different amounts of that name, or it is zero.
#[must_use]
pub fn amount_due(texts: &[String]) -> Option<Amount> {
    let mut name = None;
    let mut named: Vec<(AmountName, Amount)> = Vec::new();
    for text in texts {
        let amounts = amount_mentions(text).into_iter().filter(|mention| mention.tax == Tax::Included);
        let own = amount_name(text);
        named.extend(amounts.filter_map(|mention| Some((own.or(name)?, mention.amount))));
        let is_name = unaccented_words(text).len() <= MAX_NAME_WORDS && amount_mentions(text).is_empty();
        name = own.filter(|_| is_name);
    }
    let amounts_of =
        |kind: AmountName| named.iter().filter(move |(name, _)| *name == kind).map(|(_, amount)| *amount);
    let by_precedence = [AmountName::Remaining, AmountName::Total, AmountName::Debt];
    let kind = by_precedence.into_iter().find(|&kind| amounts_of(kind).next().is_some())?;
    only(amounts_of(kind)).filter(|amount| !amount.is_zero())
}

/// The name of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AmountName {
    Remaining,
    Total,
    Debt,
}

/// The words of a name, without diacritics. A text with any other word is about something else: "Toplam
/// komisyon", "Taksit tutarı".
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

fn amount_name(text: &str) -> Option<AmountName> {
    let words = unaccented_words(text);
    let has = |starts: &[&str]| words.iter().any(|word| starts.iter().any(|start| word.starts_with(start)));
    let is_number = |word: &String| word.trim_end_matches("tl").bytes().all(|digit| digit.is_ascii_digit());
    if !words.iter().all(|word| WORDS.contains(&word.as_str()) || is_number(word)) {
        return None;
    }
    if has(&["kalan"]) {
        return Some(AmountName::Remaining);
    }
    if has(&["toplam", "odenecek"]) {
        return Some(AmountName::Total);
    }
    has(&["borc", "tutar"]).then_some(AmountName::Debt)
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
    fn finds_the_amount_due_by_its_name() {
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
    fn ignores_other_amounts() {
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
