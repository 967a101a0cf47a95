//! What is checked in the fields of a form while it is filled in. One file a subject.
//!
//! A check says only what it knows: what may still become right while the user types is not spoken of
//! ([`Typing`]), what the form may take after all is left alone.

mod address;
mod birth_date;
mod choice;
mod email;
mod iban;
mod identity;
mod mandatory;
mod phone;

use crate::page::{FieldRule, Page, Rule};
use crate::{Field, FieldKind, Fix, Hint, PageSnapshot, Severity, UserContext};
use eimza_payment::Day;
use eimza_turkish::{is_invisible, unaccented_words};
use std::sync::OnceLock;

pub(crate) use email::is_mailbox;
pub use identity::{IdentityNumberError, LENGTH as IDENTITY_NUMBER_LENGTH, validate_identity_number};

/// Something that was found in a field's text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    /// Locale key; with dots for underscores it is the hint's id.
    message: &'static str,
    severity: Severity,
    /// Values of the sentence's placeholders.
    args: Vec<(&'static str, String)>,
    /// What to write in the place of the whole text.
    instead: Option<String>,
}

impl Finding {
    fn new(message: &'static str, severity: Severity) -> Self {
        Self { message, severity, args: Vec::new(), instead: None }
    }

    fn with(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    fn instead(mut self, text: String) -> Self {
        self.instead = Some(text);
        self
    }
}

/// Whether the user is still typing in the field: then a text that is only too short is not wrong yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typing {
    Going,
    Done,
}

/// All that is found on a page's form.
pub(crate) fn hints(
    page: &Page,
    snapshot: &PageSnapshot,
    user_context: &UserContext,
    today: Option<Day>,
) -> Vec<Hint> {
    let mut hints = address::hints(&page.fields, &snapshot.fields);
    hints.extend(snapshot.fields.iter().filter(|field| !field.readonly).filter_map(|field| {
        let found = field_finding(rule_of(page, field)?, field, snapshot, today)?;
        Some(hint(found, field))
    }));
    hints.extend(choice::hints(&page.choices, &snapshot.fields, user_context));
    hints.extend(mandatory::hints(snapshot));
    hints
}

/// The rule of a field: the page's own, else what every field of that name has.
fn rule_of(page: &Page, field: &Field) -> Option<Rule> {
    let rules = page.fields.iter().chain(everywhere());
    Some(rules.into_iter().find(|rule| field.matches_label(&rule.labels))?.rule)
}

/// Rules of fields on all pages: `data/fields.json`.
fn everywhere() -> &'static [FieldRule] {
    static FIELDS: OnceLock<Vec<FieldRule>> = OnceLock::new();
    FIELDS.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/fields"))))
}

fn field_finding(rule: Rule, field: &Field, snapshot: &PageSnapshot, today: Option<Day>) -> Option<Finding> {
    if matches!(field.kind, FieldKind::Select | FieldKind::Radio | FieldKind::Checkbox) {
        return None;
    }
    // What is pasted often brings characters along that nobody sees.
    let seen: String = field.value.chars().filter(|&letter| !is_invisible(letter)).collect();
    // A mask keeps places open until they are filled in.
    let is_masked = rule != Rule::Email && seen.contains('_');
    let text = if is_masked { seen.replace('_', "") } else { seen };
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let is_typed = !snapshot.typing.is_empty() && snapshot.typing == field.reference;
    let typing = if is_typed || is_masked { Typing::Going } else { Typing::Done };
    match rule {
        Rule::Identity if takes_passport(field) => identity::or_passport(text),
        Rule::Identity => identity::check(text, typing),
        Rule::IdentityOrPassport => identity::or_passport(text),
        Rule::MobilePhone => phone::mobile(text, typing),
        Rule::Phone => phone::any(text, typing),
        Rule::Email => email::check(text, typing),
        Rule::BirthDate => birth_date::check(text, birth_date::Asked::of(field), typing, today),
        Rule::Iban => iban::check(text, bank_of(&snapshot.fields).as_deref(), typing),
        Rule::Bank
        | Rule::NoAbbreviation
        | Rule::Address
        | Rule::Province
        | Rule::District
        | Rule::Quarter
        | Rule::PostalCode => None,
    }
}

fn takes_passport(field: &Field) -> bool {
    [&field.label, &field.placeholder]
        .iter()
        .any(|text| unaccented_words(text).iter().any(|word| word.starts_with("pasaport")))
}

/// What the form's field for the bank says, typed or chosen.
fn bank_of(fields: &[Field]) -> Option<String> {
    let is_bank = |field: &&Field| {
        everywhere().iter().any(|rule| rule.rule == Rule::Bank && field.matches_label(&rule.labels))
    };
    fields.iter().find(is_bank).map(|field| field.value.clone())
}

fn hint(finding: Finding, field: &Field) -> Hint {
    let end = field.value.chars().count();
    let fixes = finding.instead.into_iter().map(|text| Fix { start: 0, end, text }).collect();
    Hint { fixes, ..Hint::new(finding.message, finding.severity).at(&field.reference).with(finding.args) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::pages;
    use eimza_i18n::Catalog;
    use eimza_protocol::Lang;

    #[test]
    fn the_list_of_fields_is_read_and_no_label_stands_twice() {
        let mut labels: Vec<_> = everywhere().iter().flat_map(|rule| &rule.labels).collect();
        let count = labels.len();
        assert!(count > 20);
        labels.sort();
        labels.dedup();
        assert_eq!(labels.len(), count);
    }

    fn said(label: &str, value: &str, page: &str) -> Vec<String> {
        let field = |label: &str, value: &str| Field {
            reference: "f".to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            ..Field::default()
        };
        let snapshot = PageSnapshot {
            fields: vec![field(label, value), field("Banka", "Ziraat")],
            ..PageSnapshot::default()
        };
        let page = pages().iter().find(|known| known.screen_id().to_string() == page).unwrap();
        hints(page, &snapshot, &UserContext::default(), None).into_iter().map(|hint| hint.id).collect()
    }

    #[test]
    fn a_field_is_checked_by_what_it_is_called_whatever_stands_around_its_name() {
        for label in [
            "T.C. Kimlik No",
            "TC KİMLİK NO (*):",
            "* Kimlik No",
            "T.C. Kimlik Numarası (11 hane)",
            "T.C.Kimlik No",
            "T.C. KIMLIK NO",
        ] {
            assert_eq!(said(label, "10000000147", "sanalpos.query"), ["identity.checksum"], "{label}");
        }
        for label in ["Kurum Kimlik No", "Kimlik Seri No", "Ad", ""] {
            assert_eq!(said(label, "10000000147", "sanalpos.query"), [""; 0], "{label}");
        }
        assert_eq!(said("GSM", "0224 123 45 67", "portal.form"), ["phone.mobile"]);
        assert_eq!(said("E-posta", "deneme", "portal.form"), ["email.form"]);
        assert_eq!(said("Doğum Tarihi", "31.02.1980", "portal.login"), ["birth.date.none"]);
        assert_eq!(said("IBAN", "TR65 0001 2009 3310 0006 1000 37", "kartokuyucu.form"), ["iban.bank"]);
    }

    #[test]
    fn what_cannot_be_seen_and_what_a_mask_leaves_open_is_not_spoken_of() {
        for (label, value) in [
            ("Kimlik No", "___________"),
            ("Kimlik No", "1000000____"),
            ("Kimlik No", "\u{200b}10000000146"),
            ("IBAN", "TR__ ____ ____ ____ ____ ____ __"),
            ("IBAN", "TR41 0001 2009 5940 0005 0000 __"),
            ("GSM", "\u{202a}+90 532 123 45 67\u{202c}"),
            ("GSM", "(___) ___ __ __"),
            ("Doğum Tarihi", "__.__.____"),
        ] {
            assert_eq!(said(label, value, "sanalpos.query"), [""; 0], "{label} {value}");
        }
    }

    #[test]
    fn a_form_that_takes_a_passport_number_gets_no_word_on_one() {
        assert_eq!(said("Kimlik No", "U12345678", "nesbireysel.login"), [""; 0]);
        assert_eq!(said("Kimlik No", "123456789", "nesbireysel.login"), [""; 0]);
        assert_eq!(said("Kimlik No", "U12345678", "sanalpos.query"), ["identity.letters"]);
        assert_eq!(said("T.C. Kimlik No (ya da Pasaport No)", "U12345678", "sanalpos.query"), [""; 0]);
    }

    /// A text for every sentence that a field's check has.
    const EVERY: [(&str, &str, &str); 24] = [
        ("Kimlik No", "10000000147", "identity_checksum"),
        ("Kimlik No", "1", "identity_length"),
        ("Kimlik No", "a", "identity_letters"),
        ("Kimlik No", "0", "identity_zero"),
        ("Kimlik No (Pasaport)", "10000000147", "identity_or_passport"),
        ("GSM", "05a", "phone_letters"),
        ("GSM", "05", "phone_length"),
        ("GSM", "03", "phone_mobile"),
        ("Telefon", "03", "phone_length"),
        ("E-posta", "a", "email_form"),
        ("E-posta", "a b", "email_space"),
        ("E-posta", "ş@a.com", "email_letter"),
        ("E-posta", "a@gmial.com", "email_domain"),
        ("Doğum Tarihi", "31.02.1980", "birth_date_none"),
        ("Doğum Tarihi", "01.01.2999", "birth_date_future"),
        ("Doğum Tarihi", "01.01.1800", "birth_date_early"),
        ("Doğum Tarihi", "010180", "birth_date_form"),
        ("Doğum Tarihi", "1/1/1980", "birth_date_order"),
        ("IBAN", "TR41 0001 2009 5940 0005 0000 48", "iban_checksum"),
        ("IBAN", "TR4", "iban_length"),
        ("IBAN", "TR-", "iban_characters"),
        ("IBAN", "41", "iban_country"),
        ("IBAN", "TR41 0001 2009 5940 0005 0000 47", "iban_bank"),
        ("GSM *", "", "mandatory_empty"),
    ];

    #[test]
    fn every_finding_has_its_sentence_with_all_that_it_names() {
        for (label, value, message) in EVERY {
            let field = |label: &str, value: &str| Field {
                reference: "f".to_owned(),
                label: label.to_owned(),
                value: value.to_owned(),
                placeholder: "gg.aa.yyyy".to_owned(),
                ..Field::default()
            };
            let button =
                crate::Button { reference: "b".to_owned(), text: "Gönder".to_owned(), reached: true };
            let snapshot = PageSnapshot {
                fields: vec![field(label, value), field("Banka", "Ziraat")],
                buttons: vec![button],
                ..PageSnapshot::default()
            };
            let found = hints(&pages()[0], &snapshot, &UserContext::default(), Day::new(2026, 11, 26));
            assert_eq!(found[0].message, message, "{label} {value}");
            for hint in found {
                for lang in [Lang::Tr, Lang::En] {
                    let wanted = Catalog::of(lang).placeholders(&hint.message);
                    assert!(Catalog::of(lang).has(&hint.message), "{}", hint.message);
                    assert!(wanted.iter().eq(hint.args.keys()), "{}", hint.message);
                }
            }
        }
    }

    #[test]
    fn what_the_user_cannot_edit_is_not_spoken_of() {
        let readonly = Field {
            label: "Kimlik No".to_owned(),
            value: "1".to_owned(),
            readonly: true,
            ..Field::default()
        };
        let snapshot = PageSnapshot { fields: vec![readonly], ..PageSnapshot::default() };
        assert_eq!(hints(&pages()[0], &snapshot, &UserContext::default(), None), []);
    }
}
