//! Properties of amounts, page texts and descriptions.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use eimza_payment::{
    Amount, DescriptionIssue, Payer, Tax, Template, amount_due, amount_mentions, price_list,
};
use proptest::prelude::*;

/// Generates a whole number of kuruş.
fn kurus() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..1_000_000_u64, 1 => 0..99_999_999_999_u64]
}

fn amount(kurus: u64) -> Amount {
    Amount::parse(&format!("{},{:02}", kurus / 100, kurus % 100)).unwrap()
}

/// Generates page texts: numbers, currencies, tax, products and marks, joined and separated.
fn page_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,7}([.,][0-9]{0,4}){0,2}",
        proptest::sample::select(PIECES).prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    "TL",
    "₺",
    "TRY",
    "lira",
    "’dir",
    "+ KDV",
    "(KDV hariç)",
    "KDV dahil",
    "-",
    "—",
    "/",
    "(",
    ")",
    ".",
    ",",
    "yıllık",
    "nitelikli elektronik sertifika",
    "NES",
    "mini kart okuyucu",
    "masaüstü",
    "VPN",
    "3 ",
    "1 ",
    "kuruş",
    "Toplam",
    "ödenecek",
    "İ",
    "ı",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn written_amounts_are_read_back(kurus in kurus()) {
        let amount = amount(kurus);
        prop_assert_eq!(Amount::parse(&amount.number()), Some(amount));
        let read = amount_mentions(&format!("Fiyat: {amount}"));
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!((read[0].amount, read[0].tax), (amount, Tax::Included));
    }

    #[test]
    fn every_notation_gives_the_same_amount(kurus in kurus()) {
        let (lira, rest) = (kurus / 100, kurus % 100);
        let expected = Some(amount(kurus));
        prop_assert_eq!(Amount::parse(&format!("{lira}.{rest:02}")), expected);
        if rest % 10 == 0 {
            prop_assert_eq!(Amount::parse(&format!("{lira},{}", rest / 10)), expected);
        }
        if rest == 0 {
            prop_assert_eq!(Amount::parse(&lira.to_string()), expected);
        }
    }

    #[test]
    fn sums_are_those_of_whole_kurus(all in proptest::collection::vec(kurus(), 1..6)) {
        let sum: u64 = all.iter().sum();
        let added = Amount::sum(all.iter().map(|&kurus| amount(kurus))).unwrap();
        let plain = added.number().replace('.', "");
        prop_assert_eq!(plain, format!("{},{:02}", sum / 100, sum % 100));
    }

    #[test]
    fn every_amount_is_in_the_text(text in page_text()) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        for mention in amount_mentions(&text) {
            let number = mention.amount.number().replace('.', "");
            let significant = number.trim_end_matches('0').trim_end_matches(',').replace(',', "");
            prop_assert!(digits.contains(&significant), "{} in {:?}", number, text);
        }
    }

    #[test]
    fn every_price_is_an_amount_of_the_page(texts in proptest::collection::vec(page_text(), 0..8)) {
        let named: Vec<Amount> = texts.iter().flat_map(|text| amount_mentions(text)).map(|mention| mention.amount).collect();
        for amount in price_list(&texts).into_values().chain(amount_due(&texts)) {
            prop_assert!(named.contains(&amount));
        }
    }

    #[test]
    fn composed_descriptions_have_no_issues(name in "[a-zçğıöşü]{1,9}( [A-ZÇĞİÖŞÜ]{1,9})?", surname in "[A-Za-zÇĞİÖŞÜçğıöşü]{1,12}", case in 0..3_usize, words in "[A-Za-z0-9 =/-]{0,20}") {
        let places = [["{ad}", "{soyad}", "{tc}"], ["{Ad}", "{Soyad}", "{Tc}"], ["{AD}", "{SOYAD}", "{TC}"]][case];
        let template = Template::parse(&places.join(" ").replace("tc}", "tc} ").replace("TC}", "TC} ").replace("Tc}", "Tc} ")).unwrap();
        let payer = Payer { name, surname, number: "10000000146".to_owned() };
        let text = template.compose(&payer);
        prop_assert_eq!(template.issues(&text, &payer), vec![]);
        let without = text.replace("10000000146", &words);
        prop_assert!(template.issues(&without, &payer).contains(&DescriptionIssue::MissingNumber));
    }
}
