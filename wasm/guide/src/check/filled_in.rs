//! Whether a field is filled in: input masks and drawn lists show a text before the user has entered any.

use super::purpose::FieldPurpose;
use crate::Field;

/// Returns whether nothing is chosen or typed. That includes a list whose text only asks to choose, a
/// placeholder that is the field's value, and an input mask with open positions.
pub(super) fn is_empty(field: &Field, purpose: Option<&FieldPurpose>) -> bool {
    let value = field.value.trim();
    if value.is_empty() {
        return true;
    }
    if field.is_list() {
        return field.is_placeholder_option(value);
    }
    let is_unfilled = value.contains('_') && !value.contains(char::is_alphanumeric);
    is_unfilled
        || value == field.placeholder.trim()
        || purpose.is_some_and(|purpose| purpose.has_digits && is_pattern(value))
        || has_open_positions(value, purpose)
}

/// Returns whether an input mask has positions in which nothing was typed yet.
pub(super) fn has_open_positions(value: &str, purpose: Option<&FieldPurpose>) -> bool {
    match purpose {
        Some(purpose) if purpose.has_digits => {
            value.contains('_') || has_repeated(value, |letter| purpose.open_positions.contains(letter))
        }
        // Elsewhere a low line may be part of the text.
        Some(FieldPurpose { open_positions, .. }) if !open_positions.contains('_') => false,
        _ => value.matches('_').count() > 1 && !value.contains(char::is_alphabetic),
    }
}

/// Returns a text without the open positions of its input mask.
pub(super) fn without_open_positions(value: &str, purpose: &FieldPurpose) -> String {
    value.chars().filter(|&letter| !purpose.open_positions.contains(letter)).collect()
}

/// Returns whether a text only shows where digits belong: "gg.aa.yyyy", "TRXX XXXX", "###". Words are no
/// patterns.
fn is_pattern(value: &str) -> bool {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let mut words = value.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let is_one_letter = |word: &str| {
        let word = word.strip_prefix("TR").unwrap_or(word);
        let mut letters = word.chars();
        let first = letters.next();
        letters.all(|letter| Some(letter) == first) && word.chars().count() != 1
    };
    let is_repeated = has_repeated(value, |letter| letter.is_alphabetic() || "#•*".contains(letter));
    is_repeated && !value.contains(is_digit) && words.all(is_one_letter)
}

/// Returns whether one of these characters occurs twice in a row.
fn has_repeated(value: &str, is_open: impl Fn(char) -> bool) -> bool {
    value.chars().zip(value.chars().skip(1)).any(|(letter, next)| letter == next && is_open(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldKind;

    const NUMBER: FieldPurpose = FieldPurpose::of_number("number", &[]);
    const DATE: FieldPurpose =
        FieldPurpose { open_positions: "_#•XxGgAaYyDdMm", ..FieldPurpose::of_number("date", &[]) };
    const TEXT: FieldPurpose = FieldPurpose::new("text", &[]);
    const EMAIL: FieldPurpose = FieldPurpose { open_positions: "", ..FieldPurpose::new("email", &[]) };

    fn empty(value: &str, purpose: Option<&FieldPurpose>) -> bool {
        is_empty(&Field { value: value.to_owned(), ..Field::default() }, purpose)
    }

    #[test]
    fn masks_with_open_positions_are_not_filled_in() {
        for value in [
            "+90 (5__) ___ __ __",
            "0(5__) ___ __ __",
            "05_________",
            "TR__ ____ ____",
            "0(5XX) XXX XX XX",
            "###########",
            "•••••••••••",
            "+90 532 123 45 6_",
            "XXXXXXXXXXX",
        ] {
            assert!(empty(value, Some(&NUMBER)), "{value}");
        }
        for value in ["gg.aa.yyyy", "GG/AA/YYYY", "dd.mm.yyyy", "__/__/2026", "10.aa.yyyy", "__.__.____"] {
            assert!(empty(value, Some(&DATE)), "{value}");
        }
        assert!(empty("0(5__) ___ __ __", None) && empty("__", None) && empty("_", None));
    }

    #[test]
    fn typed_texts_are_filled_in() {
        for value in ["05321234567", "TR41 0001", "TR-", "asdf", "Ali", "1", "x", "AA123456"] {
            assert!(!empty(value, Some(&NUMBER)), "{value}");
        }
        for value in ["01.02.1980", "1 Ocak 1980", "26 Mayıs 1980"] {
            assert!(!empty(value, Some(&DATE)), "{value}");
        }
        for value in ["Gül __ Sokak", "A_B", "-", "XX Sokak"] {
            assert!(!empty(value, Some(&TEXT)) && !empty(value, None), "{value}");
        }
        assert!(!empty("a__b@gmail.com", Some(&EMAIL)) && !empty("12__@gmail.com", Some(&EMAIL)));
    }

    #[test]
    fn a_placeholder_is_no_value() {
        let field = |kind, value: &str| Field {
            kind,
            placeholder: "Adınız".to_owned(),
            value: value.to_owned(),
            ..Field::default()
        };
        assert!(is_empty(&field(FieldKind::Text, "Adınız"), None));
        assert!(is_empty(&field(FieldKind::Select, "Adınız"), None));
        assert!(!is_empty(&field(FieldKind::Text, "Ali"), None));
    }
}
