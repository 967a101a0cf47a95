//! Cases in which a check just reports something, or just stays silent.

use super::run::form_hints;
use super::sample::field;
use super::{IdentityNumberError, validate_identity_number};
use crate::normalized_snapshot::NormalizedSnapshot;
use crate::pages::pages;
use crate::{Button, Field, FieldKind, Hint, PageSnapshot, UserContext};
use eimza_payment::Day;

fn list(label: &str, options: &[&str], value: &str) -> Field {
    let options = options.iter().map(|&option| option.to_owned()).collect();
    Field { kind: FieldKind::Select, options, ..field(label, value) }
}

/// Returns the hints of the checks on a form of `page`, while the user types in the field `typing`.
fn hints_on(page: &str, fields: &[Field], typing: &str) -> Vec<Hint> {
    let page = pages().iter().find(|known| known.screen_id().to_string() == page).unwrap();
    let snapshot =
        PageSnapshot { fields: fields.to_vec(), typing: typing.to_owned(), ..PageSnapshot::default() };
    let normalized = NormalizedSnapshot::of(&snapshot);
    form_hints(&page.fields, &page.choices, &normalized, &UserContext::default(), Day::new(2026, 11, 26))
}

/// Returns the anchors and ids of the hints.
fn found(fields: &[Field], typing: &str) -> Vec<(String, String)> {
    let hints = hints_on("portal.form", fields, typing).into_iter();
    hints.map(|hint| (hint.anchor.unwrap_or_default(), hint.id)).collect()
}

/// Returns the ids of the hints on one field, typed completely or not.
fn ids(label: &str, value: &str, is_typing: bool) -> Vec<String> {
    let typing = if is_typing { label } else { "" };
    found(&[field(label, value)], typing).into_iter().map(|(_, id)| id).collect()
}

/// Returns the fields that are reported as mandatory and empty when the user reaches the button.
fn missing(fields: &[Field]) -> Vec<String> {
    let button = Button { reference: "b".to_owned(), text: "Gönder".to_owned(), reached: true };
    let snapshot = PageSnapshot { fields: fields.to_vec(), buttons: vec![button], ..PageSnapshot::default() };
    let page = pages().iter().find(|known| known.screen_id().to_string() == "portal.form").unwrap();
    let normalized = NormalizedSnapshot::of(&snapshot);
    let hints = form_hints(&page.fields, &page.choices, &normalized, &UserContext::default(), None);
    hints.into_iter().filter(|hint| hint.id == "mandatory.empty").filter_map(|hint| hint.anchor).collect()
}

#[test]
fn only_the_field_in_which_the_user_types_may_be_incomplete() {
    let first = Field { reference: "f1".to_owned(), ..field("GSM", "0532") };
    let second = Field { reference: "f2".to_owned(), ..field("GSM", "0533") };
    let both = [first, second];
    assert_eq!(found(&both, "f1"), [("f2".to_owned(), "phone.length".to_owned())]);
    assert_eq!(found(&both, "").len(), 2);
    let nameless = Field { reference: String::new(), ..field("GSM", "0532") };
    assert_eq!(found(&[nameless], "").len(), 1, "the user types in no field");
}

#[test]
fn a_text_that_only_shows_where_digits_belong_is_not_checked() {
    for value in ["NNNNNNNNNNN", "***********", "NNN NNN NN NN"] {
        assert_eq!(ids("GSM", value, false), [""; 0], "{value}");
        assert_eq!(missing(&[field("GSM *", value)]), ["GSM *"], "{value}");
    }
    for value in ["Anne", "NNN 1", "A"] {
        assert_eq!(ids("GSM", value, false), ["phone.letters"], "{value}");
        assert_eq!(missing(&[field("GSM *", value)]), [""; 0], "{value}");
    }
}

#[test]
fn a_masked_number_is_checked_without_its_open_positions() {
    assert_eq!(ids("GSM", "0(5__) ___ __ __", false), [""; 0]);
    assert_eq!(ids("GSM", "0(3__) ___ __ __", false), ["phone.mobile"]);
}

#[test]
fn low_lines_are_open_positions_only_where_the_text_may_not_contain_them() {
    for (label, value, is_missing) in [
        ("Kod *", "5__", true),
        ("Kod *", "5_", false),
        ("Kod *", "A__", false),
        ("Mahalle *", "5__", true),
        ("Mahalle *", "5_", false),
        ("E-posta *", "1__2", false),
        ("Doğum Tarihi *", "10.aa.yyyy", true),
        ("Doğum Tarihi *", "10.02.1980", false),
    ] {
        assert_eq!(!missing(&[field(label, value)]).is_empty(), is_missing, "{label} {value}");
    }
    assert_ne!(ids("E-posta", "1__2", false), [""; 0], "a low line belongs to the address");
}

#[test]
fn years_of_birth_from_1900_are_accepted() {
    assert_eq!(ids("Doğum Tarihi", "31.12.1899", false), ["birth.date.early"]);
    assert_eq!(ids("Doğum Tarihi", "01.01.1900", false), [""; 0]);
    assert_eq!(ids("Doğum Tarihi", "01.01.1000", true), ["birth.date.early"], "four digits are a year");
    assert_eq!(ids("Doğum Tarihi", "01.01.0999", true), [""; 0]);
}

#[test]
fn a_date_has_at_most_two_digits_for_day_and_month() {
    for value in ["001.01.1980", "01.001.1980", "01.01.80", "01.01.19800"] {
        assert_eq!(ids("Doğum Tarihi", value, false), ["birth.date.form"], "{value}");
    }
}

#[test]
fn a_mobile_number_may_begin_with_the_country_code_while_it_is_typed() {
    for value in ["9", "90", "905", "90532"] {
        assert_eq!(ids("GSM", value, true), [""; 0], "{value}");
        assert_eq!(ids("GSM", value, false), ["phone.mobile"], "{value}");
    }
    for value in ["91", "9321", "904"] {
        assert_eq!(ids("GSM", value, true), ["phone.mobile"], "{value}");
    }
}

#[test]
fn a_telephone_number_may_be_incomplete_only_while_it_is_typed() {
    assert_eq!(ids("Telefon", "032433", true), [""; 0]);
    assert_eq!(ids("Telefon", "032433", false), ["phone.length"]);
    assert_eq!(ids("Telefon", "03243373499", true), [""; 0]);
    assert_eq!(ids("Telefon", "0324337349912", true), ["phone.length"]);
}

#[test]
fn only_parts_of_an_address_are_checked_for_abbreviations() {
    let abbreviated = |label: &str, kind| Field { kind, ..field(label, "Gül Cad. No:5") };
    let at = |fields: &[Field], id: &str| -> Vec<String> {
        let found = found(fields, "").into_iter().filter(|(_, other)| other == id);
        let mut anchors: Vec<_> = found.map(|(anchor, _)| anchor).collect();
        anchors.dedup();
        anchors
    };
    let address = || abbreviated("Adres", FieldKind::Text);
    let abbreviation = "address.abbreviation";
    assert_eq!(at(&[address()], abbreviation), ["Adres"]);
    assert_eq!(at(&[address(), abbreviated("IBAN", FieldKind::Text)], abbreviation), ["Adres"]);
    for kind in [FieldKind::Select, FieldKind::Radio, FieldKind::Checkbox, FieldKind::Date] {
        let fields = [address(), Field { reference: "x".to_owned(), ..abbreviated("Açık Adres", kind) }];
        assert_eq!(at(&fields, abbreviation), ["Adres"], "{kind:?}");
    }
    for (label, kind) in
        [("Posta Kodu", FieldKind::Text), ("Mahalle", FieldKind::Select), ("Mahalle", FieldKind::Date)]
    {
        assert_eq!(at(&[address(), abbreviated(label, kind)], abbreviation), ["Adres"], "{label} {kind:?}");
    }
    assert_eq!(at(&[abbreviated("Mahalle", FieldKind::Text)], abbreviation), ["Mahalle"]);
}

#[test]
fn the_first_entry_of_a_list_is_no_choice() {
    let district = field("İlçe", "Çankaya");
    for (options, value, is_chosen) in [
        (["Adana", "Mersin"], "Adana", false),
        (["Adana", "Mersin"], "Mersin", true),
        (["Mersin", "Seçiniz"], "Seçiniz", false),
    ] {
        let ids = found(&[list("İl", &options, value), district.clone()], "");
        assert_eq!(!ids.is_empty(), is_chosen, "{value} {ids:?}");
    }
}

#[test]
fn a_misspelt_province_is_replaced_where_the_user_can_type() {
    let fixes = |field: Field| {
        let hints = hints_on("portal.form", &[field], "");
        let hint = hints.into_iter().find(|hint| hint.id == "address.province.typo").unwrap();
        hint.fixes.into_iter().map(|fix| (fix.start, fix.end, fix.text)).collect::<Vec<_>>()
    };
    let mersin = |start, end| vec![(start, end, "Mersin".to_owned())];
    assert_eq!(fixes(field("İl", "Mersn")), mersin(0, 5));
    assert_eq!(fixes(field("İl", "Mersn\u{200b}")), mersin(0, 6), "with the invisible character");
    assert_eq!(fixes(field("İl", " Mersn")), mersin(0, 6), "with the space");
    assert_eq!(fixes(Field { readonly: true, ..field("İl", "Mersn") }), []);
    assert_eq!(fixes(list("İl", &["Seçiniz", "Mersn"], "Mersn")), []);
}

#[test]
fn radio_buttons_belong_together_by_their_name() {
    let radio = |reference: &str, name: &str| Field {
        reference: reference.to_owned(),
        kind: FieldKind::Radio,
        name: name.to_owned(),
        required: true,
        ..field("Evet", "")
    };
    assert_eq!(missing(&[radio("f1", "yayin"), radio("f2", "yayin")]), ["f1"]);
    assert_eq!(missing(&[radio("f1", "yayin"), radio("f2", "onay")]), ["f1", "f2"]);
    assert_eq!(missing(&[radio("f1", ""), radio("f2", "")]), [""; 0], "a group without a name is not known");
    let text = Field { name: "yayin".to_owned(), ..field("Ad", "Deniz") };
    assert_eq!(missing(&[radio("f1", "yayin"), text]), ["f1"]);
    let whole = Field {
        options: vec!["Evet".to_owned()],
        value: "Evet".to_owned(),
        label: "Yayın".to_owned(),
        ..radio("f2", "yayin")
    };
    assert_eq!(missing(&[radio("f1", "yayin"), whole]), ["f1"]);
}

#[test]
fn the_card_at_the_button_waits() {
    let button = Button { reference: "b".to_owned(), text: "Gönder".to_owned(), reached: true };
    let fields = vec![field("GSM *", "")];
    let snapshot = PageSnapshot { fields, buttons: vec![button], ..PageSnapshot::default() };
    let hints = form_hints(&[], &[], &NormalizedSnapshot::of(&snapshot), &UserContext::default(), None);
    let quiet: Vec<_> = hints.iter().map(|hint| (hint.anchor.as_deref(), hint.quiet)).collect();
    assert_eq!(quiet, [(Some("GSM *"), false), (None, false), (Some("b"), true)]);
}

#[test]
fn a_wrong_choice_is_reported_where_the_right_one_can_be_made() {
    let page = pages().iter().find(|known| known.screen_id().to_string() == "portal.form").unwrap();
    let user = UserContext { procedure: Some("lost".to_owned()), ..UserContext::default() };
    let reports = |fields: &[Field]| {
        let snapshot = PageSnapshot { fields: fields.to_vec(), ..PageSnapshot::default() };
        let hints = form_hints(&page.fields, &page.choices, &NormalizedSnapshot::of(&snapshot), &user, None);
        hints.iter().any(|hint| hint.message == "choice_reason_lost")
    };
    let options = ["Seçiniz", "Yenileme", "Kayıp Çalıntı"];
    assert!(reports(&[list("Başvuru Nedeni", &options, "Yenileme")]));
    assert!(!reports(&[list("Başvuru Nedeni", &options, "Kayıp Çalıntı")]));
    assert!(!reports(&[list("Başvuru Nedeni", &["Seçiniz", "Yenileme"], "Yenileme")]), "there is no other");
    assert!(!reports(&[list("Başka", &options, "Yenileme")]), "a list about something else");

    let radio = |label: &str, name: &str, value: &str| Field {
        kind: FieldKind::Radio,
        name: name.to_owned(),
        ..field(label, value)
    };
    let other = radio("Kayıp Çalıntı", "neden", "");
    assert!(reports(&[radio("Yenileme", "neden", "1"), other.clone()]));
    assert!(!reports(&[radio("Yenileme", "neden", ""), other.clone()]), "not chosen");
    assert!(!reports(&[radio("Yenileme", "baska", "1"), other.clone()]), "another group");
    let nameless = [radio("Yenileme", "", "1"), radio("Kayıp Çalıntı", "", "")];
    assert!(!reports(&nameless), "a group without a name is not known");
    let text = Field { kind: FieldKind::Text, ..other.clone() };
    assert!(!reports(&[radio("Yenileme", "neden", "1"), text]), "not a button");
    let whole = Field { options: vec!["Kayıp Çalıntı".to_owned()], ..other };
    assert!(!reports(&[radio("Yenileme", "neden", "1"), whole]), "a group of its own");

    let text = |label: &str, value: &str| field(label, value);
    assert!(reports(&[text("Başvuru Nedeni", "Yenileme")]));
    assert!(!reports(&[text("Başvuru Nedeni", "Kayıp Çalıntı")]));
    assert!(!reports(&[text("Not", "Yenileme")]));
}

#[test]
fn errors_of_identity_numbers_say_what_is_wrong() {
    for (number, text) in [
        ("1000000014a", "not only digits"),
        ("1000000014", "10 digits instead of 11"),
        ("01000000146", "begins with 0"),
        ("10000000147", "wrong check digits"),
    ] {
        let error: IdentityNumberError = validate_identity_number(number).unwrap_err();
        assert_eq!(error.to_string(), text);
    }
}
