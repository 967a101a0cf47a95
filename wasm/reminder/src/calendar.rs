//! The end of a certificate as a calendar file (iCalendar, RFC 5545).
//!
//! Written here: the crates for it bring random ids and time zones, and are larger than the rest of the panel's
//! logic. A test reads the file with a third-party parser.

use crate::STAGES;
use eimza_payment::Day;
use std::fmt::Write as _;

/// The maximum length of a line in bytes, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// A calendar file with one entry: the last valid day, with an alarm at each stage.
#[derive(Debug, Clone, Copy)]
pub struct CalendarFile<'a> {
    /// The last valid day.
    pub ends: Day,
    /// When the file is made, in seconds since 1970 (UTC).
    pub now: u64,
    /// The title of the entry.
    pub title: &'a str,
    /// The text of the entry.
    pub description: &'a str,
}

impl CalendarFile<'_> {
    /// Returns the content of the file. Saved again for the same end, the entry replaces the former one: its id
    /// is made of the day.
    #[must_use]
    pub fn content(&self) -> String {
        let day = compact(self.ends);
        let (title, description) = (escape(self.title), escape(self.description));
        let mut lines: Vec<String> =
            ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//e-imza-yardimcisi//reminder//TR", "BEGIN:VEVENT"]
                .map(str::to_owned)
                .into();
        lines.push(format!("UID:certificate-ends-{day}@e-imza-yardimcisi"));
        lines.push(format!("DTSTAMP:{}", timestamp(self.now)));
        lines.push(format!("DTSTART;VALUE=DATE:{day}"));
        lines.push(format!("SUMMARY:{title}"));
        lines.push(format!("DESCRIPTION:{description}"));
        lines.push("TRANSP:TRANSPARENT".to_owned());
        for stage in STAGES {
            lines.push("BEGIN:VALARM".to_owned());
            lines.push("ACTION:DISPLAY".to_owned());
            lines.push(format!("DESCRIPTION:{title}"));
            lines.push(format!("TRIGGER:-P{stage}D"));
            lines.push("END:VALARM".to_owned());
        }
        lines.extend(["END:VEVENT", "END:VCALENDAR"].map(str::to_owned));
        lines.iter().map(|line| fold(line) + "\r\n").collect()
    }
}

/// Escapes a text value (RFC 5545, 3.3.11). Control characters, which no text value may contain, are dropped.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' | '\r' => escaped.push_str("\\n"),
            _ if letter.is_control() => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Folds a line into lines of at most [`LINE`] bytes, between letters; a following line begins with a space.
fn fold(line: &str) -> String {
    let (mut folded, mut length) = (String::new(), 0);
    for letter in line.chars() {
        if length + letter.len_utf8() > LINE {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded
}

/// Writes a day as `20261231`.
fn compact(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// Writes a Unix time as `20261231T060000Z`.
fn timestamp(seconds: u64) -> String {
    let in_day = seconds % 86_400;
    // The day in Turkey of three hours earlier is the day in UTC.
    let day = Day::in_turkey(seconds.saturating_sub(3 * 3600)).map(compact).unwrap_or_default();
    let mut text = day;
    let _ = write!(text, "T{:02}{:02}{:02}Z", in_day / 3600, in_day / 60 % 60, in_day % 60);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use icalendar::parser::{read_calendar, unfold};

    const TITLE: &str =
        "e-imza sertifikanız bugün bitiyor; yenileme, “NES”, \\ ve ğüşıöç İĞÜŞÖÇ ile uzun bir başlık 🙂";
    const DESCRIPTION: &str =
        "Birinci satır, virgüllü.\nİkinci satır; noktalı virgüllü.\n\nhttps://onlineislemler.kamusm.gov.tr/";

    fn file(title: &str, description: &str) -> String {
        let ends = Day::parse("2027-01-10").unwrap();
        CalendarFile { ends, now: 1_795_597_200, title, description }.content()
    }

    /// Reads a property of the entry with a third-party parser, which unfolds lines and removes escapes.
    fn read(content: &str, name: &str) -> String {
        let unfolded = unfold(content);
        let calendar = read_calendar(&unfolded).unwrap();
        let event = calendar.components.iter().find(|component| component.name == "VEVENT").unwrap();
        event.find_prop(name).unwrap().val.as_ref().to_owned()
    }

    #[test]
    fn another_parser_reads_the_entry() {
        let content = file(TITLE, DESCRIPTION);
        assert_eq!(read(&content, "SUMMARY"), TITLE);
        assert_eq!(read(&content, "DESCRIPTION"), DESCRIPTION);
        assert_eq!(read(&content, "DTSTART"), "20270110");
        assert_eq!(read(&content, "DTSTAMP"), "20261125T090000Z");
        assert_eq!(read(&content, "UID"), "certificate-ends-20270110@e-imza-yardimcisi");
        let unfolded = unfold(&content);
        let calendar = read_calendar(&unfolded).unwrap();
        let event = &calendar.components[0];
        let triggers: Vec<_> = event
            .components
            .iter()
            .map(|alarm| alarm.find_prop("TRIGGER").unwrap().val.as_ref().to_owned())
            .collect();
        assert_eq!(triggers, ["-P90D", "-P30D", "-P7D"]);
    }

    #[test]
    fn lines_end_with_crlf_and_have_at_most_75_bytes() {
        for length in 0..200 {
            let content = file(&"ğ".repeat(length), &format!("{}🙂", "a".repeat(length)));
            assert!(content.ends_with("END:VCALENDAR\r\n"));
            for line in content.split_terminator("\r\n") {
                assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
            }
            assert_eq!(read(&content, "SUMMARY"), "ğ".repeat(length));
        }
    }

    #[test]
    fn a_text_cannot_add_lines_of_its_own() {
        let content = file("a\r\nEND:VEVENT\u{85}\u{0}\tb", "x");
        assert_eq!(content.matches("\r\nEND:VEVENT\r\n").count(), 1);
        assert_eq!(read(&content, "SUMMARY"), "a\nEND:VEVENTb");
    }

    #[test]
    fn the_entry_of_the_same_end_keeps_its_id() {
        let id = |now| {
            let ends = Day::parse("2027-01-10").unwrap();
            read(&CalendarFile { ends, now, title: "a", description: "b" }.content(), "UID")
        };
        assert_eq!(id(0), id(1_795_597_200));
    }
}
