//! From a snapshot to hints.

use crate::page::{Page, PageHint};
use crate::recognise::recognise;
use crate::{Advice, Hint, PageSnapshot, address_form};
use std::collections::BTreeMap;

/// What to tell the visitor of this page; nothing on a page that is not known.
#[must_use]
pub fn advise(snapshot: &PageSnapshot) -> Advice {
    let Some(page) = recognise(snapshot) else {
        return Advice::default();
    };
    Advice { page: Some(page.id.clone()), hints: hints(page, snapshot) }
}

fn hints(page: &Page, snapshot: &PageSnapshot) -> Vec<Hint> {
    let on_page = page.hints.iter().map(page_hint);
    on_page.chain(address_form::hints(&page.fields, &snapshot.fields)).collect()
}

fn page_hint(hint: &PageHint) -> Hint {
    Hint {
        id: hint.message.replace('_', "."),
        anchor: None,
        severity: hint.severity,
        message: hint.message.clone(),
        args: BTreeMap::new(),
        fixes: Vec::new(),
        action: hint.action,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, FieldKind, Severity};

    fn card_reader_form(fields: Vec<Field>) -> PageSnapshot {
        PageSnapshot {
            url: "https://ebasvuru.kamusm.gov.tr/kartokuyucu".to_owned(),
            headings: vec!["Kart Okuyucu Müşteri Başvurusu".to_owned()],
            fields,
            ..PageSnapshot::default()
        }
    }

    fn address(value: &str) -> Field {
        Field {
            reference: "f1".to_owned(),
            kind: FieldKind::Textarea,
            label: "Adres (*)".to_owned(),
            value: value.to_owned(),
            ..Field::default()
        }
    }

    fn findings(advice: &Advice) -> Vec<(&str, Severity, &str)> {
        let of_address = advice.hints.iter().filter(|hint| hint.id == "address.abbreviation");
        of_address
            .map(|hint| (hint.args["written"].as_str(), hint.severity, hint.fixes[0].text.as_str()))
            .collect()
    }

    #[test]
    fn an_address_with_abbreviations_gets_a_fix_for_each() {
        let advice = advise(&card_reader_form(vec![address("Atatürk Mah. 1234. Sok. No:5")]));
        assert_eq!(
            findings(&advice),
            [
                ("Mah.", Severity::Error, "Mahallesi"),
                ("Sok.", Severity::Error, "Sokak"),
                ("No", Severity::Advice, "Numara"),
            ]
        );
    }

    #[test]
    fn an_address_in_full_is_left_alone_but_for_its_rule() {
        let advice =
            advise(&card_reader_form(vec![address("Atatürk Mahallesi 1234. Sokak Numara:5 Yenişehir")]));
        let anchored: Vec<_> = advice.hints.iter().filter(|hint| hint.anchor.is_some()).collect();
        assert_eq!(anchored.len(), 1);
        assert_eq!(anchored[0].id, "address.rule");
    }

    #[test]
    fn other_fields_are_not_checked() {
        let email = Field {
            label: "E-posta adresi".to_owned(),
            value: "mah.sok@ornek.example".to_owned(),
            ..address("")
        };
        let name = Field { label: "Ad Soyad".to_owned(), value: "Mah. Sok.".to_owned(), ..address("") };
        let advice = advise(&card_reader_form(vec![email, name]));
        assert!(advice.hints.iter().all(|hint| hint.anchor.is_none()));
    }

    #[test]
    fn a_field_without_label_is_known_by_its_placeholder() {
        let field = Field { label: String::new(), placeholder: "Adres".to_owned(), ..address("Gül Cad.") };
        assert_eq!(findings(&advise(&card_reader_form(vec![field]))).len(), 1);
    }

    #[test]
    fn an_unknown_page_gets_silence() {
        let mut snapshot = card_reader_form(vec![address("Gül Cad.")]);
        snapshot.url = "https://ebasvuru.kamusm.gov.tr/hakkinda".to_owned();
        assert_eq!(advise(&snapshot), Advice::default());
    }

    #[test]
    fn the_guides_mistyped_host_gets_silence() {
        let snapshot = PageSnapshot {
            url: "https://nesbireysel.kamusal.gov.tr/nb.go".to_owned(),
            headings: vec!["Kilit Çözme Ekranı".to_owned()],
            ..PageSnapshot::default()
        };
        assert_eq!(advise(&snapshot), Advice::default());
    }

    #[test]
    fn hostile_text_is_only_text() {
        let mut snapshot = card_reader_form(vec![address(&"<script>Mah.\u{202e}".repeat(20_000))]);
        snapshot.texts = vec!["<img onerror=alert(1)>".repeat(50_000)];
        assert_eq!(advise(&snapshot).page.as_deref(), Some("kartokuyucu.form"));
    }
}
