//! A form as the checks see it: each field with its purpose.

use super::choice_rule::ChoiceRule;
use super::filled_in::{has_open_positions, is_empty, without_open_positions};
use super::finding::{Anchor, Finding};
use super::purpose::FieldPurpose;
use crate::normalized_snapshot::NormalizedSnapshot;
use crate::{Field, PageSnapshot, UserContext};
use eimza_payment::Day;
use std::borrow::Cow;

/// A form that is being filled in, and everything else that a check depends on.
pub(crate) struct Form<'a> {
    /// The page, normalized.
    pub snapshot: &'a PageSnapshot,
    /// The way back to what the page shows.
    pub normalized: &'a NormalizedSnapshot<'a>,
    /// The page's rules about choices.
    pub choices: &'static [ChoiceRule],
    pub user_context: &'a UserContext,
    /// The current day; none where it is not known.
    pub today: Option<Day>,
    /// The purpose of each field of the snapshot.
    pub purposes: Vec<Option<&'static FieldPurpose>>,
}

/// A field with a purpose.
#[derive(Clone, Copy)]
pub(crate) struct FormField<'a> {
    pub anchor: Anchor,
    pub field: &'a Field,
    pub purpose: &'static FieldPurpose,
}

/// Whether the user is still typing in the field, in which case a text that is only too short is not wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typing {
    InProgress,
    Finished,
}

/// The text of a text field, without surrounding white space; never empty.
pub(crate) struct TypedText<'a> {
    pub text: &'a str,
    pub typing: Typing,
    pub field: &'a Field,
}

impl<'a> Form<'a> {
    /// Returns the fields that have a purpose, in the order of the form.
    pub(super) fn fields(&self) -> impl Iterator<Item = FormField<'a>> {
        self.snapshot.fields.iter().zip(&self.purposes).enumerate().filter_map(|(index, (field, purpose))| {
            Some(FormField { anchor: Anchor::Field(index), field, purpose: (*purpose)? })
        })
    }

    /// Returns the value of a field as the page shows it; empty for a button.
    pub(super) fn original_value(&self, anchor: Anchor) -> &'a str {
        match anchor {
            Anchor::Field(index) => self.normalized.original_value(index),
            Anchor::Button(_) => "",
        }
    }

    /// Returns the first field of a purpose, whatever its control.
    pub(super) fn first(&self, purpose: &FieldPurpose) -> Option<FormField<'a>> {
        self.fields().find(|field| field.purpose.id == purpose.id)
    }

    /// Checks the text in each editable text field of a purpose.
    pub(super) fn check_texts(
        &self,
        purpose: &FieldPurpose,
        findings: &mut Vec<Finding>,
        check: impl Fn(&TypedText<'_>) -> Option<Finding>,
    ) {
        for FormField { anchor, field, .. } in self.fields().filter(|field| field.purpose.id == purpose.id) {
            if !field.is_typed() || field.readonly {
                continue;
            }
            let is_masked = has_open_positions(&field.value, Some(purpose));
            if !is_masked && is_empty(field, Some(purpose)) {
                continue;
            }
            let text = if is_masked {
                Cow::Owned(without_open_positions(&field.value, purpose))
            } else {
                Cow::Borrowed(field.value.as_str())
            };
            let is_typing = !self.snapshot.typing.is_empty() && self.snapshot.typing == field.reference;
            let typing = if is_typing || is_masked { Typing::InProgress } else { Typing::Finished };
            let text = text.trim();
            if !text.is_empty() {
                findings.extend(check(&TypedText { text, typing, field }).map(|finding| finding.at(anchor)));
            }
        }
    }
}
