//! Sample forms of the checks.

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
