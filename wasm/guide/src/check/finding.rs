//! The result of a check.

use crate::normalized_snapshot::NormalizedSnapshot;
use crate::{Fix, Hint, Severity};
use std::ops::Range;

/// Something that the user should know about a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// None for a finding about the whole page.
    pub anchor: Option<Anchor>,
    /// Message key.
    pub message: &'static str,
    /// The hint's id, where it is not the message key with dots for underscores.
    pub id: Option<&'static str>,
    pub severity: Severity,
    /// Values of the message's placeholders.
    pub args: Vec<(&'static str, String)>,
    /// The affected part of the field's normalized value, in Unicode code points; none for all of it.
    pub span: Option<Range<usize>>,
    /// What can replace that part, the preferred text first.
    pub replacements: Vec<String>,
    /// Whether the hint can wait until the user reaches its anchor.
    pub quiet: bool,
}

/// The field or button that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Anchor {
    /// The field at this index of the snapshot.
    Field(usize),
    /// The button at this index of the snapshot.
    Button(usize),
}

impl Finding {
    /// Returns a finding about the whole page, without arguments or replacements.
    pub(super) fn new(message: &'static str, severity: Severity) -> Self {
        Self {
            anchor: None,
            message,
            id: None,
            severity,
            args: Vec::new(),
            span: None,
            replacements: Vec::new(),
            quiet: false,
        }
    }

    pub(super) fn at(self, anchor: Anchor) -> Self {
        Self { anchor: Some(anchor), ..self }
    }

    pub(super) fn with(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Adds a text that can replace what was found.
    pub(super) fn replace_with(mut self, text: String) -> Self {
        self.replacements.push(text);
        self
    }

    /// Converts the finding to the hint that is drawn.
    pub(super) fn into_hint(self, normalized: &NormalizedSnapshot<'_>) -> Hint {
        let snapshot = normalized.snapshot();
        let (reference, Range { start, end }) = match self.anchor {
            None => (None, 0..0),
            Some(Anchor::Field(index)) => {
                let range = match self.span {
                    Some(span) => normalized.original_range(index, span),
                    None => 0..normalized.original_value(index).chars().count(),
                };
                (Some(&snapshot.fields[index].reference), range)
            }
            Some(Anchor::Button(index)) => (Some(&snapshot.buttons[index].reference), 0..0),
        };
        let mut hint = Hint::new(self.message, self.severity).with(self.args);
        if let Some(id) = self.id {
            id.clone_into(&mut hint.id);
        }
        Hint {
            anchor: reference.cloned(),
            fixes: self.replacements.into_iter().map(|text| Fix { start, end, text }).collect(),
            quiet: self.quiet,
            ..hint
        }
    }
}
