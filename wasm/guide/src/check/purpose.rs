//! What a field of a form is for.

use crate::Severity;

/// What a field is for, such as an IBAN or a postal code. Each belongs to one check.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FieldPurpose {
    /// The name that page files use.
    pub id: &'static str,
    /// Labels of such fields on every page; compared without case, diacritics and punctuation. None where
    /// only page files name its fields.
    pub labels: &'static [&'static str],
    /// The characters that an input mask shows for a position that is still open.
    pub open_positions: &'static str,
    /// Whether every text for it contains digits.
    pub has_digits: bool,
    /// How bad an invisible character is in such a field; none where it does no harm.
    pub invisible: Option<Severity>,
}

impl FieldPurpose {
    pub(super) const fn new(id: &'static str, labels: &'static [&'static str]) -> Self {
        Self { id, labels, open_positions: "_", has_digits: false, invisible: None }
    }

    /// Returns a purpose for which numbers are typed, into input masks such as "0(5XX) XXX XX XX".
    pub(super) const fn of_number(id: &'static str, labels: &'static [&'static str]) -> Self {
        Self { open_positions: "_#•Xx", has_digits: true, ..Self::new(id, labels) }
    }

    /// Returns the purpose with the severity of an invisible character in such a field.
    pub(super) const fn without_invisible(self, severity: Severity) -> Self {
        Self { invisible: Some(severity), ..self }
    }
}
