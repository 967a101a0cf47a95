//! Labels of address fields, by their words.

use super::address::ADDRESS_PARTS;
use crate::label::{WordList, asks_to_choose, label_keys};

/// What a label names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum AddressLabel {
    /// An address, or a line of one: "Ev Adresi", "Adres Satırı 1".
    Address,
    /// The part with this purpose.
    Part(&'static str),
}

/// Returns what a label names; none where it is no address, or not certainly one.
pub(super) fn address_label(label: &str) -> Option<AddressLabel> {
    label_keys(label).iter().find_map(|key| {
        let words: Vec<&str> = key.split(' ').collect();
        if is_address(&words) { Some(AddressLabel::Address) } else { part(&words) }
    })
}

/// Returns whether a word for an address ends the label: Turkish puts the noun last, so that "Adres Tipi" is a
/// kind and no address.
fn is_address(label: &[&str]) -> bool {
    let is_number = |word: &str| word.bytes().all(|digit| digit.is_ascii_digit());
    let name = trim_end(label, |word| WordList::AddressAfter.has(word) || is_number(word));
    name.last().is_some_and(|last| WordList::Address.has(last))
        && !label.iter().any(|word| WordList::AddressOther.has(word))
}

fn part(label: &[&str]) -> Option<AddressLabel> {
    let name = trim_end(label, |word| WordList::AddressAfter.has(word) || asks_to_choose(word));
    let start = name.iter().position(|word| !WordList::AddressOf.has(word))?;
    let name = name[start..].join(" ");
    ADDRESS_PARTS.into_iter().find(|part| WordList::Part(part).has(&name)).map(AddressLabel::Part)
}

fn trim_end<'w, 's>(words: &'w [&'s str], is_removed: impl Fn(&str) -> bool) -> &'w [&'s str] {
    let length = words.iter().rposition(|word| !is_removed(word)).map_or(0, |last| last + 1);
    &words[..length]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_addresses_by_any_name() {
        for label in [
            "Ev Adresi",
            "İş Adresi",
            "Tebligat Adresi",
            "Açık Adresiniz",
            "Fatura Adresi",
            "İkametgâh Adresi",
            "İKAMETGAH ADRESİ",
            "Yerleşim Yeri Adresi",
            "Kurum Adresi",
            "Adres Satırı 1",
            "Adres (2)",
            "Adres Detayı",
            "Teslim Edilecek Adres",
            "Kartın Gönderileceği Adres *",
            "Adresinizi giriniz",
            "Posta Adresi (zorunlu)",
            "Adres (Mahalle, Cadde, Sokak)",
        ] {
            assert_eq!(address_label(label), Some(AddressLabel::Address), "{label}");
        }
    }

    #[test]
    fn other_labels_with_the_word_are_no_addresses() {
        for label in [
            "E-posta Adresi",
            "Elektronik posta adresi",
            "E-mail adresi",
            "Eposta adresiniz",
            "Mail Adresi",
            "Web Adresi",
            "İnternet Adresi",
            "Web Sitesi Adresi",
            "IP Adresi",
            "KEP Adresi",
            "MAC adresi",
            "Adres Tipi",
            "Adres Türü",
            "Adres No",
            "Adres Kodu",
            "UAVT Adres Kodu",
            "Adres Seçiniz",
            "Adres Başlığı",
            "Fatura adresi teslimat adresimle aynı",
            "Ad Soyad",
            "Adresli Sokak",
            "2",
            "",
        ] {
            assert_eq!(address_label(label), None, "{label}");
        }
    }

    #[test]
    fn recognises_parts_with_their_endings() {
        for (label, purpose) in [
            ("İl", "province"),
            ("İliniz *", "province"),
            ("İl Seçiniz", "province"),
            ("Ev İli", "province"),
            ("İLÇENİZ", "district"),
            ("Teslimat İlçesi", "district"),
            ("Mahalleniz", "quarter"),
            ("Posta Kodunuz", "postal-code"),
            ("Adres Posta Kodu", "postal-code"),
        ] {
            assert_eq!(address_label(label), Some(AddressLabel::Part(purpose)), "{label}");
        }
        for label in ["Doğum İli", "Kayıtlı Olduğu İl", "İl Müdürlüğü", "Posta", "Ev", "İl Kodu"]
        {
            assert_eq!(address_label(label), None, "{label}");
        }
    }
}
