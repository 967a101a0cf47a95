//! The interface of every check.

use super::finding::Finding;
use super::form::Form;
use super::purpose::FieldPurpose;

/// Checks the fields of a form while it is filled in.
///
/// A check reports only what is certain: nothing that can still become right while the user types
/// ([`super::form::Typing`]), and nothing that the form may accept after all.
pub(crate) trait FormCheck: Sync {
    /// Returns the purposes of the fields that it reads. Empty for a check that is not about fields of a
    /// certain purpose.
    fn purposes(&self) -> &'static [FieldPurpose] {
        &[]
    }

    /// Returns the position of its findings among those of other checks.
    fn stage(&self) -> Stage {
        Stage::Field
    }

    /// Appends what is wrong with the form.
    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>);
}

/// The order of findings: by stage; within [`Stage::Group`] and [`Stage::Field`] by field, within
/// [`Stage::Form`] by check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Several fields are read together.
    Group,
    /// Each field is read by itself.
    Field,
    /// The form as a whole.
    Form,
}
