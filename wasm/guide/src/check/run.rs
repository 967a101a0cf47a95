//! Runs all checks on a page's form.

use super::choice_rule::ChoiceRule;
use super::form::Form;
use super::form_check::Scope;
use super::registry::{CHECKS, FieldLabels, purpose_of};
use crate::{Hint, PageSnapshot, UserContext};
use eimza_payment::Day;

/// Runs all checks on a form; returns the hints. `labels` and `choices` are the page's own.
pub(crate) fn form_hints(
    labels: &[FieldLabels],
    choices: &'static [ChoiceRule],
    snapshot: &PageSnapshot,
    user_context: &UserContext,
    today: Option<Day>,
) -> Vec<Hint> {
    let purposes = snapshot.fields.iter().map(|field| purpose_of(labels, field)).collect();
    let form = Form { snapshot, choices, user_context, today, purposes };
    let mut scoped_findings = Vec::new();
    let mut findings = Vec::new();
    for check in CHECKS {
        check.check(&form, &mut findings);
        scoped_findings.extend(findings.drain(..).map(|finding| (check.scope(), finding)));
    }
    scoped_findings
        .sort_by_key(|(scope, finding)| (*scope, (*scope != Scope::Form).then_some(finding.anchor)));
    scoped_findings.into_iter().map(|(_, finding)| finding.into_hint(snapshot)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Field;
    use crate::pages::pages;
    use eimza_i18n::Catalog;
    use eimza_protocol::Lang;

    fn hint_ids(label: &str, value: &str, page: &str) -> Vec<String> {
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
        form_hints(&page.fields, &page.choices, &snapshot, &UserContext::default(), None)
            .into_iter()
            .map(|hint| hint.id)
            .collect()
    }

    #[test]
    fn recognises_fields_by_their_labels() {
        for label in [
            "T.C. Kimlik No",
            "TC KİMLİK NO (*):",
            "* Kimlik No",
            "T.C. Kimlik Numarası (11 hane)",
            "T.C.Kimlik No",
            "T.C. KIMLIK NO",
        ] {
            assert_eq!(hint_ids(label, "10000000147", "sanalpos.query"), ["identity.checksum"], "{label}");
        }
        for label in ["Kurum Kimlik No", "Kimlik Seri No", "Ad", ""] {
            assert_eq!(hint_ids(label, "10000000147", "sanalpos.query"), [""; 0], "{label}");
        }
        assert_eq!(hint_ids("GSM", "0224 123 45 67", "portal.form"), ["phone.mobile"]);
        assert_eq!(hint_ids("E-posta", "deneme", "portal.form"), ["email.form"]);
        assert_eq!(hint_ids("Doğum Tarihi", "31.02.1980", "portal.login"), ["birth.date.none"]);
        assert_eq!(hint_ids("IBAN", "TR65 0001 2009 3310 0006 1000 37", "kartokuyucu.form"), ["iban.bank"]);
    }

    #[test]
    fn ignores_invisible_characters_and_open_mask_positions() {
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
            assert_eq!(hint_ids(label, value, "sanalpos.query"), [""; 0], "{label} {value}");
        }
    }

    #[test]
    fn accepts_passport_numbers_where_the_form_does() {
        assert_eq!(hint_ids("Kimlik No", "U12345678", "nesbireysel.login"), [""; 0]);
        assert_eq!(hint_ids("Kimlik No", "123456789", "nesbireysel.login"), [""; 0]);
        assert_eq!(hint_ids("Kimlik No", "U12345678", "sanalpos.query"), ["identity.letters"]);
        assert_eq!(hint_ids("T.C. Kimlik No (ya da Pasaport No)", "U12345678", "sanalpos.query"), [""; 0]);
    }

    /// A field and a value for every message.
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
    fn every_finding_has_a_message_with_its_arguments() {
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
            let found = form_hints(
                &pages()[0].fields,
                &pages()[0].choices,
                &snapshot,
                &UserContext::default(),
                Day::new(2026, 11, 26),
            );
            assert_eq!(found[0].message, message, "{label} {value}");
            for hint in found {
                for lang in [Lang::Tr, Lang::En] {
                    let placeholders = Catalog::of(lang).placeholders(&hint.message);
                    assert!(Catalog::of(lang).has(&hint.message), "{}", hint.message);
                    assert!(placeholders.iter().eq(hint.args.keys()), "{}", hint.message);
                }
            }
        }
    }

    #[test]
    fn ignores_read_only_fields() {
        let readonly = Field {
            label: "Kimlik No".to_owned(),
            value: "1".to_owned(),
            readonly: true,
            ..Field::default()
        };
        let snapshot = PageSnapshot { fields: vec![readonly], ..PageSnapshot::default() };
        assert_eq!(
            form_hints(&pages()[0].fields, &pages()[0].choices, &snapshot, &UserContext::default(), None),
            []
        );
    }
}
