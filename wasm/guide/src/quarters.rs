//! The quarters of all districts, which the check of addresses uses once they are provided.
//!
//! They are a file of their own (docs/decisions/0121-quarters-as-a-file.md). The caller loads it when
//! [`wants_quarters`] says so; until then, and where it cannot be loaded, quarters are not checked.

use crate::PageSnapshot;
use crate::check::has_address_with_district;
use crate::normalized_snapshot::NormalizedSnapshot;
use crate::recognise::recognise;
use eimza_address::Quarters;
use std::cell::Cell;

thread_local! {
    static QUARTERS: Cell<Option<&'static Quarters>> = const { Cell::new(None) };
}

/// Provides the quarters for as long as the program runs: the content of the extension's file `wasm/quarters`. A
/// file that is not valid has none.
pub fn provide_quarters(packed: &[u8]) {
    provide(Quarters::unpack(packed));
}

pub(crate) fn provide(quarters: Quarters) {
    QUARTERS.set(Some(Box::leak(Box::new(quarters))));
}

/// Returns the quarters, if they were provided.
pub(crate) fn quarters() -> Option<&'static Quarters> {
    QUARTERS.get()
}

/// Returns whether quarters can be checked on a page and were not provided: it is a known page with an address
/// whose province and district are filled in.
#[must_use]
pub fn wants_quarters(snapshot: &PageSnapshot) -> bool {
    if quarters().is_some() {
        return false;
    }
    let normalized = NormalizedSnapshot::of(snapshot);
    let snapshot = normalized.snapshot();
    recognise(snapshot).is_some_and(|page| has_address_with_district(&page.fields, snapshot))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Field, SavedState};

    fn page(fields: &[(&str, &str)]) -> PageSnapshot {
        let fields = fields.iter().map(|&(label, value)| Field {
            reference: label.to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            ..Field::default()
        });
        PageSnapshot {
            url: "https://ebasvuru.kamusm.gov.tr/kartokuyucu".to_owned(),
            headings: vec!["Kart Okuyucu Müşteri Başvurusu".to_owned()],
            fields: fields.collect(),
            ..PageSnapshot::default()
        }
    }

    #[test]
    fn quarters_are_wanted_for_an_address_with_province_and_district() {
        let all = [("İl", "Mersin"), ("İlçe", "Mut"), ("Adres", "Gül Mahallesi")];
        assert!(wants_quarters(&page(&all)));
        for (missing, _) in all {
            let rest: Vec<_> = all.into_iter().filter(|(label, _)| *label != missing).collect();
            assert!(!wants_quarters(&page(&rest)), "{missing}");
        }
        assert!(!wants_quarters(&PageSnapshot { url: "https://example.org".to_owned(), ..page(&all) }));
    }

    #[test]
    fn provided_quarters_are_checked_and_no_longer_wanted() {
        let snapshot =
            page(&[("İl", "Mersin"), ("İlçe", "Mut"), ("Mahalle", "Yeşilov Mahallesi"), ("Adres", "")]);
        let reports = || {
            let advice = crate::advise(&snapshot, &SavedState::default(), Environment::default());
            advice.hints.iter().any(|hint| hint.id == "address.quarter.typo")
        };
        assert!(wants_quarters(&snapshot) && !reports());
        provide(Quarters::read("33 Mut\t600:yeşilova\n".to_owned()));
        assert!(!wants_quarters(&snapshot) && reports());
    }
}
