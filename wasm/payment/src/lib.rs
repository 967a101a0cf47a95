//! Money: amounts in lira as they are written in Turkish, price lists, who is owed what, accounts, and
//! the description that a bank transfer has to bear.
//!
//! Pure decisions, in decimal numbers and never in floating point. Nothing here knows a price: all come
//! from a page that the user visited or from their institution's profile. No tax is ever computed.

mod amount;
mod bank;
mod bill;
mod day;
mod debt;
mod iban;
mod mention;
mod price_list;
mod prices;
mod product;
mod template;
mod text_data;

pub use amount::Amount;
pub use bank::{Bank, bank_named, banks, banks_named};
pub use bill::Bill;
pub use day::Day;
pub use debt::debt;
pub use iban::{Iban, IbanFault};
pub use mention::{Mention, Tax, mentions};
pub use price_list::{PriceList, price_list};
pub use prices::{Price, Prices};
pub use product::Product;
pub use template::{Missing, Payer, Template, TemplateFault};
