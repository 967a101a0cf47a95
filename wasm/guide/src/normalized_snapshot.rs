//! A snapshot as all rules read it: each text normalized, with the way back to what is in the fields.

use crate::PageSnapshot;
use eimza_turkish::{NormalizedText, is_normalized};
use std::borrow::Cow;
use std::ops::Range;

/// A snapshot whose texts are in the form of [`NormalizedText`].
#[derive(Debug)]
pub(crate) struct NormalizedSnapshot<'a> {
    /// The snapshot as the page shows it.
    original: &'a PageSnapshot,
    snapshot: Cow<'a, PageSnapshot>,
    /// The values of the fields.
    values: Vec<NormalizedText<'a>>,
}

impl<'a> NormalizedSnapshot<'a> {
    pub(crate) fn of(original: &'a PageSnapshot) -> Self {
        let values = original.fields.iter().map(|field| NormalizedText::of(&field.value)).collect();
        let snapshot = if texts(original).all(|text| is_normalized(text)) {
            Cow::Borrowed(original)
        } else {
            let mut snapshot = original.clone();
            for text in texts_mut(&mut snapshot).filter(|text| !is_normalized(text)) {
                *text = NormalizedText::of(text).into_text().into_owned();
            }
            Cow::Owned(snapshot)
        };
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

/// Returns every text that a person reads. URLs, names of form controls and references stay as they are.
fn texts(snapshot: &PageSnapshot) -> impl Iterator<Item = &String> {
    let PageSnapshot { title, headings, fields, buttons, texts, .. } = snapshot;
    let of_fields = fields
        .iter()
        .flat_map(|field| [&field.label, &field.placeholder, &field.value].into_iter().chain(&field.options));
    let of_buttons = buttons.iter().map(|button| &button.text);
    std::iter::once(title).chain(headings).chain(of_fields).chain(of_buttons).chain(texts)
}

fn texts_mut(snapshot: &mut PageSnapshot) -> impl Iterator<Item = &mut String> {
    let PageSnapshot { title, headings, fields, buttons, texts, .. } = snapshot;
    let of_fields = fields.iter_mut().flat_map(|field| {
        [&mut field.label, &mut field.placeholder, &mut field.value].into_iter().chain(&mut field.options)
    });
    let of_buttons = buttons.iter_mut().map(|button| &mut button.text);
    std::iter::once(title).chain(headings).chain(of_fields).chain(of_buttons).chain(texts)
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
        assert_eq!(texts(normalized.snapshot()).count(), 8);
        assert!(texts(normalized.snapshot()).all(|text| text == "ö"));
        assert_eq!(normalized.original_value(0), decomposed());
        assert_eq!(normalized.original_range(0, 0..1), 0..2);
    }

    #[test]
    fn copies_nothing_where_nothing_changes() {
        let original = PageSnapshot { title: "Kilit Çözme".to_owned(), ..PageSnapshot::default() };
        assert!(matches!(NormalizedSnapshot::of(&original).snapshot, Cow::Borrowed(_)));
    }
}
