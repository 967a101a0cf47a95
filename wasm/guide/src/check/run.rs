//! Runs all checks on a page's form.

use super::choice_rule::ChoiceRule;
use super::form::Form;
use super::form_check::Scope;
use super::registry::{CHECKS, FieldLabels, purpose_of};
use crate::normalized_snapshot::NormalizedSnapshot;
use crate::{Hint, UserContext};
use eimza_payment::Day;

/// Runs all checks on a form; returns the hints. `labels` and `choices` are the page's own.
pub(crate) fn form_hints(
    labels: &[FieldLabels],
    choices: &'static [ChoiceRule],
    normalized: &NormalizedSnapshot<'_>,
    user_context: &UserContext,
    today: Option<Day>,
) -> Vec<Hint> {
    let snapshot = normalized.snapshot();
    let purposes = snapshot.fields.iter().map(|field| purpose_of(labels, field)).collect();
    let form = Form { snapshot, normalized, choices, user_context, today, purposes };
    let mut scoped_findings = Vec::new();
    let mut findings = Vec::new();
    for check in CHECKS {
        check.check(&form, &mut findings);
        scoped_findings.extend(findings.drain(..).map(|finding| (check.scope(), finding)));
    }
    scoped_findings
        .sort_by_key(|(scope, finding)| (*scope, (*scope != Scope::Form).then_some(finding.anchor)));
    scoped_findings.into_iter().map(|(_, finding)| finding.into_hint(normalized)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::pages;
    use crate::{Field, PageSnapshot};

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
        form_hints(
            &page.fields,
            &page.choices,
            &NormalizedSnapshot::of(&snapshot),
            &UserContext::default(),
            None,
        )
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
            "T.C. Kimlik Numaranız (zorunlu)",
            "Kimlik\u{ad} No: Bu alan zorunludur",
        ] {
            assert_eq!(hint_ids(label, "10000000147", "sanalpos.query"), ["identity.checksum"], "{label}");
        }
        for label in ["Kurum Kimlik No", "Kimlik Seri No", "Ad", ""] {
            assert_eq!(hint_ids(label, "10000000147", "sanalpos.query"), [""; 0], "{label}");
        }
        assert_eq!(hint_ids("GSM", "0224 123 45 67", "portal.form"), ["phone.mobile"]);
        assert_eq!(hint_ids("Cep Telefonunuz", "0224 123 45 67", "portal.form"), ["phone.mobile"]);
        assert_eq!(hint_ids("E-posta", "deneme", "portal.form"), ["email.form"]);
        assert_eq!(hint_ids("E-postanız", "deneme", "portal.form"), ["email.form"]);
        assert_eq!(hint_ids("Doğum Tarihi", "31.02.1980", "portal.login"), ["birth.date.none"]);
        assert_eq!(hint_ids("IBAN", "TR65 0001 2009 3310 0006 1000 37", "kartokuyucu.form"), ["iban.bank"]);
    }

    #[test]
    fn ignores_open_mask_positions() {
        for (label, value) in [
            ("Kimlik No", "___________"),
            ("Kimlik No", "1000000____"),
            ("Kimlik No", "XXXXXXXXXXX"),
            ("Kimlik No", "10000XXXXXX"),
            ("IBAN", "TR__ ____ ____ ____ ____ ____ __"),
            ("IBAN", "TR41 0001 2009 5940 0005 0000 __"),
            ("IBAN", "TRXX XXXX XXXX XXXX XXXX XXXX XX"),
            ("GSM", "(___) ___ __ __"),
            ("GSM", "+90 (5__) ___ __ __"),
            ("GSM", "0(5XX) XXX XX XX"),
            ("Doğum Tarihi", "__.__.____"),
            ("Doğum Tarihi", "__/__/2026"),
            ("Doğum Tarihi", "31.aa.yyyy"),
            ("Doğum Tarihi", "GG/AA/YYYY"),
        ] {
            assert_eq!(hint_ids(label, value, "sanalpos.query"), [""; 0], "{label} {value}");
        }
    }

    #[test]
    fn recognises_fields_of_an_address_by_the_words_of_their_labels() {
        for label in
            ["Ev Adresi", "Teslim Edilecek Adres (zorunlu)", "Adres Satırı 1", "I\u{307}s\u{327} Adresi"]
        {
            let expected = ["address.rule", "address.abbreviation", "address.no.district"];
            assert_eq!(hint_ids(label, "Gül Sokak No:5", "kartokuyucu.form"), expected, "{label}");
        }
        assert_eq!(hint_ids("Ev Adresi", "Gül Cad. 5 Merkez", "portal.form"), ["address.abbreviation"]);
        assert_eq!(hint_ids("İliniz", "Mersn", "portal.form"), ["address.province.typo"]);
        assert_eq!(hint_ids("Posta Kodunuz", "99999", "portal.form"), ["address.postal.unknown"]);
        for label in ["Adres Tipi", "Web Adresi", "Adres No"] {
            assert_eq!(hint_ids(label, "Gül Cad. 5 Merkez", "kartokuyucu.form"), [""; 0], "{label}");
        }
        assert_eq!(hint_ids("Ev Adresi", "Gül Cad. 5", "sanalpos.query"), [""; 0], "it asks for no address");
    }

    #[test]
    fn accepts_passport_numbers_where_the_form_does() {
        assert_eq!(hint_ids("Kimlik No", "U12345678", "nesbireysel.login"), [""; 0]);
        assert_eq!(hint_ids("Kimlik No", "123456789", "nesbireysel.login"), [""; 0]);
        assert_eq!(hint_ids("Kimlik No", "U12345678", "sanalpos.query"), ["identity.letters"]);
        assert_eq!(hint_ids("T.C. Kimlik No (ya da Pasaport No)", "U12345678", "sanalpos.query"), [""; 0]);
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
            form_hints(
                &pages()[0].fields,
                &pages()[0].choices,
                &NormalizedSnapshot::of(&snapshot),
                &UserContext::default(),
                None
            ),
            []
        );
    }
}
