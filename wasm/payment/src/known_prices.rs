//! Prices that were read, with where and when.

use crate::{Amount, Day, PriceList, Product};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The age in days after which a price is outdated.
const MAX_AGE: i32 = 90;

/// A price with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The amount, tax included.
    pub amount: Amount,
    /// The day on which it was read.
    #[serde(rename = "read")]
    pub read_on: Day,
    /// The URL of the page; none for a price from the institution's profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Price {
    /// Returns whether it was read too long ago, or on a day in the future.
    #[must_use]
    pub fn is_outdated(&self, today: Day) -> bool {
        !(0..=MAX_AGE).contains(&self.read_on.days_until(today))
    }

    /// Returns whether it came over plain http, where it could have been modified.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.address.as_ref().is_some_and(|address| !address.starts_with("https://"))
    }
}

/// The stored prices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KnownPrices(BTreeMap<Product, Price>);

impl KnownPrices {
    /// Returns the price of a product.
    #[must_use]
    pub fn get(&self, product: Product) -> Option<&Price> {
        self.0.get(&product)
    }

    /// Stores the prices of a list that was read today. A price that came over plain http does not replace a
    /// reliable one that is still current.
    pub fn record(&mut self, list: &PriceList, address: &str, today: Day) {
        for (&product, &amount) in list {
            let new = Price { amount, read_on: today, address: Some(address.to_owned()) };
            let is_preferred =
                |known: &Price| new.is_unverified() && !known.is_unverified() && !known.is_outdated(today);
            if !self.0.get(&product).is_some_and(is_preferred) {
                self.0.insert(product, new);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn list(amount: &str) -> PriceList {
        [(Product::Nes3, Amount::parse(amount).unwrap())].into()
    }

    fn number(prices: &KnownPrices) -> String {
        prices.get(Product::Nes3).unwrap().amount.number()
    }

    #[test]
    fn prices_are_outdated_after_ninety_days() {
        let mut prices = KnownPrices::default();
        prices.record(&list("600"), "https://www.kamusm.gov.tr/x", day("2026-08-28"));
        let price = prices.get(Product::Nes3).unwrap();
        assert!(!price.is_outdated(day("2026-11-26")) && price.is_outdated(day("2026-11-27")));
        assert!(price.is_outdated(day("2026-01-01")), "a day in the future");
        assert!(!price.is_unverified());
    }

    #[test]
    fn prices_over_http_do_not_replace_reliable_ones() {
        let mut prices = KnownPrices::default();
        prices.record(&list("600"), "http://www.kamusm.gov.tr/x", day("2026-11-01"));
        assert!(prices.get(Product::Nes3).unwrap().is_unverified());
        prices.record(&list("700"), "https://www.kamusm.gov.tr/x", day("2026-11-02"));
        prices.record(&list("1"), "http://www.kamusm.gov.tr/x", day("2026-11-03"));
        assert_eq!(number(&prices), "700,00");
        prices.record(&list("800"), "http://www.kamusm.gov.tr/x", day("2027-11-03"));
        assert_eq!(number(&prices), "800,00", "the verified one was old");
    }

    #[test]
    fn prices_are_stored_as_text() {
        let mut prices = KnownPrices::default();
        prices.record(&list("1080"), "https://a", day("2026-11-26"));
        let stored = serde_json::to_value(&prices).unwrap();
        assert_eq!(
            stored,
            serde_json::json!({"nes-3": {"amount": "1.080,00", "read": "2026-11-26", "address": "https://a"}})
        );
        assert_eq!(serde_json::from_value::<KnownPrices>(stored).unwrap(), prices);
    }
}
