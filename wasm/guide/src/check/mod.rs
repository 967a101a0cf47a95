//! Checks of a form while it is filled in: one file per kind of field, and [`registry`] lists them.

mod address;
mod address_labels;
mod birth_date;
#[cfg(test)]
mod boundary_tests;
mod choice;
mod choice_rule;
mod email;
mod filled_address;
mod filled_in;
mod finding;
mod form;
mod form_check;
mod iban;
mod identity_number;
mod invisible;
mod mandatory;
mod phone;
mod purpose;
mod registry;
mod run;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sample_tests;

#[cfg(test)]
pub(crate) use address::ADDRESS_PARTS;
pub(crate) use choice_rule::ChoiceRule;
pub(crate) use email::is_mailbox;
pub(crate) use filled_address::has_address_with_district;
pub use identity_number::{IdentityNumberError, LENGTH as IDENTITY_NUMBER_LENGTH, validate_identity_number};
pub(crate) use registry::FieldLabels;
pub(crate) use run::form_hints;
