//! From a snapshot to hints.

use crate::page::{FieldRule, PageHint, Rule};
use crate::recognise::recognise;
use crate::text::fold;
use crate::{Advice, Field, FieldKind, Fix, Hint, PageSnapshot, Severity};
use eimza_address::Finding;
use std::collections::BTreeMap;

/// What to tell the visitor of this page; nothing on a page that is not known.
#[must_use]
pub fn advise(snapshot: &PageSnapshot) -> Advice {
    let Some(page) = recognise(snapshot) else {
        return Advice::default();
    };
    let on_page = page.hints.iter().map(page_hint);
    let on_fields = page.fields.iter().flat_map(|rule| {
        let fields = snapshot.fields.iter().filter(|field| is_meant(rule, field));
        fields.flat_map(|field| field_hints(rule.rule, field))
    });
    Advice { page: Some(page.id.clone()), hints: on_page.chain(on_fields).collect() }
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

fn is_meant(rule: &FieldRule, field: &Field) -> bool {
    let name = if field.label.trim().is_empty() { &field.placeholder } else { &field.label };
    let typed = matches!(field.kind, FieldKind::Text | FieldKind::Textarea);
    typed && rule.labels.iter().any(|label| fold(label) == fold(name))
}

fn field_hints(rule: Rule, field: &Field) -> Vec<Hint> {
    match rule {
        Rule::NoAbbreviation => {
            let reminder = field_hint("address_rule", Severity::Info, field);
            let findings = eimza_address::check(&field.value);
            std::iter::once(reminder)
                .chain(findings.iter().map(|finding| abbreviation(finding, field)))
                .collect()
        }
    }
}

fn field_hint(message: &str, severity: Severity, field: &Field) -> Hint {
    Hint {
        id: message.replace('_', "."),
        anchor: Some(field.reference.clone()),
        severity,
        message: message.to_owned(),
        args: BTreeMap::new(),
        fixes: Vec::new(),
        action: None,
    }
}

fn abbreviation(finding: &Finding, field: &Field) -> Hint {
    let (message, severity) = match finding.severity {
        eimza_address::Severity::Error => ("address_abbreviation", Severity::Error),
        eimza_address::Severity::Advice => ("address_advice", Severity::Advice),
    };
    let full = finding.expansions.first().cloned().unwrap_or_default();
    let fixes = (0..finding.expansions.len())
        .filter_map(|index| finding.replacement(index))
        .map(|text| Fix { start: finding.start, end: finding.end, text });
    Hint {
        id: "address.abbreviation".to_owned(),
        args: BTreeMap::from([("written".to_owned(), finding.written.clone()), ("full".to_owned(), full)]),
        fixes: if field.readonly { Vec::new() } else { fixes.collect() },
        ..field_hint(message, severity, field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let advice = advise(&card_reader_form(vec![address("Atatürk Mahallesi 1234. Sokak Numara:5")]));
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
        let city = Field { label: "İl".to_owned(), value: "K.Maraş".to_owned(), ..address("") };
        let advice = advise(&card_reader_form(vec![email, city]));
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
