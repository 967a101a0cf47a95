//! "Doğum Tarihi".

use super::finding::Finding;
use super::form::{Form, Typing};
use super::form_check::FormCheck;
use super::purpose::FieldPurpose;
use crate::{Field, FieldKind, Severity};
use eimza_payment::Day;
use eimza_turkish::normalize_label;

const BIRTH_DATE: FieldPurpose = FieldPurpose {
    // Turkish and English placeholders: "gg.aa.yyyy", "dd.mm.yyyy".
    open_positions: "_#•XxGgAaYyDdMm",
    ..FieldPurpose::of_number("birth-date", &["Doğum Tarihi", "Doğum Tarihiniz"])
};

/// The earliest year of birth that is accepted.
const FIRST_YEAR: i32 = 1900;
/// The placeholder by which Turkish pages ask for day, month and year, normalized.
const DAY_FIRST: &str = "gg.aa.yyyy";

pub(super) struct BirthDateCheck;

impl FormCheck for BirthDateCheck {
    fn purposes(&self) -> &'static [FieldPurpose] {
        &[BIRTH_DATE]
    }

    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>) {
        form.check_texts(&BIRTH_DATE, findings, |typed| {
            check(typed.text, DateFormat::of(typed.field), typed.typing, form.today)
        });
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample> {
        use super::sample::Sample;
        vec![
            Sample::new("birth_date_none", &[("Doğum Tarihi", "31.02.1980")]),
            Sample::new("birth_date_future", &[("Doğum Tarihi", "01.01.2999")]),
            Sample::new("birth_date_early", &[("Doğum Tarihi", "01.01.1800")]),
            Sample::new("birth_date_form", &[("Doğum Tarihi", "010180")]),
            Sample::new("birth_date_order", &[("Doğum Tarihi", "1/1/1980")]),
        ]
    }
}

/// The date format that a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateFormat {
    Unknown,
    /// "gg.aa.yyyy".
    DayFirst,
    /// A date control, which formats its value itself.
    DateControl,
}

impl DateFormat {
    fn of(field: &Field) -> Self {
        match field.kind {
            FieldKind::Date => Self::DateControl,
            _ if normalize_label(&field.placeholder) == DAY_FIRST => Self::DayFirst,
            _ => Self::Unknown,
        }
    }
}

fn check(text: &str, format: DateFormat, typing: Typing, today: Option<Day>) -> Option<Finding> {
    let text = text.trim_end_matches('.');
    if !text.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let Some(date) = read(text) else {
        let is_numeric = text.chars().all(|letter| letter.is_ascii_digit() || " ./-".contains(letter));
        // The form may accept a month in words.
        return (typing == Typing::Finished && is_numeric)
            .then(|| Finding::new("birth_date_form", Severity::Advice));
    };
    if typing == Typing::InProgress && date.year < 1000 {
        return None; // the year is incomplete
    }
    let Some(day) = u8::try_from(date.month)
        .ok()
        .zip(u8::try_from(date.day).ok())
        .and_then(|(month, day)| Day::new(date.year, month, day))
    else {
        return Some(Finding::new("birth_date_none", Severity::Error));
    };
    if today.is_some_and(|today| day > today) {
        return Some(Finding::new("birth_date_future", Severity::Error));
    }
    if date.year < FIRST_YEAR {
        return Some(Finding::new("birth_date_early", Severity::Error).with("year", &date.year));
    }
    let expected = format!("{:02}.{:02}.{:04}", date.day, date.month, date.year);
    let differs = format == DateFormat::DayFirst && text != expected && typing == Typing::Finished;
    differs.then(|| Finding::new("birth_date_order", Severity::Advice).replace_with(expected))
}

/// The numbers of a date, which need not exist.
struct DateParts {
    year: i32,
    month: u32,
    day: u32,
}

/// Reads `26.11.1980`, `26/11/1980`, `26-11-1980`, and `1980-11-26`, the format of date controls.
fn read(text: &str) -> Option<DateParts> {
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    let number =
        |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|digit| digit.is_ascii_digit()));
    let [first, month, last] = parts[..] else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    if day.len() > 2 || month.len() > 2 || year.len() != 4 {
        return None;
    }
    Some(DateParts { year: i32::try_from(number(year)?).ok()?, month: number(month)?, day: number(day)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message_key(text: &str, typing: Typing) -> Option<&'static str> {
        check(text, DateFormat::Unknown, typing, Day::new(2026, 11, 26)).map(|finding| finding.message)
    }

    #[test]
    fn accepts_past_dates() {
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
            assert_eq!(message_key(text, Typing::Finished), None, "{text}");
        }
    }

    #[test]
    fn distinguishes_wrong_dates() {
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
            assert_eq!(message_key(text, Typing::Finished), Some(message), "{text}");
        }
        assert_eq!(
            check("01.01.2999", DateFormat::Unknown, Typing::Finished, None),
            None,
            "the current day is unknown"
        );
    }

    #[test]
    fn accepts_incomplete_dates_while_typing() {
        for text in ["0", "01.", "01.01.19", "31.02.198", "01.01.0198", "01.01.19"] {
            assert_eq!(message_key(text, Typing::InProgress), None, "{text}");
        }
        assert_eq!(message_key("31.02.1980", Typing::InProgress), Some("birth_date_none"));
    }

    #[test]
    fn offers_the_format_that_the_field_asks_for() {
        let field =
            |kind, placeholder: &str| Field { kind, placeholder: placeholder.to_owned(), ..Field::default() };
        let replacement = |text, field: &Field| {
            check(text, DateFormat::of(field), Typing::Finished, None)
                .and_then(|finding| finding.replacements.into_iter().next())
        };
        let text = field(FieldKind::Text, "GG.AA.YYYY");
        assert_eq!(replacement("1/2/1980", &text).as_deref(), Some("01.02.1980"));
        assert_eq!(replacement("1980-02-01", &text).as_deref(), Some("01.02.1980"));
        assert_eq!(replacement("01.02.1980", &text), None);
        assert_eq!(
            replacement("1980-02-01", &field(FieldKind::Date, "gg.aa.yyyy")),
            None,
            "the browser's own field"
        );
        assert_eq!(replacement("1/2/1980", &field(FieldKind::Text, "")), None);
    }
}
