//! Quarters of addresses.

use crate::{AddressIssueKind, AddressParts, Quarters, check_parts};

fn quarters() -> Quarters {
    Quarters::read(
        "# source\n33 Mut\t600:yeşilova,fevzi çakmak,1. murat\t602:çayırbaşı,yeşilyurt,yeşilyut,mevki\t\
         603:bağcağız\t604:bağcağız\n\
         33 Yenişehir\t110:akkent,bahçelievler,hürriyet\t120:hürriyetevler\n"
            .to_owned(),
    )
}

fn issues(quarter: &str, district: &str, code: &str) -> Vec<AddressIssueKind> {
    let quarters = quarters();
    let parts = AddressParts {
        province: Some("Mersin"),
        district: Some(district),
        quarter: Some(quarter),
        postal_code: Some(code),
        quarters: Some(&quarters),
        ..AddressParts::default()
    };
    check_parts(&parts).into_iter().map(|issue| issue.kind).collect()
}

fn typo(district: &str, meant: &str) -> AddressIssueKind {
    AddressIssueKind::QuarterTypo { district: district.to_owned(), meant: meant.to_owned() }
}

#[test]
fn suggests_the_only_quarter_at_one_typo() {
    assert_eq!(issues("Yeşilov Mahallesi", "Mut", ""), [typo("Mut", "Yeşilova")]);
    assert_eq!(issues("YESILOVVA", "Mut", ""), [typo("Mut", "Yeşilova")]);
    assert_eq!(issues("Bahçelivler Mah.", "YENİŞEHİR", ""), [typo("Yenişehir", "Bahçelievler")]);
    assert_eq!(issues("Akknt Mah.", "Yenişehir", ""), [typo("Yenişehir", "Akkent")]);
    assert_eq!(issues("Bağcağz Mah.", "Mut", ""), [typo("Mut", "Bağcağız")], "one quarter with two codes");
    assert_eq!(issues("Mevkii", "Mut", ""), [typo("Mut", "Mevki")], "no name before the word");
}

#[test]
fn accepts_every_spelling_and_everything_else() {
    for (quarter, district) in [
        ("Yeşilova", "Mut"),
        ("YESILOVA MAHALLESİ", "mut"),
        ("Fevziçakmak Mah.", "Mut"),
        ("Yeşilyuut Mah", "Mut"), // near two quarters
        ("Yeşilo", "Mut"),        // still typing
        ("Gölbaşı", "Mut"),       // unknown
        ("2. Murat", "Mut"),      // another number
        ("Akken", "Yenişehir"),
        ("Akkend", "Mut"),         // a quarter of another district
        ("Yeşilov Mahallesi", ""), // no district
        ("Akkentt", "Silifke"),    // a district without data
        ("", "Mut"),
    ] {
        assert_eq!(issues(quarter, district, ""), [], "{quarter} {district}");
    }
}

#[test]
fn reports_the_postal_code_of_another_quarter() {
    let expected = |quarter: &str, code: &str| AddressIssueKind::PostalCodeOfOtherQuarter {
        quarter: quarter.to_owned(),
        expected: vec![code.to_owned()],
    };
    assert_eq!(issues("Yeşilova", "Mut", "33602"), [expected("Yeşilova", "33600")]);
    assert_eq!(issues("Yeşilova", "Mut", "33110"), [expected("Yeşilova", "33600")]);
    assert_eq!(issues("Yeşilova", "Mut", "33600"), []);
    assert_eq!(issues("Yeşilova", "Mut", "33699"), [], "no quarter's code");
    assert_eq!(issues("Gölbaşı", "Mut", "33602"), [], "an unknown quarter");
}

#[test]
fn finds_the_quarter_in_the_address() {
    let quarters = quarters();
    let issues = |address: &str| {
        let parts = AddressParts {
            province: Some("Mersin"),
            district: Some("Mut"),
            address: Some(address),
            quarters: Some(&quarters),
            ..AddressParts::default()
        };
        let found = check_parts(&parts).into_iter();
        found.map(|issue| (issue.range, issue.written, issue.kind)).collect::<Vec<_>>()
    };
    let found = |range, written: &str| vec![(range, written.to_owned(), typo("Mut", "Yeşilova"))];
    assert_eq!(issues("Yeşilovaa Mah. Lale Sokak 5"), found(0..9, "Yeşilovaa"));
    assert_eq!(issues("Umut Plaza, Yes\u{327}iloav Mah. Lale Sokak 5"), found(12..21, "Yeşiloav"));
    for silent in ["Umut Plaza Yeşilova Mah. 5", "Umut Plaza Yeşilovaa Mah. 5", "Lale Sokak 5", "Mah. 5"] {
        assert_eq!(issues(silent), [], "{silent}");
    }
}

#[test]
fn without_data_nothing_is_reported() {
    let broken = Quarters::unpack(b"no data");
    assert!(broken.is_empty());
    let parts = AddressParts {
        province: Some("Mersin"),
        district: Some("Mut"),
        quarter: Some("Yeşilov Mahallesi"),
        quarters: Some(&broken),
        ..AddressParts::default()
    };
    assert_eq!(check_parts(&parts), []);
}

#[test]
fn every_quarter_of_the_shipped_data_is_accepted() {
    let quarters = Quarters::read(include_str!("../../data/quarters.txt").to_owned());
    assert_eq!(quarters.districts.len(), 973);
    for (number, district) in quarters.districts.iter().enumerate().step_by(20) {
        let province = super::super::provinces::province_of_code(district.province).unwrap();
        for (name, code) in quarters.of(province, &district.name).into_iter().skip(number % 3).step_by(3) {
            let code = format!("{:02}{code}", district.province);
            let parts = AddressParts {
                province: Some(&province.name),
                district: Some(&district.name),
                quarter: Some(name),
                postal_code: Some(&code),
                quarters: Some(&quarters),
                ..AddressParts::default()
            };
            assert_eq!(check_parts(&parts), [], "{name}");
        }
    }
}

#[test]
fn packed_data_are_the_same() {
    let unpacked = Quarters::unpack(&eimza_packed::pack("33 Mut\t600:yeşilova\n"));
    assert!(!unpacked.is_empty());
    assert_eq!(unpacked.districts[0].name, "mut");
}

/// A name of two letters before the slash may be anything, for example a block.
#[test]
fn the_end_of_an_address_has_names_of_three_letters_or_more() {
    let quarters = Quarters::read("61 Of\t830:gürpınar\n33 Mut\t600:yeşilova\n".to_owned());
    let issues = |address: &str| {
        let parts =
            AddressParts { address: Some(address), quarters: Some(&quarters), ..AddressParts::default() };
        let kinds = check_parts(&parts).into_iter().map(|issue| issue.kind);
        kinds.filter(|kind| matches!(kind, AddressIssueKind::QuarterTypo { .. })).count()
    };
    assert_eq!(issues("Yeşilovaa Mah. Lale Sokak 5 Mut/Mersin"), 1);
    assert_eq!(issues("Gürpınr Mah. Lale Sokak 5 Of/Trabzon"), 0);
}
