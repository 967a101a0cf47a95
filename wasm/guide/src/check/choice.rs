//! Choices that contradict the procedure that the user is in.

use crate::page::ChoiceRule;
use crate::{Field, FieldKind, Hint, Situation};
use eimza_turkish::words;

/// The hints on everything that is chosen.
pub(super) fn hints(rules: &[ChoiceRule], fields: &[Field], situation: &Situation) -> Vec<Hint> {
    let said = rules.iter().filter(|rule| rule.when.holds(situation));
    said.flat_map(|rule| {
        fields
            .iter()
            .filter(move |field| contradicts(rule, field))
            .map(move |field| Hint::new(&rule.message, rule.severity).at(&field.reference))
    })
    .collect()
}

fn contradicts(rule: &ChoiceRule, field: &Field) -> bool {
    let refused = |text: &str| rule.refuses.iter().any(|refused| words(refused) == words(text));
    match field.kind {
        // What cannot be chosen otherwise contradicts nothing.
        FieldKind::Select => {
            let other = |option: &String| {
                !refused(option) && !Field { value: option.clone(), ..field.clone() }.is_empty()
            };
            field.is_called(&rule.at) && refused(&field.value) && field.options.iter().any(other)
        }
        // A radio button is called as what it chooses.
        FieldKind::Radio => !field.value.is_empty() && refused(&field.label),
        _ => field.is_called(&rule.at) && !field.readonly && refused(&field.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::pages;
    use crate::{Notebook, Place, Role};

    const REASONS: [&str; 4] = ["Seçiniz", "Yenileme", "Kayıp Çalıntı", "Diğer"];

    fn list(label: &str, options: &[&str], value: &str) -> Field {
        Field {
            reference: "f".to_owned(),
            kind: FieldKind::Select,
            label: label.to_owned(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            value: value.to_owned(),
            ..Field::default()
        }
    }

    fn said(procedure: Option<&str>, role: Option<Role>, field: Field) -> Vec<String> {
        let form = Place::from("portal.form".to_owned());
        let page = pages().iter().find(|page| page.place() == form).unwrap();
        let notebook = Notebook { role, current: procedure.map(str::to_owned), ..Notebook::default() };
        let situation = notebook.situation(Some(&form), None);
        hints(&page.choices, &[field], &situation).into_iter().map(|hint| hint.id).collect()
    }

    fn reason(procedure: Option<&str>, value: &str) -> Vec<String> {
        said(procedure, None, list("Başvuru Nedeni (*)", &REASONS, value))
    }

    #[test]
    fn a_reason_of_another_procedure_is_asked_about() {
        for value in ["Kayıp Çalıntı", "KAYIP/ÇALINTI"] {
            assert_eq!(reason(Some("renewal"), value), ["choice.reason.cancels"], "{value}");
        }
        assert_eq!(reason(Some("renewal"), "Diğer"), ["choice.reason.renewal"]);
        assert_eq!(reason(Some("first-application"), "Kayıp Çalıntı"), ["choice.reason.cancels"]);
        assert_eq!(reason(Some("first-application"), "Yenileme"), ["choice.reason.first"]);
        assert_eq!(reason(Some("lost"), "Yenileme"), ["choice.reason.lost"]);
    }

    #[test]
    fn the_reason_of_the_procedure_gets_silence_and_so_does_one_that_nobody_knows() {
        for (procedure, value) in [
            (Some("renewal"), "Yenileme"),
            (Some("renewal"), "Seçiniz"),
            (Some("renewal"), "Başka bir neden"),
            (Some("lost"), "Kayıp Çalıntı"),
            (Some("first-application"), "Diğer"),
            (None, "Kayıp Çalıntı"),
            (Some("unlock"), "Kayıp Çalıntı"),
        ] {
            assert_eq!(reason(procedure, value), [""; 0], "{procedure:?} {value}");
        }
    }

    #[test]
    fn a_radio_button_is_as_good_as_a_list() {
        let radio = |value: &str| Field { kind: FieldKind::Radio, ..list("Kayıp Çalıntı", &[], value) };
        assert_eq!(said(Some("renewal"), None, radio("2")), ["choice.reason.cancels"]);
        assert_eq!(said(Some("renewal"), None, radio("")), [""; 0], "not chosen");
    }

    #[test]
    fn a_term_other_than_the_one_that_is_paid_is_asked_about() {
        let term = |options: &[&str], value| {
            said(Some("renewal"), Some(Role::FamilyPhysician), list("Sertifika Süresi", options, value))
        };
        assert_eq!(term(&["1 Yıl", "3 Yıl"], "1 Yıl"), ["choice.term"]);
        assert_eq!(term(&["1 Yıl", "3 Yıl"], "3 Yıl"), [""; 0]);
        assert_eq!(term(&["1 Yıl"], "1 Yıl"), [""; 0], "nothing else can be chosen");
    }

    #[test]
    fn a_reader_that_is_not_paid_or_is_lacking_is_asked_about() {
        const READERS: [&str; 4] = ["Seçiniz", "Mini Kart Okuyucu", "Masaüstü Kart Okuyucu", "İstemiyorum"];
        let reader = |procedure, role, value| {
            said(Some(procedure), Some(role), list("Kart Okuyucu Tipi", &READERS, value))
        };
        let physician = Role::FamilyPhysician;
        assert_eq!(reader("renewal", physician, "Mini Kart Okuyucu"), ["choice.reader.renewal"]);
        assert_eq!(reader("renewal", physician, "İstemiyorum"), [""; 0]);
        assert_eq!(
            reader("first-application", physician, "Masaüstü Kart Okuyucu"),
            ["choice.reader.desktop"]
        );
        assert_eq!(reader("first-application", physician, "İstemiyorum"), ["choice.reader.none"]);
        assert_eq!(reader("first-application", physician, "Mini Kart Okuyucu"), [""; 0]);
        assert_eq!(reader("renewal", Role::OtherStaff, "Mini Kart Okuyucu"), [""; 0], "they pay nothing");
        let only = list("Kart Okuyucu Tipi", &["", "Mini Kart Okuyucu"], "Mini Kart Okuyucu");
        assert_eq!(said(Some("renewal"), Some(physician), only), [""; 0], "nothing else can be chosen");
    }
}
