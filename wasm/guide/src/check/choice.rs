//! Choices that contradict the user's procedure.

use super::choice_rule::ChoiceRule;
use super::finding::{Anchor, Finding};
use super::form::Form;
use super::form_check::{FormCheck, Scope};
use crate::label::asks_to_choose;
use crate::{Field, FieldKind};
use eimza_turkish::unaccented_words;

pub(super) struct ChoiceCheck;

impl FormCheck for ChoiceCheck {
    fn scope(&self) -> Scope {
        Scope::Form
    }

    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>) {
        let fields = &form.snapshot.fields;
        for rule in form.choices.iter().filter(|rule| rule.when.holds(form.user_context)) {
            let contradicting = fields
                .iter()
                .enumerate()
                .filter(|(_, field)| !field.readonly && contradicts(rule, field, fields));
            findings.extend(
                contradicting
                    .map(|(index, _)| Finding::new(&rule.message, rule.severity).at(Anchor::Field(index))),
            );
        }
    }

    /// The messages are in the page files, whose tests read them.
    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample> {
        Vec::new()
    }
}

/// Returns whether the choice is one that the rule rejects, and another can be made.
fn contradicts(rule: &ChoiceRule, field: &Field, all: &[Field]) -> bool {
    let is_one_of = |texts: &[String], text: &str| {
        texts.iter().any(|other| unaccented_words(other) == unaccented_words(text))
    };
    if field.is_list() {
        let has = |texts: &[String]| field.options.iter().any(|option| is_one_of(texts, option));
        let is_alternative =
            |option: &String| !is_one_of(&rule.rejected, option) && !field.is_placeholder_option(option);
        // The choices of a list that is closed may be unknown; a list has more than one.
        let has_alternative = field.options.is_empty() || field.options.iter().any(is_alternative);
        let is_meant = if has_name(field) {
            field.matches_label(&rule.at)
        } else {
            has(&rule.rejected) && has(&rule.expected)
        };
        return is_meant && is_one_of(&rule.rejected, &field.value) && has_alternative;
    }
    match field.kind {
        FieldKind::Radio => {
            let mut group = all.iter().filter(|other| {
                other.kind == FieldKind::Radio && !other.is_radio_group() && other.name == field.name
            });
            !field.value.is_empty()
                && !field.name.is_empty()
                && is_one_of(&rule.rejected, &field.label)
                && group.any(|other| is_one_of(&rule.expected, &other.label))
        }
        _ => field.matches_label(&rule.at) && is_one_of(&rule.rejected, &field.value),
    }
}

/// Returns whether the page names a list. A placeholder that asks to choose is no name.
fn has_name(field: &Field) -> bool {
    !asks_to_choose(field.name_text())
}

#[cfg(test)]
mod tests {
    use super::super::run::form_hints;
    use super::*;
    use crate::normalized_snapshot::NormalizedSnapshot;
    use crate::pages::pages;
    use crate::{Hint, PageSnapshot, Role, SavedState, ScreenId, UserContext};

    const REASONS: [&str; 4] = ["Seçiniz", "Yenileme", "Kayıp Çalıntı", "Diğer"];

    fn hints(choices: &'static [ChoiceRule], fields: &[Field], user_context: &UserContext) -> Vec<Hint> {
        let snapshot = PageSnapshot { fields: fields.to_vec(), ..PageSnapshot::default() };
        form_hints(&[], choices, &NormalizedSnapshot::of(&snapshot), user_context, None)
    }

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

    fn hint_ids(procedure: Option<&str>, role: Option<Role>, field: Field) -> Vec<String> {
        let form = ScreenId::from("portal.form".to_owned());
        let page = pages().iter().find(|page| page.screen_id() == form).unwrap();
        let saved_state = SavedState { role, current: procedure.map(str::to_owned), ..SavedState::default() };
        let user_context = saved_state.user_context(Some(&form), None);
        hints(&page.choices, &[field], &user_context).into_iter().map(|hint| hint.id).collect()
    }

    fn reason(procedure: Option<&str>, value: &str) -> Vec<String> {
        hint_ids(procedure, None, list("Başvuru Nedeni (*)", &REASONS, value))
    }

    #[test]
    fn reports_reasons_of_other_procedures() {
        for value in ["Kayıp Çalıntı", "KAYIP/ÇALINTI"] {
            assert_eq!(reason(Some("renewal"), value), ["choice.reason.cancels"], "{value}");
        }
        assert_eq!(reason(Some("renewal"), "Diğer"), ["choice.reason.renewal"]);
        assert_eq!(reason(Some("first-application"), "Kayıp Çalıntı"), ["choice.reason.cancels"]);
        assert_eq!(reason(Some("first-application"), "Yenileme"), ["choice.reason.first"]);
        assert_eq!(reason(Some("lost"), "Yenileme"), ["choice.reason.lost"]);
    }

    #[test]
    fn accepts_the_right_reason_and_unknown_ones() {
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
    fn checks_radio_buttons_of_a_known_group() {
        let radio = |label: &str, value: &str| Field {
            kind: FieldKind::Radio,
            name: "n1".to_owned(),
            ..list(label, &[], value)
        };
        let chosen = |first: Field, second: Field| {
            let form = ScreenId::from("portal.form".to_owned());
            let page = pages().iter().find(|page| page.screen_id() == form).unwrap();
            let saved_state = SavedState { current: Some("renewal".to_owned()), ..SavedState::default() };
            hints(&page.choices, &[first, second], &saved_state.user_context(Some(&form), None)).len()
        };
        assert_eq!(chosen(radio("Kayıp Çalıntı", "2"), radio("Yenileme", "")), 1);
        assert_eq!(chosen(radio("Kayıp Çalıntı", ""), radio("Yenileme", "1")), 0, "not chosen");
        assert_eq!(chosen(radio("Diğer", "2"), radio("Doktor", "")), 0, "an unrelated group");
    }

    fn group(label: &str, options: &[&str], value: &str) -> Field {
        Field { kind: FieldKind::Radio, ..list(label, options, value) }
    }

    #[test]
    fn checks_groups_of_radio_buttons_with_their_label() {
        let ids = |field| hint_ids(Some("renewal"), None, field);
        for label in ["Başvuru Nedeni", "Başvuru Nedeni (zorunlu)", "BAŞVURU NEDENI *", ""] {
            assert_eq!(
                ids(group(label, &REASONS[1..], "Kayıp Çalıntı")),
                ["choice.reason.cancels"],
                "{label}"
            );
        }
        assert_eq!(ids(group("Başvuru Nedeni", &REASONS[1..], "")), [""; 0], "not chosen");
        assert_eq!(ids(group("Başvuru Nedeni", &REASONS[1..], "Yenileme")), [""; 0]);
        assert_eq!(ids(group("", &["Diğer", "Doktor"], "Diğer")), [""; 0], "an unrelated group");
        assert_eq!(ids(group("Meslek", &["Yenileme", "Diğer"], "Diğer")), [""; 0], "another label");
        let readonly = Field { readonly: true, ..group("Başvuru Nedeni", &REASONS, "Kayıp Çalıntı") };
        assert_eq!(ids(readonly), [""; 0]);
    }

    #[test]
    fn recognises_lists_without_label_by_their_choices() {
        let ids = |field| hint_ids(Some("renewal"), None, field);
        for placeholder in ["", "Seçiniz", "Bir neden seçin"] {
            let field =
                Field { placeholder: placeholder.to_owned(), ..list("", &REASONS, "Kayıp Çalıntı") };
            assert_eq!(ids(field), ["choice.reason.cancels"], "{placeholder}");
        }
        assert_eq!(ids(list("", &["Seçiniz", "Kayıp Çalıntı"], "Kayıp Çalıntı")), [""; 0], "no right choice");
    }

    #[test]
    fn reports_the_choice_of_a_closed_list() {
        let ids = |field| hint_ids(Some("renewal"), None, field);
        assert_eq!(ids(list("Başvuru Nedeni", &[], "Kayıp Çalıntı")), ["choice.reason.cancels"]);
        assert_eq!(
            ids(list("Başvuru Nedeni", &[], "Kayıp C\u{327}alıntı\u{200b}")),
            ["choice.reason.cancels"]
        );
        for value in ["", "Seçiniz…", "Bir neden seçin", "Seçim yapılmadı", "Yenileme"] {
            assert_eq!(ids(list("Başvuru Nedeni", &[], value)), [""; 0], "{value}");
        }
        assert_eq!(ids(list("", &[], "Kayıp Çalıntı")), [""; 0], "neither label nor choices");
        let readonly = Field { readonly: true, ..list("Başvuru Nedeni", &[], "Kayıp Çalıntı") };
        assert_eq!(ids(readonly), [""; 0]);
    }

    #[test]
    fn reports_terms_other_than_the_paid_one() {
        let term = |options: &[&str], value| {
            hint_ids(Some("renewal"), Some(Role::FamilyPhysician), list("Sertifika Süresi", options, value))
        };
        assert_eq!(term(&["1 Yıl", "3 Yıl"], "1 Yıl"), ["choice.term"]);
        assert_eq!(term(&["1 Yıl", "3 Yıl"], "3 Yıl"), [""; 0]);
        assert_eq!(term(&["1 Yıl"], "1 Yıl"), [""; 0], "nothing else can be chosen");
    }

    #[test]
    fn reports_unpaid_and_missing_readers() {
        const READERS: [&str; 4] = ["Seçiniz", "Mini Kart Okuyucu", "Masaüstü Kart Okuyucu", "İstemiyorum"];
        let reader = |procedure, role, value| {
            hint_ids(Some(procedure), Some(role), list("Kart Okuyucu Tipi", &READERS, value))
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
        assert_eq!(hint_ids(Some("renewal"), Some(physician), only), [""; 0], "nothing else can be chosen");
    }
}
