//! Invisible characters in texts that a form compares or computes with. They come with pasted text and make a
//! right number or e-mail address wrong, without anything to be seen.

use super::finding::Finding;
use super::form::Form;
use super::form_check::FormCheck;
use super::form_check::Scope;
use eimza_turkish::is_invisible;

/// Reports nothing where invisible characters do no harm, such as in an address, which people read.
pub(super) struct InvisibleCheck;

impl FormCheck for InvisibleCheck {
    fn scope(&self) -> Scope {
        Scope::Field
    }

    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>) {
        for field in form.fields() {
            let Some(severity) = field.purpose.invisible else { continue };
            let written = form.original_value(field.anchor);
            let is_writable = field.field.is_typed() && !field.field.readonly && !field.field.unread;
            if is_writable && written.contains(is_invisible) {
                let visible = written.chars().filter(|&letter| !is_invisible(letter)).collect();
                let finding = Finding::new("invisible_characters", severity).at(field.anchor);
                findings.push(finding.replace_with(visible));
            }
        }
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample> {
        vec![super::sample::Sample::new("invisible_characters", &[("E-posta", "ad\u{200b}@kurum.example")])]
    }
}

#[cfg(test)]
mod tests {
    use super::super::run::form_hints;
    use crate::normalized_snapshot::NormalizedSnapshot;
    use crate::pages::pages;
    use crate::{Field, FieldKind, Fix, Hint, PageSnapshot, ScreenId, Severity, UserContext};

    fn field(label: &str, value: &str) -> Field {
        Field {
            reference: "f".to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            ..Field::default()
        }
    }

    fn hints(field: Field) -> Vec<Hint> {
        let form = ScreenId::from("kartokuyucu.form".to_owned());
        let page = pages().iter().find(|page| page.screen_id() == form).unwrap();
        let snapshot = PageSnapshot { fields: vec![field], ..PageSnapshot::default() };
        let normalized = NormalizedSnapshot::of(&snapshot);
        form_hints(&page.fields, &page.choices, &normalized, &UserContext::default(), None)
    }

    #[test]
    fn offers_the_text_without_invisible_characters() {
        for (label, value, visible, severity) in [
            ("E-posta", "\u{feff}ad@kurum.exam\u{ad}ple", "ad@kurum.example", Severity::Error),
            ("T.C. Kimlik No", "1000\u{200b}0000146\u{2060}", "10000000146", Severity::Error),
            (
                "IBAN",
                "TR41\u{200d} 0001 2009 5940 0005 0000 47",
                "TR41 0001 2009 5940 0005 0000 47",
                Severity::Error,
            ),
            ("GSM", "\u{202a}+90 532 123 45 67\u{202c}", "+90 532 123 45 67", Severity::Advice),
            ("Posta Kodu", "33\u{2800}110", "33110", Severity::Advice),
        ] {
            let hints = hints(field(label, value));
            let [hint] = &hints[..] else { panic!("{label} {hints:?}") };
            assert_eq!((hint.id.as_str(), hint.severity), ("invisible.characters", severity), "{label}");
            let fix = Fix { start: 0, end: value.chars().count(), text: visible.to_owned() };
            assert_eq!(hint.fixes, [fix], "{label}");
        }
    }

    #[test]
    fn reports_nothing_where_it_does_no_harm() {
        for field in [
            field("E-posta", "ad@kurum.example"),
            field("E-posta", ""),
            field("Ad Soyad", "A\u{200b}li"),
            Field { readonly: true, ..field("E-posta", "a\u{200b}d@kurum.example") },
            Field { unread: true, ..field("E-posta", "\u{200b}") },
            Field { kind: FieldKind::Select, ..field("Posta Kodu", "33\u{200b}110") },
        ] {
            assert_eq!(hints(field.clone()), [], "{field:?}");
        }
        let address = hints(field("Adres", "Gül Mahallesi Na\u{ad}r Sokak 5 Merkez"));
        assert!(address.iter().all(|hint| hint.severity == Severity::Info), "{address:?}");
    }
}
