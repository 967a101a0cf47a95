//! Cases at the boundaries of the rules: what is just read, and what is just left out.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use eimza_payment::{
    Amount, Bank, CostBreakdown, Day, Iban, IbanError, Price, Product, Tax, Template, TemplateError,
    amount_due, amount_mentions, price_list,
};
use serde::de::DeserializeOwned;

fn amounts(text: &str) -> Vec<String> {
    amount_mentions(text).into_iter().map(|mention| mention.amount.number()).collect()
}

fn due(texts: &[&str]) -> Option<String> {
    let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
    amount_due(&texts).map(Amount::number)
}

fn prices(text: &str) -> Vec<(Product, String)> {
    price_list(&[text.to_owned()]).into_iter().map(|(product, amount)| (product, amount.number())).collect()
}

/// Returns the error of a JSON value of the wrong kind or form.
fn error_of<T: DeserializeOwned>(json: &str) -> String {
    serde_json::from_str::<T>(json).err().unwrap().to_string()
}

#[test]
fn punctuation_may_follow_an_amount_after_its_sign() {
    for text in ["(₺325)", "₺325.", "₺325, KDV dahil", "₺325’dir", "₺325; peşin", "₺325"] {
        assert_eq!(amounts(text), ["325,00"], "{text}");
    }
    for text in ["₺325x", "₺325-", "₺325%", "₺325₺"] {
        assert_eq!(amounts(text), [""; 0], "{text}");
    }
}

#[test]
fn a_number_before_an_amount_belongs_to_it_only_as_a_group_of_thousands() {
    assert_eq!(amounts("3 1.080,00 TL"), ["1.080,00"], "a row's number");
    assert_eq!(amounts("1 080,00 TL"), [""; 0]);
}

#[test]
fn only_whole_phrases_mark_a_limit() {
    for text in ["En yeni: 500 TL", "Çok 500 TL"] {
        assert_eq!(amounts(text), ["500,00"], "{text}");
    }
    for text in ["En çok 500 TL", "en az 500 TL", "En fazla: 500 TL"] {
        assert_eq!(amounts(text), [""; 0], "{text}");
    }
}

#[test]
fn a_name_applies_to_the_next_text_only_if_it_stands_alone() {
    assert_eq!(due(&["Borç", "780 TL"]).as_deref(), Some("780,00"));
    assert_eq!(due(&["Borç: 780 TL", "300 TL"]).as_deref(), Some("780,00"), "the second has no name");
    assert_eq!(due(&["Toplam ödenecek kalan borç tutarı", "780 TL"]), None, "a sentence is no name");
}

#[test]
fn a_certificate_of_another_kind_has_no_price() {
    assert_eq!(prices("3 yıllık nitelikli sertifika: 600 TL"), [(Product::Nes3, "600,00".to_owned())]);
    for text in
        ["3 yıllık sertifika: 600 TL", "3 yıllık nitelikli: 600 TL", "3 yıllık elektronik sertifika: 600 TL"]
    {
        assert_eq!(prices(text), [], "{text}");
    }
}

#[test]
fn a_price_with_tax_is_more_than_the_price_without() {
    assert_eq!(
        prices("Mini kart okuyucu 300 TL (250 TL + KDV)"),
        [(Product::MiniReader, "300,00".to_owned())]
    );
    for net in ["300", "301"] {
        assert_eq!(prices(&format!("Mini kart okuyucu 300 TL ({net} TL + KDV)")), [], "{net}");
    }
    assert!(amount_mentions("300 TL + KDV").iter().all(|mention| mention.tax == Tax::Excluded));
}

#[test]
fn costs_are_outdated_or_unverified_only_if_one_price_is() {
    let today = Day::parse("2026-11-26").unwrap();
    let price = |read, address: &str| {
        Some(Price {
            amount: Amount::parse("780").unwrap(),
            read_on: Day::parse(read).unwrap(),
            address: Some(address.to_owned()),
        })
    };
    for (read, address, outdated, unverified) in [
        ("2026-11-25", "https://a", false, false),
        ("2025-01-01", "https://a", true, false),
        ("2026-11-25", "http://a", false, true),
    ] {
        let costs = CostBreakdown(vec![
            (Product::Nes3, price("2026-11-25", "https://a")),
            (Product::MiniReader, price(read, address)),
            (Product::DesktopReader, None),
        ]);
        assert_eq!(
            (costs.is_outdated(today), costs.is_unverified()),
            (outdated, unverified),
            "{read} {address}"
        );
    }
}

#[test]
fn an_iban_names_its_bank() {
    let bank = |iban| Bank::of(&Iban::parse(iban).unwrap()).map(|bank| bank.code.as_str());
    assert_eq!(bank("TR41 0001 2009 5940 0005 0000 47"), Some("00012"));
    assert_eq!(bank("TR78 0001 0012 3138 0704 4450 01"), Some("00010"));
}

#[test]
fn an_iban_is_pasted_without_spaces() {
    let iban = Iban::parse("tr41 0001 2009 5940 0005 0000 47").unwrap();
    assert_eq!(iban.compact(), "TR410001200959400005000047");
}

#[test]
fn days_are_written_as_in_turkey() {
    assert_eq!(Day::parse("2026-01-06").unwrap().turkish_format(), "06.01.2026");
}

#[test]
fn titles_are_message_keys() {
    for product in Product::ALL {
        assert_eq!(product.title(), format!("product_{}", product.id().replace('-', "_")));
    }
}

#[test]
fn profiles_with_wrong_values_are_rejected_with_stable_codes() {
    for (json, code) in [
        ("\"TR41 0001 2009 5940 0005 0000 48\"", "iban-checksum"),
        ("\"TR41 0001 2009\"", "iban-length"),
        ("\"DE89 3704 0044 0532 0130 00\"", "iban-country"),
        ("\"TR41-0001\"", "iban-characters"),
        ("5", "invalid type: integer `5`, expected text"),
    ] {
        assert!(error_of::<Iban>(json).starts_with(code), "{json}");
    }
    for (json, code) in [
        ("\"{ad\"", "template-brace"),
        ("\"{iban}\"", "template-place"),
        ("\"{ad}{soyad}\"", "template-glued"),
        ("null", "invalid type: null, expected text"),
    ] {
        assert!(error_of::<Template>(json).starts_with(code), "{json}");
    }
}

#[test]
fn errors_say_what_is_wrong() {
    for (error, text) in [
        (IbanError::Characters, "not only letters and digits"),
        (IbanError::Country, "does not begin with TR"),
        (IbanError::Length(25), "25 characters instead of 26"),
        (IbanError::Checksum, "wrong check digits"),
    ] {
        assert_eq!(error.to_string(), text);
    }
    for (error, text) in [
        (TemplateError::UnbalancedBrace, "unbalanced brace"),
        (TemplateError::UnknownPlaceholder("iban".to_owned()), "unknown placeholder {iban}"),
        (TemplateError::AdjacentPlaceholder, "a placeholder touches a word or another placeholder"),
    ] {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn a_template_is_written_as_it_was_read() {
    for text in ["NES {ad} {soyad} {tc}", "{AD}-{SOYAD}/ {TC} NES Ücreti", "NES ücreti", ""] {
        assert_eq!(Template::parse(text).unwrap().to_string(), text);
        let json = serde_json::to_string(text).unwrap();
        let template: Template = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&template).unwrap(), json);
    }
}
