//! Issues of addresses.

use super::*;

fn kinds_of(parts: AddressParts<'_>) -> Vec<AddressIssueKind> {
    check_parts(&parts).into_iter().map(|issue| issue.kind).collect()
}

fn parts<'a>(province: &'a str, district: &'a str) -> AddressParts<'a> {
    AddressParts { province: Some(province), district: Some(district), ..AddressParts::default() }
}

fn in_one(address: &str) -> Vec<AddressIssueKind> {
    kinds_of(AddressParts { address: Some(address), ..AddressParts::default() })
}

fn typo(province: &str, meant: &str) -> AddressIssueKind {
    AddressIssueKind::DistrictTypo { province: province.to_owned(), meant: meant.to_owned() }
}

#[test]
fn accepts_known_places_in_every_spelling() {
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
        assert_eq!(kinds_of(parts(province, district)), [], "{province} {district}");
    }
}

#[test]
fn suggests_the_similar_name_for_a_typo() {
    assert_eq!(kinds_of(parts("Mersn", "")), [AddressIssueKind::ProvinceTypo { meant: "Mersin".to_owned() }]);
    assert_eq!(kinds_of(parts("Mersin", "Yenişehr")), [typo("Mersin", "Yenişehir")]);
    assert_eq!(kinds_of(parts("Ankara", "Çankya")), [typo("Ankara", "Çankaya")]);
}

#[test]
fn reports_districts_of_other_provinces() {
    let others = vec!["Ankara".to_owned()];
    assert_eq!(
        kinds_of(parts("Mersin", "Çankaya")),
        [AddressIssueKind::DistrictElsewhere { province: "Mersin".to_owned(), others }]
    );
}

#[test]
fn reports_names_without_a_similar_one_as_unknown() {
    assert_eq!(kinds_of(parts("Atlantis", "")), [AddressIssueKind::ProvinceUnknown]);
    assert_eq!(
        kinds_of(parts("Mersin", "Xyzköy")),
        [AddressIssueKind::DistrictUnknown { province: "Mersin".to_owned() }]
    );
    assert_eq!(
        kinds_of(parts("Atlantis", "Xyzköy")),
        [AddressIssueKind::ProvinceUnknown],
        "nothing is known of its districts"
    );
}

#[test]
fn checks_district_and_province_at_the_end_of_an_address() {
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
fn ignores_ambiguous_ends_of_an_address() {
    for address in [
        "Lale Sokak No:5 Yenişehir/MERSİN",
        "Lale Sokak No:5 Merkez/Bolu",
        "Lale Sokak No:5 Keçiören B/Blok",
        "Lale Sokak No:5 Çankaya 19 Mayıs/Samsun",
        "Lale Sokak No:5 Beşiktaş, Ortaköy/İstanbul",
        "Lale Sokak 5/A Çankaya",
        "Lale Sokak No:5 Çankaya Gül/Lale",
        "Lale Sokak No:5 Çankaya-Ankra",
    ] {
        assert_eq!(in_one(address), [], "{address}");
    }
}

#[test]
fn reports_a_missing_number_or_district() {
    assert_eq!(
        in_one("Gül Mahallesi Lale Sokak"),
        [AddressIssueKind::NoNumber, AddressIssueKind::NoDistrict]
    );
    let with_field = AddressParts {
        district: Some(""),
        address: Some("Gül Mahallesi Lale Sokak 5"),
        ..AddressParts::default()
    };
    assert_eq!(kinds_of(with_field), [], "the form's own field may be filled in later");
    assert_eq!(in_one("Gül Mah"), [], "nothing is missed before there is a road");
    let missing = [AddressIssueKind::NoDistrict];
    assert_eq!(in_one("Lale Sokak No:5 Çankya/Ankra"), missing, "neither name is certain");
    assert_eq!(in_one("Lale Sokak No:5 of"), missing, "two letters are no district's name");
}

#[test]
fn reports_postal_codes_of_other_provinces() {
    let elsewhere =
        AddressIssueKind::PostalCodeElsewhere { province: "Mersin".to_owned(), other: "Ankara".to_owned() };
    let own_field = AddressParts { postal_code: Some("06420"), ..parts("Mersin", "Yenişehir") };
    assert_eq!(kinds_of(own_field), std::slice::from_ref(&elsewhere));
    assert_eq!(in_one("Lale Sokak No:5 06420 Yenişehir/Mersin"), [elsewhere]);
    assert_eq!(
        kinds_of(AddressParts { postal_code: Some("99999"), ..AddressParts::default() }),
        [AddressIssueKind::PostalCodeUnknown]
    );
    for fine in ["33110", "331", "", "33110 "] {
        assert_eq!(
            kinds_of(AddressParts { postal_code: Some(fine), ..parts("Mersin", "Yenişehir") }),
            [],
            "{fine}"
        );
    }
}
