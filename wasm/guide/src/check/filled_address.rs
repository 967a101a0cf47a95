//! Whether there is an address to check against official lists.

use super::address::{ADDRESS, DISTRICT, NO_ABBREVIATION, PROVINCE, QUARTER};
use super::purpose::FieldPurpose;
use super::registry::{FieldLabels, purpose_of};
use crate::PageSnapshot;

/// Returns whether a form has an address whose province and district are filled in, and some of the rest.
pub(crate) fn has_address_with_district(labels: &[FieldLabels], snapshot: &PageSnapshot) -> bool {
    let is_filled = |purposes: &[FieldPurpose]| {
        snapshot.fields.iter().any(|field| {
            !field.value.trim().is_empty()
                && purpose_of(labels, field).is_some_and(|purpose| purposes.contains(purpose))
        })
    };
    is_filled(&[PROVINCE]) && is_filled(&[DISTRICT]) && is_filled(&[QUARTER, NO_ABBREVIATION, ADDRESS])
}
