//! Sample forms of the checks.

use crate::Field;

/// A form in which a check finds something.
pub(crate) struct Sample {
    /// The key of the message.
    pub message: &'static str,
    /// Label and value of each field.
    pub fields: Vec<(&'static str, &'static str)>,
}

impl Sample {
    pub(super) fn new(message: &'static str, fields: &[(&'static str, &'static str)]) -> Self {
        Self { message, fields: fields.to_vec() }
    }
}

/// Returns a field for text, with its label as its reference.
pub(super) fn field(label: &str, value: &str) -> Field {
    Field {
        reference: label.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
        ..Field::default()
    }
}
