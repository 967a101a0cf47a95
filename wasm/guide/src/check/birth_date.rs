//! "Doğum Tarihi".

use super::{Finding, Typing};
use crate::{Field, FieldKind, Severity};
use eimza_payment::Day;
use eimza_turkish::normalize_label;

/// Nobody who signs was born before.
const FIRST_YEAR: i32 = 1900;
/// The form that Turkish pages ask for, and how it is written.
const ASKED: &str = "gg.aa.yyyy";

/// In which form a field wants its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// It does not say.
    Nothing,
    /// "gg.aa.yyyy".
    DayFirst,
    /// The browser's own field writes it as it must be.
    Browser,
}

impl Asked {
    pub(super) fn of(field: &Field) -> Self {
        match field.kind {
            FieldKind::Date => Self::Browser,
            _ if normalize_label(&field.placeholder) == ASKED => Self::DayFirst,
            _ => Self::Nothing,
        }
    }
}

pub(super) fn check(text: &str, asked: Asked, typing: Typing, today: Option<Day>) -> Option<Finding> {
    let text = text.trim_end_matches('.');
    if !text.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let Some(written) = read(text) else {
        let is_date = text.chars().all(|letter| letter.is_ascii_digit() || " ./-".contains(letter));
        // A month in words may be what the form takes.
        return (typing == Typing::Done && is_date)
            .then(|| Finding::new("birth_date_form", Severity::Advice));
    };
    if typing == Typing::Going && written.year < 1000 {
        return None; // the year has not all its digits yet
    }
    let Some(day) = u8::try_from(written.month)
        .ok()
        .zip(u8::try_from(written.day).ok())
        .and_then(|(month, day)| Day::new(written.year, month, day))
    else {
        return Some(Finding::new("birth_date_none", Severity::Error));
    };
    if today.is_some_and(|today| day > today) {
        return Some(Finding::new("birth_date_future", Severity::Error));
    }
    if written.year < FIRST_YEAR {
        return Some(Finding::new("birth_date_early", Severity::Error).with("year", &written.year));
    }
    let instead = format!("{:02}.{:02}.{:04}", written.day, written.month, written.year);
    let otherwise = asked == Asked::DayFirst && text != instead && typing == Typing::Done;
    otherwise.then(|| Finding::new("birth_date_order", Severity::Advice).instead(instead))
}

/// The numbers of a date.
struct Written {
    year: i32,
    month: u32,
    day: u32,
}

/// Reads `26.11.1980`, `26/11/1980`, `26-11-1980`, and `1980-11-26` as browsers write it.
fn read(text: &str) -> Option<Written> {
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    let number =
        |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|digit| digit.is_ascii_digit()));
    let [first, month, last] = parts[..] else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    if day.len() > 2 || month.len() > 2 || year.len() != 4 {
        return None;
    }
    Some(Written { year: i32::try_from(number(year)?).ok()?, month: number(month)?, day: number(day)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, typing: Typing) -> Option<&'static str> {
        check(text, Asked::Nothing, typing, Day::new(2026, 11, 26)).map(|finding| finding.message)
    }

    #[test]
    fn days_of_the_past_get_silence() {
        for text in [
            "01.01.1980",
            "1.1.1980",
            "01/01/1980",
            "01-01-1980",
            "1980-01-01",
            "29.02.2000",
            "26.11.2026",
            "1 Ocak 1980",
        ] {
            assert_eq!(said(text, Typing::Done), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_day_of_birth_is_told_apart() {
        for (text, message) in [
            ("31.02.1980", "birth_date_none"),
            ("29.02.1900", "birth_date_none"),
            ("01.13.1980", "birth_date_none"),
            ("00.01.1980", "birth_date_none"),
            ("27.11.2026", "birth_date_future"),
            ("01.01.1880", "birth_date_early"),
            ("01.01.80", "birth_date_form"),
            ("01011980", "birth_date_form"),
        ] {
            assert_eq!(said(text, Typing::Done), Some(message), "{text}");
        }
        assert_eq!(
            check("01.01.2999", Asked::Nothing, Typing::Done, None),
            None,
            "nobody knows what day it is"
        );
    }

    #[test]
    fn a_date_that_is_still_being_typed_may_be_unfinished() {
        for text in ["0", "01.", "01.01.19", "31.02.198", "01.01.0198", "01.01.19"] {
            assert_eq!(said(text, Typing::Going), None, "{text}");
        }
        assert_eq!(said("31.02.1980", Typing::Going), Some("birth_date_none"));
    }

    #[test]
    fn the_form_that_the_field_asks_for_is_offered() {
        let field =
            |kind, placeholder: &str| Field { kind, placeholder: placeholder.to_owned(), ..Field::default() };
        let asked = |text, field: &Field| {
            check(text, Asked::of(field), Typing::Done, None).and_then(|finding| finding.instead)
        };
        let text = field(FieldKind::Text, "GG.AA.YYYY");
        assert_eq!(asked("1/2/1980", &text).as_deref(), Some("01.02.1980"));
        assert_eq!(asked("1980-02-01", &text).as_deref(), Some("01.02.1980"));
        assert_eq!(asked("01.02.1980", &text), None);
        assert_eq!(
            asked("1980-02-01", &field(FieldKind::Date, "gg.aa.yyyy")),
            None,
            "the browser's own field"
        );
        assert_eq!(asked("1/2/1980", &field(FieldKind::Text, "")), None);
    }
}
