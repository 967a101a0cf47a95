//! Payments: amounts in lira as Turkish texts write them, price lists, amounts due, IBANs, banks, and
//! descriptions of bank transfers.
//!
//! Pure functions on decimal numbers, never floating point. The crate contains no prices: all come from a
//! page that the user visited or from the institution's profile. Tax is never computed.

mod amount;
mod amount_due;
mod amount_mentions;
mod bank;
mod cost_breakdown;
mod day;
mod description_check;
mod iban;
mod known_prices;
mod payer;
mod price_list;
mod product;
mod serde_text;
mod template;

pub use amount::Amount;
pub use amount_due::amount_due;
pub use amount_mentions::{AmountMention, Tax, amount_mentions};
pub use bank::{Bank, bank_in_text, banks, banks_in_text};
pub use cost_breakdown::CostBreakdown;
pub use day::Day;
pub use description_check::DescriptionIssue;
pub use iban::{Iban, IbanError};
pub use known_prices::{KnownPrices, Price};
pub use payer::Payer;
pub use price_list::{PriceList, price_list};
pub use product::Product;
pub use template::{Template, TemplateError};
