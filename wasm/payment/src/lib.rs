//! Money: amounts in lira as they are written in Turkish, price lists, who is owed what, accounts, and
//! the description that a bank transfer has to bear.
//!
//! Pure decisions, in decimal numbers and never in floating point. Nothing here knows a price: all come
//! from a page that the user visited or from their institution's profile. No tax is ever computed.

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
