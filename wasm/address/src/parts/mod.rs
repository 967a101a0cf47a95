//! Checks of the parts of an address together: province, district, postal code, door number.

mod issues;
mod name_match;
mod numbers;
mod provinces;
mod tokenized_text;

pub use issues::{AddressIssue, AddressIssueKind, AddressPart, AddressParts, check_parts};
