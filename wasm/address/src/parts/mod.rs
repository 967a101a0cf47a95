//! Checks of the parts of an address together: province, district, quarter, postal code, door number.

mod issue;
mod issues;
mod name_match;
mod numbers;
mod official_order;
mod provinces;
mod quarters;
mod tokenized_text;

pub use issue::{AddressIssue, AddressIssueKind, AddressPart};
pub use issues::{AddressParts, check_parts};
pub use official_order::in_official_order;
pub use quarters::Quarters;
