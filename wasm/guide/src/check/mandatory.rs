//! Mandatory fields that are empty when the user reaches the button that sends the form.

use crate::{Button, Field, FieldKind, Hint, PageSnapshot, Severity};
use eimza_turkish::words;
use std::sync::OnceLock;

/// Nothing before the user has been at a button that sends; then a hint at each empty field, and one that names them,
/// for the page and for whoever is at the button. Sending is the user's business all the same.
pub(super) fn hints(snapshot: &PageSnapshot) -> Vec<Hint> {
    let sending: Vec<&Button> =
        snapshot.buttons.iter().filter(|button| button.reached && sends(button)).collect();
    let empty: Vec<&Field> =
        snapshot.fields.iter().filter(|field| is_missing(field, &snapshot.fields)).collect();
    if sending.is_empty() || empty.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = empty.iter().map(|field| plain_name(field)).collect();
    let named = Hint::new("mandatory_missing", Severity::Error).with([("fields", names.join(", "))]);
    // At the button a card would lie over fields that are still to be filled in: it waits there.
    let at_buttons = sending.iter().map(|button| Hint { quiet: true, ..named.clone().at(&button.reference) });
    let at_fields =
        empty.iter().map(|field| Hint::new("mandatory_empty", Severity::Error).at(&field.reference));
    at_fields.chain([named.clone()]).chain(at_buttons).collect()
}

/// Whether a button is called as those are that send a form: `data/send-buttons.json`.
fn sends(button: &Button) -> bool {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    // Part of the program, and read by a test: an unreadable list never ships.
    let known = WORDS.get_or_init(|| {
        serde_json::from_str(include_str!("../../data/send-buttons.json")).unwrap_or_default()
    });
    words(&button.text).iter().any(|word| known.contains(word))
}

/// A field that the page marks as mandatory and the user left empty. Of one that is not read nobody knows.
fn is_missing(field: &Field, all: &[Field]) -> bool {
    let marked = field.required || field.name_shown().contains('*');
    if !marked || field.readonly || field.unread || field.kind == FieldKind::Password {
        return false;
    }
    if field.kind != FieldKind::Radio {
        return field.is_empty();
    }
    // One of a group is enough, and the first stands for all.
    let mut group = all.iter().filter(|other| other.kind == FieldKind::Radio && other.name == field.name);
    group.clone().next().is_some_and(|first| first.reference == field.reference)
        && group.all(|other| other.value.is_empty())
}

fn plain_name(field: &Field) -> String {
    let name = field.name_shown().replace("(*)", "");
    name.trim_matches(|end: char| end.is_whitespace() || "*:".contains(end)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(label: &str, value: &str) -> Field {
        Field {
            reference: label.to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            ..Field::default()
        }
    }

    fn form(fields: Vec<Field>, button: &str, reached: bool) -> PageSnapshot {
        let button = Button { reference: "b1".to_owned(), text: button.to_owned(), reached };
        PageSnapshot { fields, buttons: vec![button], ..PageSnapshot::default() }
    }

    fn said(snapshot: &PageSnapshot) -> Vec<(String, String)> {
        hints(snapshot).into_iter().map(|hint| (hint.anchor.unwrap_or_default(), hint.id)).collect()
    }

    #[test]
    fn empty_fields_are_named_once_the_button_is_reached() {
        let fields = vec![
            field("GSM (*)", ""),
            field("E-posta (*) :", "  "),
            field("İl (*)", "Mersin"),
            field("Not", ""),
        ];
        assert_eq!(said(&form(fields.clone(), "Gönder", false)), []);
        let hints = hints(&form(fields, "Gönder", true));
        let anchors: Vec<_> = hints.iter().map(|hint| hint.anchor.as_deref().unwrap_or("the page")).collect();
        assert_eq!(anchors, ["GSM (*)", "E-posta (*) :", "the page", "b1"]);
        assert_eq!(hints[2].args["fields"], "GSM, E-posta");
    }

    #[test]
    fn only_a_button_that_sends_counts() {
        for (button, count) in [
            ("Form Onayla", 3),
            ("KAYDET VE DEVAM ET", 3),
            ("Vazgeç", 0),
            ("Yenile", 0),
            ("Gönderim koşulları", 0),
        ] {
            assert_eq!(said(&form(vec![field("GSM *", "")], button, true)).len(), count, "{button}");
        }
    }

    #[test]
    fn of_what_is_not_read_nothing_is_said() {
        let unread = Field { unread: true, required: true, ..field("Güvenlik Sözcüğü (*)", "") };
        let password = Field { kind: FieldKind::Password, required: true, ..field("Parola", "") };
        let readonly = Field { readonly: true, required: true, ..field("Kurum Adı", "") };
        assert_eq!(said(&form(vec![unread, password, readonly], "Gönder", true)), []);
    }

    #[test]
    fn a_list_that_asks_to_choose_is_empty_and_one_that_offers_one_thing_is_not() {
        let list = |value: &str| Field {
            kind: FieldKind::Select,
            required: true,
            ..field("Kart Okuyucu Tipi", value)
        };
        for empty in ["", "Seçiniz", "-- Lütfen seçiniz --", "Kart Okuyucu Tipi"] {
            assert_eq!(said(&form(vec![list(empty)], "Gönder", true)).len(), 3, "{empty}");
        }
        assert_eq!(said(&form(vec![list("Mini Kart Okuyucu")], "Gönder", true)), []);
    }

    #[test]
    fn one_of_a_group_of_radio_buttons_is_enough() {
        let radio = |reference: &str, value: &str| Field {
            reference: reference.to_owned(),
            kind: FieldKind::Radio,
            name: "yayin".to_owned(),
            required: true,
            ..field("Evet", value)
        };
        assert_eq!(said(&form(vec![radio("f1", ""), radio("f2", "")], "Gönder", true)).len(), 3);
        assert_eq!(said(&form(vec![radio("f1", ""), radio("f2", "H")], "Gönder", true)), []);
    }
}
