//! Mandatory fields that are empty when the user reaches the button that submits the form.

use super::filled_in::is_empty;
use super::finding::{Anchor, Finding};
use super::form::Form;
use super::form_check::{FormCheck, Scope};
use crate::{Button, Field, FieldKind, Severity};
use eimza_turkish::unaccented_words;
use serde::Deserialize;
use std::sync::OnceLock;

/// Reports nothing before the user has reached a submit button. Then each empty field gets a finding, and one
/// that lists all of them is shown for the page and at the button. The form can still be submitted.
pub(super) struct MandatoryCheck;

impl FormCheck for MandatoryCheck {
    fn scope(&self) -> Scope {
        Scope::Form
    }

    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>) {
        if form.snapshot.partial {
            return; // what was not read may be filled in
        }
        let fields = &form.snapshot.fields;
        let buttons = form.snapshot.buttons.iter().enumerate();
        let mut reached = buttons.filter(|(_, button)| button.reached && submits(button)).peekable();
        let empty: Vec<(usize, &Field)> =
            fields.iter().enumerate().filter(|(index, _)| is_missing(*index, form)).collect();
        if reached.peek().is_none() || empty.is_empty() {
            return;
        }
        findings.extend(
            empty
                .iter()
                .map(|(index, _)| Finding::new("mandatory_empty", Severity::Error).at(Anchor::Field(*index))),
        );
        let names: Vec<String> = empty.iter().map(|(_, field)| plain_name(field, fields)).collect();
        let missing = Finding::new("mandatory_missing", Severity::Error).with("fields", &names.join(", "));
        findings.push(missing.clone());
        // A hint card opened at once at the button would cover fields that are not filled in yet.
        findings.extend(
            reached.map(|(index, _)| Finding { quiet: true, ..missing.clone() }.at(Anchor::Button(index))),
        );
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample> {
        use super::sample::Sample;
        vec![
            Sample::new("mandatory_empty", &[("GSM *", "")]),
            Sample::new("mandatory_missing", &[("GSM *", "")]),
        ]
    }
}

/// Texts of buttons: `data/send-buttons.json`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ButtonTexts {
    /// Those of submit buttons.
    send: Vec<String>,
    /// Those of other buttons, even next to a text from the list above.
    other: Vec<String>,
}

/// A longer text is a sentence or a link.
const MAX_WORDS: usize = 4;

/// Returns whether a button has the text of a submit button.
fn submits(button: &Button) -> bool {
    static TEXTS: OnceLock<ButtonTexts> = OnceLock::new();
    let texts =
        TEXTS.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/send-buttons"))));
    let words = unaccented_words(&button.text);
    // Turkish puts the verb last: "Kaydet ve devam et" submits, "Devam eden başvurular" is a link.
    let ends = texts.send.iter().any(|phrase| words.ends_with(&unaccented_words(phrase)));
    let is_other =
        texts.other.iter().any(|phrase| unaccented_words(phrase).iter().all(|word| words.contains(word)));
    words.len() <= MAX_WORDS && ends && !is_other
}

/// Returns whether the page marks a field as mandatory and the user left it empty. Fields whose value is
/// never read do not count.
fn is_missing(index: usize, form: &Form<'_>) -> bool {
    let all = &form.snapshot.fields;
    let field = &all[index];
    if field.unread || field.kind == FieldKind::Password {
        return false;
    }
    if field.kind != FieldKind::Radio || field.is_radio_group() {
        return field.is_mandatory() && !field.readonly && is_empty(field, form.purposes[index]);
    }
    // One choice is enough for a group; its first editable button stands for the group.
    let mut group = group_of(field, all).peekable();
    let is_first = group.peek().is_some_and(|first| first.reference == field.reference);
    is_first
        && group_of(field, all).any(Field::is_mandatory)
        && group_of(field, all).all(|other| other.value.is_empty())
}

/// Returns the editable radio buttons of a field's group; none where they have no name in common.
fn group_of<'a>(field: &'a Field, all: &'a [Field]) -> impl Iterator<Item = &'a Field> {
    let is_in_group = |other: &&Field| {
        let is_button = other.kind == FieldKind::Radio && !other.is_radio_group();
        is_button && !other.name.is_empty() && other.name == field.name
    };
    all.iter().filter(is_in_group).filter(|other| !other.readonly)
}

/// Returns the name of a field without what marks it as mandatory; for radio buttons without a name in common
/// the choices of the group.
fn plain_name(field: &Field, all: &[Field]) -> String {
    let plain = |field: &Field| {
        let name = field.name_text().replace("(*)", "");
        let name = name.trim_matches(|end: char| end.is_whitespace() || "*:".contains(end));
        // The parenthesis around the mark.
        name.strip_suffix('(').unwrap_or(name).trim_end().to_owned()
    };
    match field.kind {
        FieldKind::Radio if field.is_radio_group() && field.label.trim().is_empty() => {
            field.options.join(" / ")
        }
        FieldKind::Radio if field.is_radio_group() => plain(field),
        FieldKind::Radio => group_of(field, all).map(plain).collect::<Vec<_>>().join(" / "),
        _ => plain(field),
    }
}

#[cfg(test)]
mod tests {
    use super::super::run::form_hints;
    use super::super::sample::field;
    use super::*;
    use crate::normalized_snapshot::NormalizedSnapshot;
    use crate::{Hint, PageSnapshot, UserContext};

    fn hints(snapshot: &PageSnapshot) -> Vec<Hint> {
        form_hints(&[], &[], &NormalizedSnapshot::of(snapshot), &UserContext::default(), None)
    }

    fn form(fields: Vec<Field>, button: &str, reached: bool) -> PageSnapshot {
        let button = Button { reference: "b1".to_owned(), text: button.to_owned(), reached };
        PageSnapshot { fields, buttons: vec![button], ..PageSnapshot::default() }
    }

    fn findings(snapshot: &PageSnapshot) -> Vec<(String, String)> {
        hints(snapshot).into_iter().map(|hint| (hint.anchor.unwrap_or_default(), hint.id)).collect()
    }

    #[test]
    fn lists_empty_fields_once_the_button_is_reached() {
        let fields = vec![
            field("GSM (*)", ""),
            field("E-posta (*) :", "  "),
            field("İl (*)", "Mersin"),
            field("Not", ""),
        ];
        assert_eq!(findings(&form(fields.clone(), "Gönder", false)), []);
        let hints = hints(&form(fields, "Gönder", true));
        let anchors: Vec<_> = hints.iter().map(|hint| hint.anchor.as_deref().unwrap_or("the page")).collect();
        assert_eq!(anchors, ["GSM (*)", "E-posta (*) :", "the page", "b1"]);
        assert_eq!(hints[2].args["fields"], "GSM, E-posta");
    }

    #[test]
    fn only_submit_buttons_count() {
        for (button, count) in [
            ("Form Onayla", 3),
            ("KAYDET VE DEVAM ET", 3),
            ("Vazgeç", 0),
            ("Tekrar Gönder", 0),
            ("Devam Eden Başvurular", 0),
            ("Giriş Sayfası", 0),
            ("E-devlet ile Giriş", 0),
            ("Onay Kodu Gönder", 0),
            ("Yenile", 0),
            ("Gönderim koşulları", 0),
        ] {
            assert_eq!(findings(&form(vec![field("GSM *", "")], button, true)).len(), count, "{button}");
        }
    }

    #[test]
    fn ignores_unread_and_read_only_fields() {
        let unread = Field { unread: true, required: true, ..field("Güvenlik Sözcüğü (*)", "") };
        let password = Field { kind: FieldKind::Password, required: true, ..field("Parola", "") };
        let readonly = Field { readonly: true, required: true, ..field("Kurum Adı", "") };
        assert_eq!(findings(&form(vec![unread, password, readonly], "Gönder", true)), []);
    }

    #[test]
    fn lists_that_ask_to_choose_are_empty() {
        let list = |value: &str| Field {
            kind: FieldKind::Select,
            required: true,
            ..field("Kart Okuyucu Tipi", value)
        };
        for empty in
            ["", "Seçiniz", "-- Lütfen seçiniz --", "Seçim Yapınız", "SEÇINIZ", "--", "Kart Okuyucu Tipi"]
        {
            assert_eq!(findings(&form(vec![list(empty)], "Gönder", true)).len(), 3, "{empty}");
        }
        assert_eq!(findings(&form(vec![list("Mini Kart Okuyucu")], "Gönder", true)), []);
    }

    #[test]
    fn a_dash_is_a_value_and_an_open_mask_is_empty() {
        assert_eq!(findings(&form(vec![field("Daire No (*)", "-")], "Gönder", true)), []);
        assert_eq!(findings(&form(vec![field("GSM (*)", "(___) ___ __ __")], "Gönder", true)).len(), 3);
    }

    #[test]
    fn drawn_lists_that_ask_to_choose_are_empty() {
        let list = |value: &str, placeholder: &str| Field {
            kind: FieldKind::Select,
            required: true,
            placeholder: placeholder.to_owned(),
            ..field("Başvuru Nedeni", value)
        };
        for (value, placeholder) in [
            ("Seçiniz…", ""),
            ("Lütfen seçin", ""),
            ("Bir neden seçin", ""),
            ("Seçim yapılmadı", ""),
            ("Select…", ""),
            ("Neden", "Neden"),
        ] {
            assert_eq!(findings(&form(vec![list(value, placeholder)], "Gönder", true)).len(), 3, "{value}");
        }
        assert_eq!(findings(&form(vec![list("Yenileme", "Seçiniz")], "Gönder", true)), []);
    }

    #[test]
    fn masks_and_placeholders_are_empty() {
        for (label, placeholder, value) in [
            ("GSM *", "", "+90 (5__) ___ __ __"),
            ("GSM *", "", "0(5XX) XXX XX XX"),
            ("IBAN *", "", "TR__ ____ ____ ____ ____ ____ __"),
            ("Doğum Tarihi *", "", "gg.aa.yyyy"),
            ("Doğum Tarihi *", "", "__/__/2026"),
            ("Ad *", "Adınız", "Adınız"),
            ("Şifre Alanı *", "", "\u{200b}"),
        ] {
            let field = Field { placeholder: placeholder.to_owned(), ..field(label, value) };
            let empty = findings(&form(vec![field], "Gönder", true));
            assert!(empty.contains(&(label.to_owned(), "mandatory.empty".to_owned())), "{label} {value}");
        }
        for (label, value) in
            [("GSM *", "0532 123 45 67"), ("E-posta *", "a__b@kurum.example"), ("Kod *", "A__B")]
        {
            assert_eq!(findings(&form(vec![field(label, value)], "Gönder", true)), [], "{label}");
        }
    }

    #[test]
    fn words_at_the_end_of_a_label_mark_a_field_as_mandatory() {
        for label in ["GSM (zorunlu)", "GSM Zorunlu alan", "GSM: Bu alan zorunludur", "GSM required"] {
            let hints = hints(&form(vec![field(label, "")], "Gönder", true));
            assert_eq!(hints.get(1).map(|hint| hint.args["fields"].as_str()), Some("GSM"), "{label}");
        }
        assert_eq!(findings(&form(vec![field("GSM zorunlu değil", "")], "Gönder", true)), []);
    }

    #[test]
    fn a_whole_radio_group_is_one_field() {
        let group = |label: &str, value: &str| Field {
            kind: FieldKind::Radio,
            options: vec!["Evet".to_owned(), "Hayır".to_owned()],
            required: true,
            ..field(label, value)
        };
        let missing = |label| hints(&form(vec![group(label, "")], "Gönder", true))[1].args["fields"].clone();
        assert_eq!(missing("Yayınlansın mı? *"), "Yayınlansın mı?");
        assert_eq!(missing(""), "Evet / Hayır");
        assert_eq!(findings(&form(vec![group("Yayınlansın mı?", "Evet")], "Gönder", true)), []);
        let readonly = Field { readonly: true, ..group("Yayınlansın mı?", "") };
        assert_eq!(findings(&form(vec![readonly], "Gönder", true)), []);
    }

    #[test]
    fn one_choice_of_a_radio_group_is_enough() {
        let radio = |reference: &str, value: &str| Field {
            reference: reference.to_owned(),
            kind: FieldKind::Radio,
            name: "yayin".to_owned(),
            required: true,
            ..field("Evet", value)
        };
        let second = |required| Field { label: "Hayır".to_owned(), required, ..radio("f2", "") };
        let first = Field { required: false, ..radio("f1", "") };
        let hints = hints(&form(vec![first, second(true)], "Gönder", true));
        assert_eq!(hints[1].args["fields"], "Evet / Hayır");
        assert_eq!(findings(&form(vec![radio("f1", ""), radio("f2", "H")], "Gönder", true)), []);
    }
}
