//! The costs of a procedure.

use crate::{Amount, Day, Price, Product};

/// Products with their prices, where these are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostBreakdown(pub Vec<(Product, Option<Price>)>);

impl CostBreakdown {
    /// Returns the total; none where a price is unknown.
    #[must_use]
    pub fn total(&self) -> Option<Amount> {
        let amounts: Option<Vec<Amount>> =
            self.0.iter().map(|(_, price)| price.as_ref().map(|price| price.amount)).collect();
        Amount::sum(amounts?)
    }

    /// Returns whether any price is outdated.
    #[must_use]
    pub fn is_outdated(&self, today: Day) -> bool {
        self.prices().any(|price| price.is_outdated(today))
    }

    /// Returns whether any price came over an unauthenticated connection.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.prices().any(Price::is_unverified)
    }

    /// Returns the known prices.
    pub fn prices(&self) -> impl Iterator<Item = &Price> {
        self.0.iter().filter_map(|(_, price)| price.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_a_total_only_where_every_price_is_known() {
        let price = |amount, read, address: &str| Price {
            amount: Amount::parse(amount).unwrap(),
            read_on: Day::parse(read).unwrap(),
            address: Some(address.to_owned()),
        };
        let nes = (Product::Nes3, Some(price("780", "2026-11-01", "https://a")));
        let reader = (Product::MiniReader, Some(price("300", "2026-01-01", "http://a")));
        let today = Day::parse("2026-11-26").unwrap();
        let whole = CostBreakdown(vec![nes.clone(), reader]);
        assert_eq!(whole.total().unwrap().number(), "1.080,00");
        assert!(whole.is_outdated(today) && whole.is_unverified());
        assert_eq!(CostBreakdown(vec![nes, (Product::MiniReader, None)]).total(), None);
    }
}
