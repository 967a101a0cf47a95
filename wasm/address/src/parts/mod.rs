//! The places of an address: provinces, districts, and what is doubtful about an address that is
//! spread over a form's fields.

mod issues;
mod name_match;
mod numbers;
mod provinces;
mod tokenized_text;

pub use issues::{AddressIssue, AddressIssueKind, AddressPart, AddressParts, check_parts};
