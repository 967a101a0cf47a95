//! Calendar days.

use crate::serde_text;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use time::{Date, Month};

/// A calendar day. It is serialized as in ISO 8601, `2026-11-26`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Day(Date);

/// 1970-01-01 as a Julian day.
const EPOCH: i32 = 2_440_588;
/// Turkey's UTC offset since 2016, all year; in seconds.
const TURKEY_OFFSET: u64 = 3 * 3600;
const SECONDS: u64 = 86_400;

impl Day {
    /// Returns none where there is no such day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok().map(Self)
    }

    /// Returns the day in Turkey at a Unix time in seconds.
    #[must_use]
    pub fn in_turkey(seconds: u64) -> Option<Self> {
        let days = i32::try_from((seconds + TURKEY_OFFSET) / SECONDS).ok()?;
        Date::from_julian_day(EPOCH.checked_add(days)?).ok().map(Self)
    }

    /// Parses `2026-11-26`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |length: usize| {
            let part = parts.next()?;
            let is_number = part.len() == length && part.bytes().all(|digit| digit.is_ascii_digit());
            part.parse::<u16>().ok().filter(|_| is_number)
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return None;
        }
        Self::new(year.into(), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// Returns the number of days until another day; negative where that day is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        other.0.to_julian_day() - self.0.to_julian_day()
    }

    /// Returns the format that is usual in Turkey: `26.11.2026`.
    #[must_use]
    pub fn turkish_format(self) -> String {
        format!("{:02}.{:02}.{:04}", self.0.day(), u8::from(self.0.month()), self.0.year())
    }
}

/// Writes `2026-11-26`.
impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_text::write(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_text::read(deserializer, |text| Self::parse(text).ok_or("day"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_and_writes_iso_dates() {
        for text in ["2026-11-26", "2024-02-29", "1970-01-01"] {
            assert_eq!(Day::parse(text).map(|day| day.to_string()).as_deref(), Some(text));
        }
        for text in [
            "",
            "2025-02-29",
            "2026-13-01",
            "26-11-26",
            "2026-1-1",
            "2026-11-26x",
            "2026-11-26-1",
            "+026-11-26",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_begin_at_midnight_in_turkey() {
        let at = |seconds| Day::in_turkey(seconds).map(|day| day.to_string());
        assert_eq!(at(0).as_deref(), Some("1970-01-01"));
        assert_eq!(at(20 * 3600 + 3599).as_deref(), Some("1970-01-01"));
        assert_eq!(at(21 * 3600).as_deref(), Some("1970-01-02"));
        assert_eq!(at(u64::from(u32::MAX)).as_deref(), Some("2106-02-07"));
    }

    #[test]
    fn counts_days() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(day("2026-08-28").days_until(day("2026-11-26")), 90);
        assert_eq!(day("2026-11-26").days_until(day("2026-11-25")), -1);
    }
}
