//! Mandatory fields that are empty when the user reaches the button that sends the form.

use crate::{Button, Field, FieldKind, Hint, PageSnapshot, Severity};
use eimza_turkish::unaccented_words;
use serde::Deserialize;
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
    let names: Vec<String> = empty.iter().map(|field| plain_name(field, &snapshot.fields)).collect();
    let named = Hint::new("mandatory_missing", Severity::Error).with([("fields", names.join(", "))]);
    // At the button a card would lie over fields that are still to be filled in: it waits there.
    let at_buttons = sending.iter().map(|button| Hint { quiet: true, ..named.clone().at(&button.reference) });
    let at_fields =
        empty.iter().map(|field| Hint::new("mandatory_empty", Severity::Error).at(&field.reference));
    at_fields.chain([named.clone()]).chain(at_buttons).collect()
}

/// What buttons say: `data/send-buttons.json`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    /// What those say that send a form.
    send: Vec<String>,
    /// What the others say, even where the words above stand beside.
    other: Vec<String>,
}

/// More words are a sentence or a link.
const MAX_WORDS: usize = 4;

/// Whether a button is called as those are that send a form.
fn sends(button: &Button) -> bool {
    static SAID: OnceLock<Said> = OnceLock::new();
    let said =
        SAID.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/send-buttons"))));
    let words = unaccented_words(&button.text);
    // What it does stands at the end: "Kaydet ve devam et", but "Devam eden başvurular" is a place to go.
    let ends = said.send.iter().any(|phrase| words.ends_with(&unaccented_words(phrase)));
    let is_other =
        said.other.iter().any(|phrase| unaccented_words(phrase).iter().all(|word| words.contains(word)));
    words.len() <= MAX_WORDS && ends && !is_other
}

/// A field that the page marks as mandatory and the user left empty. Of one that is not read nobody knows.
fn is_missing(field: &Field, all: &[Field]) -> bool {
    let marked = |field: &Field| field.required || field.display_name().contains('*');
    if field.unread || field.kind == FieldKind::Password {
        return false;
    }
    if field.kind != FieldKind::Radio {
        return marked(field) && !field.readonly && field.is_empty();
    }
    // One of a group is enough, and the first that can be chosen stands for all.
    let mut group = group_of(field, all).peekable();
    let stands = group.peek().is_some_and(|first| first.reference == field.reference);
    stands && group_of(field, all).any(marked) && group_of(field, all).all(|other| other.value.is_empty())
}

/// The radio buttons of which one can be chosen; none where they have no name in common.
fn group_of<'a>(field: &'a Field, all: &'a [Field]) -> impl Iterator<Item = &'a Field> {
    let of_group =
        |other: &&Field| other.kind == FieldKind::Radio && !other.name.is_empty() && other.name == field.name;
    all.iter().filter(of_group).filter(|other| !other.readonly)
}

/// What a field is called, without its star; radio buttons by what can be chosen.
fn plain_name(field: &Field, all: &[Field]) -> String {
    let bare = |field: &Field| {
        let name = field.display_name().replace("(*)", "");
        name.trim_matches(|end: char| end.is_whitespace() || "*:".contains(end)).to_owned()
    };
    match field.kind {
        FieldKind::Radio => group_of(field, all).map(bare).collect::<Vec<_>>().join(" / "),
        _ => bare(field),
    }
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
            ("Tekrar Gönder", 0),
            ("Devam Eden Başvurular", 0),
            ("Giriş Sayfası", 0),
            ("E-devlet ile Giriş", 0),
            ("Onay Kodu Gönder", 0),
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
        for empty in
            ["", "Seçiniz", "-- Lütfen seçiniz --", "Seçim Yapınız", "SEÇINIZ", "--", "Kart Okuyucu Tipi"]
        {
            assert_eq!(said(&form(vec![list(empty)], "Gönder", true)).len(), 3, "{empty}");
        }
        assert_eq!(said(&form(vec![list("Mini Kart Okuyucu")], "Gönder", true)), []);
    }

    #[test]
    fn a_dash_is_an_answer_and_a_mask_that_nobody_filled_in_is_none() {
        assert_eq!(said(&form(vec![field("Daire No (*)", "-")], "Gönder", true)), []);
        assert_eq!(said(&form(vec![field("GSM (*)", "(___) ___ __ __")], "Gönder", true)).len(), 3);
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
        let second = |required| Field { label: "Hayır".to_owned(), required, ..radio("f2", "") };
        let first = Field { required: false, ..radio("f1", "") };
        let hints = hints(&form(vec![first, second(true)], "Gönder", true));
        assert_eq!(hints[1].args["fields"], "Evet / Hayır");
        assert_eq!(said(&form(vec![radio("f1", ""), radio("f2", "H")], "Gönder", true)), []);
    }
}
