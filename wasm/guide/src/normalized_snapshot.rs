//! A snapshot as all rules read it: each text normalized, with the way back to what is in the fields.

use crate::PageSnapshot;
use eimza_turkish::NormalizedText;
use std::borrow::Cow;
use std::ops::Range;

/// A snapshot whose texts are in the form of [`NormalizedText`].
#[derive(Debug)]
pub(crate) struct NormalizedSnapshot<'a> {
    /// The snapshot as the page shows it.
    original: &'a PageSnapshot,
    snapshot: PageSnapshot,
    /// The values of the fields.
    values: Vec<NormalizedText<'a>>,
}

impl<'a> NormalizedSnapshot<'a> {
    pub(crate) fn of(original: &'a PageSnapshot) -> Self {
        let values = original.fields.iter().map(|field| NormalizedText::of(&field.value)).collect();
        let mut snapshot = original.clone();
        for_each_text(&mut snapshot, &mut |text| {
            if let Cow::Owned(normalized) = NormalizedText::of(text).into_text() {
                *text = normalized;
            }
        });
        Self { original, snapshot, values }
    }

    /// Returns the snapshot with normalized texts.
    pub(crate) fn snapshot(&self) -> &PageSnapshot {
        &self.snapshot
    }

    /// Returns the value of a field as the page shows it.
    pub(crate) fn original_value(&self, field: usize) -> &'a str {
        &self.original.fields[field].value
    }

    /// Converts a range of a field's normalized value to the range of its value that contains the same
    /// letters, both in code points.
    pub(crate) fn original_range(&self, field: usize, range: Range<usize>) -> Range<usize> {
        self.values[field].original_range(range)
    }
}

/// Calls a function for every text that a person reads. URLs, names of form controls and references stay as
/// they are.
fn for_each_text(snapshot: &mut PageSnapshot, change: &mut dyn FnMut(&mut String)) {
    change(&mut snapshot.title);
    snapshot.headings.iter_mut().chain(&mut snapshot.texts).for_each(&mut *change);
    for field in &mut snapshot.fields {
        change(&mut field.label);
        change(&mut field.placeholder);
        change(&mut field.value);
        field.options.iter_mut().for_each(&mut *change);
    }
    for button in &mut snapshot.buttons {
        change(&mut button.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Button, Field};

    #[test]
    fn normalizes_everything_that_a_person_reads() {
        let decomposed = || "o\u{308}\u{ad}".to_owned();
        let field = Field {
            label: decomposed(),
            placeholder: decomposed(),
            value: decomposed(),
            options: vec![decomposed()],
            ..Field::default()
        };
        let button = Button { text: decomposed(), ..Button::default() };
        let original = PageSnapshot {
            title: decomposed(),
            headings: vec![decomposed()],
            fields: vec![field],
            buttons: vec![button],
            texts: vec![decomposed()],
            ..PageSnapshot::default()
        };
        let normalized = NormalizedSnapshot::of(&original);
        let mut texts = Vec::new();
        for_each_text(&mut normalized.snapshot().clone(), &mut |text| texts.push(text.clone()));
        assert_eq!(texts, ["ö"; 8]);
        assert_eq!(normalized.original_value(0), decomposed());
        assert_eq!(normalized.original_range(0, 0..1), 0..2);
    }
}
