//! The whole address in the official order, as it is shown under an address with several fixes.

use eimza_address::{AddressParts, in_official_order};

fn order(address: &str) -> Option<String> {
    in_official_order(&AddressParts { address: Some(address), ..AddressParts::default() })
}

/// Asserts that an address of a road, a door number and something else is understood.
fn ends_in(rest: &str, expected: &str) {
    let expected = format!("Lale Sokak Numara:5 {expected}");
    assert_eq!(order(&format!("{rest} Lale Sok. No:5")), Some(expected), "{rest}");
}

fn is_not_understood(address: &str) {
    assert_eq!(order(address), None, "{address}");
}

#[test]
fn five_digits_are_a_postal_code_or_part_of_a_road() {
    ends_in("33110", "33110");
    for (address, expected) in [
        ("No:5 33110 Sokak", "33110 Sokak Numara:5"),
        ("No:5 33110. Sokak", "33110. Sokak Numara:5"),
        ("No:5 33110-1 Sokak", "33110-1 Sokak Numara:5"),
        ("33110 Mut/Mersin", ""),
    ] {
        assert_eq!(order(address).unwrap_or_default(), expected, "{address}");
    }
    is_not_understood("Lale Sok. No:5 3311");
    is_not_understood("Lale Sok. No:5 331100");
}

#[test]
fn numbers_may_have_a_letter_and_further_parts() {
    for number in ["5A", "5/A", "5-A", "5/7", "5/7-9", "5/A/3", "5A/3", "-1"] {
        assert_eq!(order(&format!("No:{number} Lale Sok.")), Some(format!("Lale Sokak Numara:{number}")));
    }
    for number in ["5 A", "5AB", "5/AB", "-A", "-"] {
        is_not_understood(&format!("Lale Sok. No:{number}"));
    }
}

#[test]
fn floors_have_a_number_or_a_name() {
    for floor in ["Kat:2", "Kat 2", "Kat:Zemin", "2. Kat", "2. Katı", "Zemin Kat", "Bodrum Katı", "Kat:-1"]
    {
        ends_in(floor, floor);
    }
    for floor in ["Kat:Gül", "Kat:-zemin", "Gül Kat", "Gül. Kat", "2-Kat", "Kat", "2. Gül"] {
        is_not_understood(&format!("Lale Sok. No:5 {floor}"));
    }
}

#[test]
fn names_consist_of_words_and_numbers() {
    for (address, expected) in [
        ("No:5 Dr. Ali-Can O'Hara Sok.", "Doktor Ali-Can O'Hara Sokak Numara:5"),
        ("No:5 19 Mayıs Cad.", "19 Mayıs Caddesi Numara:5"),
        ("No:5 28/1. Sok.", "28/1. Sokak Numara:5"),
    ] {
        assert_eq!(order(address).as_deref(), Some(expected));
    }
    is_not_understood("Okul yanı, Lale Sok. No:5");
    is_not_understood("Okul (yanı) Lale Sok. No:5");
    is_not_understood("Daire Lale Sok. No:5");
}

#[test]
fn a_town_is_a_word_and_a_province_at_the_end() {
    for town in ["Mut/Mersin", "Mut-Mersin", "Mut Mersin"] {
        let expected = format!("Lale Sokak Numara:5 {town}");
        assert_eq!(order(&format!("No:5 Lale Sok. {town}")).as_ref(), Some(&expected));
        assert_eq!(order(&format!("No:5 Lale Sok. {town}.")).as_ref(), Some(&expected));
    }
    for other in ["Mut.Mersin", "Mut,Mersin", "5/Mersin", "5 Mersin", "Mut/Lale", "Mut Lale", "Mut"] {
        is_not_understood(&format!("Lale Sok. No:5 {other}"));
    }
}

#[test]
fn a_road_and_a_door_number_are_needed() {
    assert_eq!(order("No:5 Lale Cad.").as_deref(), Some("Lale Caddesi Numara:5"));
    assert_eq!(order("No:5 Lale Sok.").as_deref(), Some("Lale Sokak Numara:5"));
    is_not_understood("Lale Cad. Lale Sok.");
    is_not_understood("No:5 Gül Mah.");
}

#[test]
fn fields_add_what_the_address_lacks() {
    let parts = AddressParts {
        province: Some("Mersin"),
        district: Some("Mut"),
        quarter: Some("Gül Mah."),
        postal_code: Some("33600"),
        ..AddressParts::default()
    };
    let order = |parts: AddressParts<'_>| in_official_order(&parts).unwrap_or_default();
    let own = "Nar Mah. Lale Sok. No:5 33110 Silifke/Mersin";
    assert_eq!(
        order(AddressParts { address: Some(own), ..parts }),
        "Nar Mahallesi Lale Sokak Numara:5 33110 Silifke/Mersin"
    );
    let address = Some("Lale Sok. No:5");
    let expected = "Lale Sokak Numara:5";
    let only_province = AddressParts { province: Some("Mersin"), address, ..AddressParts::default() };
    assert_eq!(order(only_province), expected);
    let only_district = AddressParts { district: Some("Mut"), address, ..AddressParts::default() };
    assert_eq!(order(only_district), expected);
    assert_eq!(
        order(AddressParts { quarter: Some(" "), district: Some(""), postal_code: None, address, ..parts }),
        expected
    );
}
