//! A debt that a page shows.

use crate::{Amount, Tax, mentions};
use eimza_turkish::words;

/// The amount to pay that the page's texts name: the only one or, where there are several, the only one that is called
/// the total or the debt. None where that is not plain.
#[must_use]
pub fn debt(texts: &[String]) -> Option<Amount> {
    let all = || {
        let mut before = "";
        texts.iter().flat_map(move |text| {
            let name = before;
            before = text;
            let amounts = mentions(text).into_iter().filter(|mention| mention.tax == Tax::Included);
            amounts.map(move |mention| (is_total(text) || is_total(name), mention.amount)).collect::<Vec<_>>()
        })
    };
    only(all().map(|(_, amount)| amount))
        .or_else(|| only(all().filter(|(is_total, _)| *is_total).map(|(_, amount)| amount)))
}

fn only(amounts: impl Iterator<Item = Amount>) -> Option<Amount> {
    let mut amounts = amounts;
    let first = amounts.next()?;
    amounts.all(|other| other == first).then_some(first)
}

fn is_total(text: &str) -> bool {
    words(text).iter().any(|word| word == "toplam" || word.starts_with("ödenecek"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> Option<String> {
        debt(&texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>()).map(Amount::number)
    }

    #[test]
    fn the_only_amount_or_the_total_is_the_debt() {
        assert_eq!(read(&["Ödenecek borç: 780,00 TL"]).as_deref(), Some("780,00"));
        assert_eq!(read(&["Borç", "780,00 TL", "780 TL"]).as_deref(), Some("780,00"));
        assert_eq!(
            read(&["NES 780 TL", "Okuyucu 300 TL", "Toplam", "1.080,00 TL"]).as_deref(),
            Some("1.080,00")
        );
        assert_eq!(read(&["780 TL (650 TL + KDV)"]).as_deref(), Some("780,00"));
    }

    #[test]
    fn several_amounts_of_which_none_is_the_total_are_none() {
        assert_eq!(read(&["NES 780 TL", "Okuyucu 300 TL"]), None);
        assert_eq!(read(&["Toplam 780 TL", "Ödenecek 700 TL"]), None);
        assert_eq!(read(&["Borcunuz bulunmamaktadır."]), None);
        assert_eq!(read(&[]), None);
    }
}
