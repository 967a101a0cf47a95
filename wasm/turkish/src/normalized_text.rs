//! Text in the form in which rules compare it, with the way back to the text as it was typed.

use crate::composition::{compose, is_combining_mark};
use crate::invisible::is_invisible;
use std::borrow::Cow;
use std::ops::Range;

/// A text as all rules read it: letters composed with their marks (normalization form C), and without
/// invisible characters. Both occur in pasted text: macOS and PDF files decompose letters, and editors insert
/// soft hyphens and zero-width spaces.
///
/// A letter is its character together with its marks and the invisible characters between them; positions
/// lead back to whole letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormalizedText<'a> {
    text: Cow<'a, str>,
    /// For each code point of the text, the code points of the original that it stands for. None where the
    /// original is normalized.
    positions: Option<Vec<Range<usize>>>,
}

/// A blank that is not white space; unlike other invisible characters it separates words.
const BRAILLE_BLANK: char = '\u{2800}';

impl<'a> NormalizedText<'a> {
    /// Normalizes a text. Takes time linear in its length.
    #[must_use]
    pub fn of(original: &'a str) -> Self {
        if is_normalized(original) {
            return Self { text: Cow::Borrowed(original), positions: None };
        }
        let mut text = String::with_capacity(original.len());
        let mut positions = Vec::with_capacity(original.len());
        let mut letters = original.chars().enumerate().filter(|(_, letter)| !is_removed(*letter)).peekable();
        let mut marks = Vec::new();
        while let Some((start, letter)) = letters.next() {
            marks.clear();
            let mut end = start + 1;
            while let Some((at, mark)) = letters.next_if(|(_, next)| is_combining_mark(*next)) {
                marks.push(mark);
                end = at + 1;
            }
            let length = text.len();
            if letter == BRAILLE_BLANK {
                text.push(' ');
                text.extend(&marks);
            } else {
                compose(letter, &marks, &mut text);
            }
            positions.extend(text[length..].chars().map(|_| start..end));
        }
        Self { text: Cow::Owned(text), positions: Some(positions) }
    }

    /// Returns the normalized text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the normalized text without its positions.
    #[must_use]
    pub fn into_text(self) -> Cow<'a, str> {
        self.text
    }

    /// Returns whether it differs from the original.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.positions.is_some()
    }

    /// Converts a range of the normalized text to the range of the original that contains the same letters,
    /// both in code points. An empty range stays empty.
    #[must_use]
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let Some(positions) = &self.positions else { return range };
        let end_of = |length: usize| match length.checked_sub(1) {
            Some(last) => positions.get(last).or(positions.last()).map_or(0, |position| position.end),
            None => 0,
        };
        let end = end_of(range.end);
        if range.is_empty() {
            return end..end;
        }
        positions.get(range.start).map_or(end, |position| position.start)..end
    }
}

/// Returns whether [`NormalizedText`] leaves a text as it is.
#[must_use]
pub fn is_normalized(text: &str) -> bool {
    // In UTF-8, marks and invisible characters contain a byte of at least 0xCC or are U+00AD. Comparing bytes
    // is several times as fast as decoding them.
    let is_suspect = text.bytes().fold(false, |suspect, byte| suspect | (byte >= 0xcc) | (byte == 0xad));
    !is_suspect || !text.chars().any(|letter| is_combining_mark(letter) || is_invisible(letter))
}

fn is_removed(letter: char) -> bool {
    is_invisible(letter) && letter != BRAILLE_BLANK
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn normalized(text: &str) -> String {
        NormalizedText::of(text).into_text().into_owned()
    }

    #[test]
    fn composes_letters_and_removes_invisible_characters() {
        assert_eq!(normalized("KORUHU\u{308}YU\u{308}K"), "KORUHÜYÜK");
        assert_eq!(normalized("I\u{307}c\u{327}el"), "İçel");
        assert_eq!(normalized("No\u{ad}bet\u{200b}ha\u{2060}ne"), "Nobethane");
        assert_eq!(normalized("u\u{200b}\u{308}"), "ü", "a mark after an invisible character");
        assert_eq!(normalized("u\u{308}\u{304}\u{323}"), "ụ\u{308}\u{304}", "marks in canonical order");
        assert_eq!(normalized("Gül\u{2800}Mah"), "Gül Mah");
    }

    #[test]
    fn keeps_marks_that_no_letter_has() {
        assert_eq!(normalized("q\u{308}"), "q\u{308}");
        assert_eq!(normalized("\u{308}a"), "\u{308}a");
        assert_eq!(normalized("i\u{307}"), "i\u{307}");
    }

    #[test]
    fn ranges_of_the_original_contain_whole_letters() {
        let text = NormalizedText::of("\u{feff}No\u{308}bet\u{ad} Mah\u{200d}.\u{200b}");
        assert_eq!(text.as_str(), "Nöbet Mah.");
        assert_eq!(text.original_range(0..5), 1..7);
        assert_eq!(text.original_range(1..2), 2..4);
        assert_eq!(text.original_range(6..10), 9..14);
        assert_eq!(text.original_range(0..0), 0..0);
        assert_eq!(text.original_range(10..10), 14..14);
        assert_eq!(NormalizedText::of("q\u{308}y").original_range(0..1), 0..2);
        assert_eq!(NormalizedText::of("Nöbet").original_range(1..2), 1..2);
        assert_eq!(NormalizedText::of("\u{200b}").original_range(0..1), 0..0);
    }

    #[test]
    fn normalized_texts_are_borrowed() {
        for text in ["", "Nöbet’i – Şişli", "í Ç", "Ελλάδα 漢字"] {
            assert!(matches!(NormalizedText::of(text).into_text(), Cow::Borrowed(_)), "{text}");
        }
    }

    /// Latin letters and marks, with invisible characters among them. Four marks are duplicates of others,
    /// which nothing writes; they stay as they are. So do marks at the beginning, which belong to no letter.
    fn latin() -> impl Strategy<Value = String> {
        let letter = prop_oneof![
            4 => proptest::char::ranges(vec!['a'..='z', 'A'..='Z', ' '..='9'].into()),
            4 => proptest::char::ranges(vec!['\u{c0}'..='\u{24f}', '\u{1e00}'..='\u{1eff}'].into()),
            4 => proptest::char::range('\u{300}', '\u{36f}')
                .prop_filter("duplicates", |mark| !matches!(mark, '\u{340}' | '\u{341}' | '\u{343}' | '\u{344}')),
            1 => proptest::sample::select(vec!['\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}', '\u{1dc4}', '\u{20dd}']),
        ];
        proptest::collection::vec(letter, 0..16)
            .prop_map(|letters| letters.into_iter().collect::<String>())
            .prop_map(|text| format!("a{text}"))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn latin_text_is_in_form_c(text in latin()) {
            let expected: String = text.chars().filter(|letter| !is_invisible(*letter)).nfc().collect();
            prop_assert_eq!(normalized(&text), expected);
        }

        #[test]
        fn every_range_contains_the_letters_it_stands_for(text in latin()) {
            let letters: Vec<char> = text.chars().collect();
            let whole = NormalizedText::of(&text);
            let composed: Vec<char> = whole.as_str().chars().collect();
            for end in 0..=composed.len() {
                for start in 0..end {
                    let range = whole.original_range(start..end);
                    let part: String = letters[range.clone()].iter().collect();
                    let expected: String = composed[start..end].iter().collect();
                    prop_assert!(normalized(&part).contains(&expected), "{:?} {:?}", range, part);
                }
            }
        }

        #[test]
        fn normalizing_again_changes_nothing(text in any::<String>()) {
            let once = normalized(&text);
            prop_assert_eq!(normalized(&once), once);
        }
    }
}
