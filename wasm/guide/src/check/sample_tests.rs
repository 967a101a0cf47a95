//! The samples of the checks tie every message to the catalogs.

use super::registry::CHECKS;
use super::run::form_hints;
use super::sample::Sample;
use crate::normalized_snapshot::NormalizedSnapshot;
use crate::pages::{Page, pages};
use crate::{Button, Field, Hint, PageSnapshot, UserContext};
use eimza_i18n::Catalog;
use eimza_payment::Day;
use eimza_protocol::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the hints on the form, for the field labels of each page.
fn hints(sample: &Sample) -> Vec<Vec<Hint>> {
    let fields = sample.fields.iter().map(|&(label, value)| Field {
        reference: label.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
        placeholder: "gg.aa.yyyy".to_owned(),
        ..Field::default()
    });
    let button = Button { reference: "b".to_owned(), text: "Gönder".to_owned(), reached: true };
    let snapshot =
        PageSnapshot { fields: fields.collect(), buttons: vec![button], ..PageSnapshot::default() };
    let user_context = UserContext::default();
    let today = Day::new(2026, 11, 26);
    let on_page = |page: &'static Page| {
        form_hints(&page.fields, &page.choices, &NormalizedSnapshot::of(&snapshot), &user_context, today)
    };
    pages().iter().map(on_page).collect()
}

/// Returns the message keys in the sources of the checks: what [`Finding::new`](super::finding::Finding::new)
/// gets, and every other literal in snake case.
#[expect(clippy::disallowed_methods, reason = "a test reads files")]
fn keys_in_sources() -> BTreeSet<String> {
    let is_snake_case = |literal: &str| {
        literal.len() > 1
            && literal.contains('_')
            && literal.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
    };
    let mut keys = BTreeSet::new();
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/check")).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().ends_with("_tests.rs") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let product = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for line in product.lines().filter(|line| !line.trim_start().starts_with(['#', '/'])) {
            let parts: Vec<&str> = line.split('"').collect();
            let literals = parts.windows(2).step_by(2).filter(|pair| {
                let [before, literal] = pair else { return false };
                before.ends_with("Finding::new(") || is_snake_case(literal)
            });
            keys.extend(literals.map(|pair| pair[1].to_owned()));
        }
    }
    keys
}

#[test]
fn every_message_has_a_sample() {
    let samples = CHECKS.iter().flat_map(|check| check.samples());
    let keys: BTreeSet<String> = samples.map(|sample| sample.message.to_owned()).collect();
    assert!(keys.len() > 30);
    assert_eq!(keys_in_sources(), keys);
}

#[test]
fn every_sample_has_its_finding_with_the_placeholders_of_the_catalogs() {
    for lang in [Lang::Tr, Lang::En] {
        let catalog = Catalog::of(lang);
        // Several messages can have one id and its arguments; each argument is used by at least one of them.
        let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut given: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for sample in CHECKS.iter().flat_map(|check| check.samples()) {
            let hints: Vec<Hint> = hints(&sample).into_iter().flatten().collect();
            let is_found = hints.iter().any(|hint| hint.message == sample.message);
            assert!(is_found, "{} {:?}", sample.message, sample.fields);
            for hint in hints {
                assert!(catalog.has(&hint.message), "{}", hint.message);
                let placeholders = catalog.placeholders(&hint.message);
                let is_given = |name: &String| hint.args.contains_key(name);
                assert!(placeholders.iter().all(is_given), "{}", hint.message);
                used.entry(hint.id.clone()).or_default().extend(placeholders);
                given.entry(hint.id).or_default().extend(hint.args.into_keys());
            }
        }
        assert_eq!(used, given);
    }
}
