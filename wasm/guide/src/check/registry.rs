//! All checks. A new kind of field takes five files: a file with its check and samples, its `mod` line in
//! `check/mod.rs`, its row here, and its texts in the two catalogs in `extension/_locales`.

use super::address::ADDRESSES;
use super::address_labels::{AddressLabel, address_label};
use super::form_check::FormCheck;
use super::purpose::FieldPurpose;
use crate::Field;
use crate::label::{label_key, label_keys};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::sync::OnceLock;

/// All checks, in the order in which findings of one scope and field are reported.
pub(super) static CHECKS: &[&dyn FormCheck] = &[
    &super::address::AddressCheck,
    &super::invisible::InvisibleCheck,
    &super::identity_number::IdentityNumberCheck,
    &super::phone::PhoneCheck,
    &super::email::EmailCheck,
    &super::birth_date::BirthDateCheck,
    &super::iban::IbanCheck,
    &super::choice::ChoiceCheck,
    &super::mandatory::MandatoryCheck,
];

/// Fields of one page whose purpose is known by their labels there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FieldLabels {
    /// The field's label, or its placeholder where it has no label, is one of these texts.
    pub labels: Vec<String>,
    /// Written as its id.
    #[serde(deserialize_with = "purpose_by_id")]
    pub purpose: &'static FieldPurpose,
}

/// Returns the purpose of a field: by the page's own labels first, else by the labels that count on every
/// page, else, on a page that asks for an address, by the words of its label.
pub(super) fn purpose_of(page_labels: &[FieldLabels], field: &Field) -> Option<&'static FieldPurpose> {
    let keys = label_keys(field.display_name());
    let of_page =
        page_labels.iter().find(|row| row.labels.iter().any(|label| keys.contains(&label_key(label))));
    let common =
        || common_labels().iter().find(|(label, _)| keys.contains(label)).map(|(_, purpose)| *purpose);
    let of_address = || {
        let address = page_labels.iter().find(|row| ADDRESSES.contains(&row.purpose))?;
        match address_label(field.display_name())? {
            AddressLabel::Address => Some(address.purpose),
            AddressLabel::Part(id) => purpose_of_id(id),
        }
    };
    of_page.map(|row| row.purpose).or_else(common).or_else(of_address)
}

/// Returns the purpose with an id.
pub(super) fn purpose_of_id(id: &str) -> Option<&'static FieldPurpose> {
    purposes().find(|purpose| purpose.id == id)
}

fn purposes() -> impl Iterator<Item = &'static FieldPurpose> {
    CHECKS.iter().flat_map(|check| check.purposes())
}

/// Returns the labels of all purposes, as [`label_key`] writes them.
fn common_labels() -> &'static [(String, &'static FieldPurpose)] {
    static LABELS: OnceLock<Vec<(String, &'static FieldPurpose)>> = OnceLock::new();
    LABELS.get_or_init(|| {
        let labels = purposes().flat_map(|purpose| purpose.labels.iter().map(move |label| (label, purpose)));
        labels.map(|(label, purpose)| (label_key(label), purpose)).collect()
    })
}

fn purpose_by_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static FieldPurpose, D::Error> {
    let id = Cow::<str>::deserialize(deserializer)?;
    purpose_of_id(&id).ok_or_else(|| D::Error::custom(format_args!("unknown field purpose `{id}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_has_two_purposes() {
        let mut labels: Vec<_> = common_labels().iter().map(|(label, _)| label).collect();
        let count = labels.len();
        assert!(count > 20);
        labels.sort();
        labels.dedup();
        assert_eq!(labels.len(), count);
    }

    #[test]
    fn no_purpose_has_two_checks() {
        let mut ids: Vec<_> = purposes().map(|purpose| purpose.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }

    /// The content script passes on what was typed only in fields whose labels have one of these words.
    #[test]
    fn every_label_of_a_purpose_has_a_word_that_the_content_script_reads() {
        let file = include_str!("../../data/secret-words.json");
        let lists: std::collections::BTreeMap<String, Vec<String>> = serde_json::from_str(file).unwrap();
        let is_read = |word: &str| {
            let mut ends = lists["read"].iter().filter_map(|stem| word.strip_prefix(stem.as_str()));
            ends.any(|end| end.is_empty() || lists["suffixes"].iter().any(|suffix| suffix == end))
        };
        let of_pages = crate::pages::pages().iter().flat_map(|page| &page.fields);
        let labels = common_labels().iter().map(|(label, _)| label.clone());
        let labels = labels.chain(of_pages.flat_map(|row| row.labels.iter().map(|label| label_key(label))));
        let mut label_words: std::collections::BTreeMap<String, Vec<String>> =
            serde_json::from_str(include_str!("../../data/label-words.json")).unwrap();
        label_words.retain(|id, _| id == "address" || purpose_of_id(id).is_some());
        let of_choices = crate::pages::pages().iter().flat_map(|page| &page.choices);
        let labels = labels.chain(of_choices.flat_map(|rule| rule.at.iter().map(|label| label_key(label))));
        let labels = labels.chain(label_words.into_values().flatten().map(|label| label_key(&label)));
        let unread: Vec<_> =
            labels.filter(|label| !label.replace("t c ", "tc ").split(' ').any(is_read)).collect();
        assert!(unread.is_empty(), "{unread:?}");
    }

    #[test]
    fn page_files_name_purposes_by_id() {
        let read = |json: &str| serde_json::from_str::<FieldLabels>(json).map(|labels| labels.purpose.id);
        assert_eq!(read(r#"{"labels": ["İl"], "purpose": "province"}"#).unwrap(), "province");
        assert!(read(r#"{"labels": ["İl"], "purpose": "provinces"}"#).is_err());
    }
}
