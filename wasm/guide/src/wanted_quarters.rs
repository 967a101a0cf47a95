//! When the quarters of all districts are worth loading.

use crate::PageSnapshot;
use crate::check::has_address_with_district;
use crate::normalized_snapshot::NormalizedSnapshot;
use crate::quarters::quarters;
use crate::recognise::recognise;

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
    use crate::quarters::provide;
    use crate::{Environment, Field, SavedState};
    use eimza_address::Quarters;

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
