//! What a field of a form is for.

/// What a field is for, such as an IBAN or a postal code. Each belongs to one check.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FieldPurpose {
    /// The name that page files use.
    pub id: &'static str,
    /// Labels of such fields on every page; compared without case, diacritics and punctuation. None where
    /// only page files name its fields.
    pub labels: &'static [&'static str],
    /// Whether a low line is part of the text rather than an empty position of an input mask.
    pub allows_low_line: bool,
}

impl FieldPurpose {
    pub(super) const fn new(id: &'static str, labels: &'static [&'static str]) -> Self {
        Self { id, labels, allows_low_line: false }
    }
}
