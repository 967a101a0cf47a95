//! Any text of a price list or bill: no panic, and every amount that is read occurs in it.
#![no_main]

use eimza_payment::{Amount, Tax, amount_due, amount_mentions, price_list};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let all = digits(text);
    for mention in amount_mentions(text) {
        let number = digits(&mention.amount.number());
        assert!(all.contains(number.trim_end_matches('0')), "{number} in {text:?}");
        assert_eq!(Amount::parse(&mention.amount.number()), Some(mention.amount));
    }
    // A text per line, and a text per word.
    for separator in ["\n", " "] {
        let texts: Vec<String> = text.split(separator).map(str::to_owned).collect();
        let named: Vec<Amount> = texts
            .iter()
            .flat_map(|text| amount_mentions(text))
            .filter(|mention| mention.tax == Tax::Included)
            .map(|mention| mention.amount)
            .collect();
        for amount in price_list(&texts).into_values().chain(amount_due(&texts)) {
            assert!(named.contains(&amount), "{amount} in {texts:?}");
        }
    }
});
