//! Labels of address fields, by their words: `data/address-labels.json`.

use crate::label::{asks_to_choose, label_keys};
use eimza_turkish::unaccented_words;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a label names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum AddressLabel {
    /// An address, or a line of one: "Ev Adresi", "Adres Satırı 1".
    Address,
    /// The part with this purpose.
    Part(&'static str),
}

/// The words in labels of address fields. They are compared without case and diacritics.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Words for an address, which end the label: Turkish puts the noun last, so that "Adres Tipi" is a kind
    /// and no address.
    address: Vec<String>,
    /// Words that may follow.
    after: Vec<String>,
    /// Words that make it another kind of address.
    other: Vec<String>,
    /// Words before a part that say which address it belongs to.
    of: Vec<String>,
    /// Labels of parts by purpose.
    parts: BTreeMap<String, Vec<String>>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words: Words =
            eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/address-labels")));
        let lists = [&mut words.address, &mut words.after, &mut words.other, &mut words.of];
        for text in lists.into_iter().chain(words.parts.values_mut()).flatten() {
            *text = unaccented_words(text).join(" ");
        }
        words
    })
}

/// Returns what a label names; none where it is no address, or not certainly one.
pub(super) fn address_label(label: &str) -> Option<AddressLabel> {
    label_keys(label).iter().find_map(|key| {
        let words: Vec<&str> = key.split(' ').collect();
        if is_address(&words) { Some(AddressLabel::Address) } else { part(&words) }
    })
}

fn is_address(label: &[&str]) -> bool {
    let has = |list: &[String], word: &str| list.iter().any(|known| known == word);
    let is_number = |word: &str| word.bytes().all(|digit| digit.is_ascii_digit());
    let name = trim_end(label, |word| has(&words().after, word) || is_number(word));
    name.last().is_some_and(|last| has(&words().address, last))
        && !label.iter().any(|word| has(&words().other, word))
}

fn part(label: &[&str]) -> Option<AddressLabel> {
    let has = |list: &[String], word: &str| list.iter().any(|known| known == word);
    let name = trim_end(label, |word| has(&words().after, word) || asks_to_choose(word));
    let start = name.iter().position(|word| !has(&words().of, word))?;
    let name = name[start..].join(" ");
    let (purpose, _) = words().parts.iter().find(|(_, labels)| labels.contains(&name))?;
    Some(AddressLabel::Part(purpose))
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

    #[test]
    fn names_only_existing_purposes() {
        assert!(words().parts.keys().all(|id| super::super::registry::purpose_of_id(id).is_some()));
        assert_eq!(words().parts.len(), 4);
    }
}
