//! When an address is doubted, and when it is not.

use super::*;

fn of(parts: AddressParts<'_>) -> Vec<AddressIssueKind> {
    check_parts(&parts).into_iter().map(|issue| issue.kind).collect()
}

fn place<'a>(province: &'a str, district: &'a str) -> AddressParts<'a> {
    AddressParts { province: Some(province), district: Some(district), ..AddressParts::default() }
}

fn in_one(address: &str) -> Vec<AddressIssueKind> {
    of(AddressParts { address: Some(address), ..AddressParts::default() })
}

fn typo(province: &str, meant: &str) -> AddressIssueKind {
    AddressIssueKind::DistrictTypo { province: province.to_owned(), meant: meant.to_owned() }
}

#[test]
fn known_places_are_not_doubted_in_any_spelling() {
    for (province, district) in [
        ("Mersin", "Yenişehir"),
        ("MERSİN", "YENISEHIR"),
        ("İstanbul", "Kadıköy"),
        ("Samsun", "19 Mayıs"),
        ("Bolu", "Merkez"),
        ("Adana", "Merkez"),
        ("Rize", "Rize"),
        ("", ""),
        ("Mer", "Yeni"),
        ("Mersin", "Yeniş"),
    ] {
        assert_eq!(of(place(province, district)), [], "{province} {district}");
    }
}

#[test]
fn a_slip_gets_the_name_that_was_meant() {
    assert_eq!(of(place("Mersn", "")), [AddressIssueKind::ProvinceTypo { meant: "Mersin".to_owned() }]);
    assert_eq!(of(place("Mersin", "Yenişehr")), [typo("Mersin", "Yenişehir")]);
    assert_eq!(of(place("Ankara", "Çankya")), [typo("Ankara", "Çankaya")]);
}

#[test]
fn a_district_of_another_province_is_named_with_it() {
    let others = vec!["Ankara".to_owned()];
    assert_eq!(
        of(place("Mersin", "Çankaya")),
        [AddressIssueKind::DistrictElsewhere { province: "Mersin".to_owned(), others }]
    );
}

#[test]
fn what_is_unlike_any_name_is_only_called_unknown() {
    assert_eq!(of(place("Atlantis", "")), [AddressIssueKind::ProvinceUnknown]);
    assert_eq!(
        of(place("Mersin", "Xyzköy")),
        [AddressIssueKind::DistrictUnknown { province: "Mersin".to_owned() }]
    );
    assert_eq!(
        of(place("Atlantis", "Xyzköy")),
        [AddressIssueKind::ProvinceUnknown],
        "nothing is known of its districts"
    );
}

#[test]
fn the_end_of_an_address_in_one_is_looked_at() {
    let issue = check_parts(&AddressParts {
        address: Some("Lale Sokak No:5 Yenişehr/MERSİN"),
        ..AddressParts::default()
    });
    let [typo_here, missing] = &issue[..] else { panic!("{issue:?}") };
    assert_eq!((typo_here.range.clone(), typo_here.written.as_str()), (16..24, "Yenişehr"));
    assert_eq!(typo_here.kind, typo("Mersin", "Yenişehir"));
    assert_eq!(missing.kind, AddressIssueKind::NoDistrict);
    assert_eq!(
        in_one("Lale Sokak No:5 Çankaya/Ankra"),
        [AddressIssueKind::ProvinceTypo { meant: "Ankara".to_owned() }]
    );
}

#[test]
fn an_end_that_may_be_anything_is_not_doubted() {
    for address in [
        "Lale Sokak No:5 Yenişehir/MERSİN",
        "Lale Sokak No:5 Merkez/Bolu",
        "Lale Sokak No:5 Keçiören B/Blok",
        "Lale Sokak No:5 Çankaya 19 Mayıs/Samsun",
        "Lale Sokak No:5 Beşiktaş, Ortaköy/İstanbul",
        "Lale Sokak 5/A Çankaya",
        "Lale Sokak No:5 Çankaya Gül/Lale",
    ] {
        assert_eq!(in_one(address), [], "{address}");
    }
}

#[test]
fn an_address_without_number_or_district_is_told_so() {
    assert_eq!(
        in_one("Gül Mahallesi Lale Sokak"),
        [AddressIssueKind::NoNumber, AddressIssueKind::NoDistrict]
    );
    let with_field = AddressParts {
        district: Some(""),
        address: Some("Gül Mahallesi Lale Sokak 5"),
        ..AddressParts::default()
    };
    assert_eq!(of(with_field), [], "the form's own field may be filled in later");
    assert_eq!(in_one("Gül Mah"), [], "nothing is missed before there is a road");
}

#[test]
fn a_postal_code_of_another_province_is_doubted() {
    let elsewhere =
        AddressIssueKind::PostalCodeElsewhere { province: "Mersin".to_owned(), other: "Ankara".to_owned() };
    let own_field = AddressParts { postal_code: Some("06420"), ..place("Mersin", "Yenişehir") };
    assert_eq!(of(own_field), std::slice::from_ref(&elsewhere));
    assert_eq!(in_one("Lale Sokak No:5 06420 Yenişehir/Mersin"), [elsewhere]);
    assert_eq!(
        of(AddressParts { postal_code: Some("99999"), ..AddressParts::default() }),
        [AddressIssueKind::PostalCodeUnknown]
    );
    for fine in ["33110", "331", "", "33110 "] {
        assert_eq!(
            of(AddressParts { postal_code: Some(fine), ..place("Mersin", "Yenişehir") }),
            [],
            "{fine}"
        );
    }
}
