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

    /// Returns the scope of the check, which determines the position of its findings.
    fn scope(&self) -> Scope {
        Scope::Field
    }

    /// Appends the findings in the form.
    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>);

    /// Returns at least one form for each message of the check. A test compares them with the message keys
    /// in the source of the check.
    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample>;
}

/// What a check reads. Findings are ordered by scope; within [`Scope::Group`] and [`Scope::Field`] by field,
/// within [`Scope::Form`] by check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    /// Several fields together.
    Group,
    /// Each field separately.
    Field,
    /// The form as a whole.
    Form,
}
