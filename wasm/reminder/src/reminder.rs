//! Which day brings which reminder.

use eimza_payment::Day;
use serde::{Deserialize, Serialize};

/// The numbers of days before the end on which the user is reminded. A new card takes weeks, and from the first
/// of them on the panel advises to renew (`eimza-protocol`, `certificate.rs`).
pub const STAGES: [u16; 3] = [90, 30, 7];

/// The remembered end of a certificate. A version that is not known is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    version: Version,
    /// The last day on which the certificate is valid, in Turkey.
    ends: Day,
    /// The last stage of which the user was told; absent if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    told: Option<u16>,
}

/// The version of the stored form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
struct Version;

impl TryFrom<u8> for Version {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        if number == 1 { Ok(Self) } else { Err("another version") }
    }
}

impl From<Version> for u8 {
    fn from(Version: Version) -> Self {
        1
    }
}

/// What the toolbar icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    /// The number of days until the last valid day.
    DaysLeft(u16),
    /// The certificate has ended.
    Ended,
}

impl Reminder {
    /// Remembers an end. The user agrees to it in view of the end, so the stage of that day counts as told.
    #[must_use]
    pub fn new(ends: Day, today: Day) -> Self {
        Self { version: Version, ends, told: stage(today, ends) }
    }

    /// Returns the last valid day.
    #[must_use]
    pub fn ends(&self) -> Day {
        self.ends
    }

    /// Returns what the toolbar icon shows on a day; nothing before the first stage.
    #[must_use]
    pub fn badge(&self, today: Day) -> Option<Badge> {
        match u16::try_from(today.days_until(self.ends)) {
            Ok(days) if days > STAGES[0] => None,
            Ok(days) => Some(Badge::DaysLeft(days)),
            Err(_) => (today > self.ends).then_some(Badge::Ended),
        }
    }

    /// Returns the number of days left, if the user is to be told of them now. Stages that passed while the
    /// browser was closed are not made up for: only the latest is told.
    #[must_use]
    pub fn due(&self, today: Day) -> Option<u16> {
        let stage = stage(today, self.ends)?;
        let is_new = self.told.is_none_or(|told| told > stage);
        is_new.then(|| u16::try_from(today.days_until(self.ends)).ok()).flatten()
    }

    /// Records that the user was told on a day. A stage is told once, even if the clock goes back.
    pub fn record_told(&mut self, today: Day) {
        let stage = stage(today, self.ends);
        self.told = self.told.into_iter().chain(stage).min();
    }
}

/// Returns the stage that a day belongs to: the latest one that has begun. None before the first stage and after
/// the end.
fn stage(today: Day, ends: Day) -> Option<u16> {
    let left = u16::try_from(today.days_until(ends)).ok()?;
    STAGES.into_iter().filter(|stage| left <= *stage).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// A certificate that ends on the last day of 2026, remembered long before.
    fn remembered() -> Reminder {
        Reminder::new(day("2026-12-31"), day("2026-01-01"))
    }

    /// Goes through every day of the year, as a browser that is open every day; returns the days of reminders.
    fn told_days(mut reminder: Reminder, days: impl Iterator<Item = u64>) -> Vec<(String, u16)> {
        let mut told = Vec::new();
        for seconds in days {
            let today = Day::in_turkey(seconds).unwrap();
            if let Some(left) = reminder.due(today) {
                told.push((today.to_string(), left));
                reminder.record_told(today);
            }
        }
        told
    }

    const HOUR: u64 = 3600;
    /// 2026-01-01, 00:00 in Turkey.
    const NEW_YEAR: u64 = 1_767_214_800;

    #[test]
    fn the_user_is_told_once_at_90_30_and_7_days() {
        let every_hour = (0..400 * 24).map(|hour| NEW_YEAR + hour * HOUR);
        let expected = [("2026-10-02", 90), ("2026-12-01", 30), ("2026-12-24", 7)];
        let expected = expected.map(|(day, left)| (day.to_owned(), left));
        assert_eq!(told_days(remembered(), every_hour), expected);
    }

    #[test]
    fn a_day_begins_at_midnight_in_turkey() {
        let midnight = NEW_YEAR + 274 * 24 * HOUR; // 2026-10-02
        assert_eq!(remembered().due(Day::in_turkey(midnight - 1).unwrap()), None);
        assert_eq!(remembered().due(Day::in_turkey(midnight).unwrap()), Some(90));
    }

    #[test]
    fn a_browser_that_was_closed_tells_only_the_latest_stage() {
        let mut reminder = remembered();
        assert_eq!(reminder.due(day("2026-12-10")), Some(21));
        reminder.record_told(day("2026-12-10"));
        assert_eq!(reminder.due(day("2026-12-11")), None);
        assert_eq!(reminder.due(day("2026-12-23")), None);
        assert_eq!(reminder.due(day("2026-12-26")), Some(5));
    }

    #[test]
    fn what_the_user_has_just_seen_is_not_told_again() {
        let reminder = Reminder::new(day("2026-12-31"), day("2026-11-20")); // 41 days
        assert_eq!(reminder.due(day("2026-11-20")), None);
        assert_eq!(reminder.due(day("2026-11-30")), None);
        assert_eq!(reminder.due(day("2026-12-01")), Some(30));
    }

    #[test]
    fn a_clock_that_goes_back_tells_nothing_twice() {
        let mut reminder = remembered();
        reminder.record_told(day("2026-12-25"));
        reminder.record_told(day("2026-10-05"));
        assert_eq!(reminder.due(day("2026-10-05")), None);
        assert_eq!(reminder.due(day("2026-12-26")), None);
    }

    #[test]
    fn nothing_is_told_before_the_first_stage_and_after_the_end() {
        for silent in ["2020-01-01", "2026-10-01", "2027-01-01", "2030-01-01"] {
            assert_eq!(remembered().due(day(silent)), None, "{silent}");
        }
        assert_eq!(remembered().due(day("2026-12-31")), Some(0), "the last valid day");
    }

    #[test]
    fn the_badge_counts_the_days_from_90_on() {
        for (today, badge) in [
            ("2026-10-01", None),
            ("2026-10-02", Some(Badge::DaysLeft(90))),
            ("2026-12-30", Some(Badge::DaysLeft(1))),
            ("2026-12-31", Some(Badge::DaysLeft(0))),
            ("2027-01-01", Some(Badge::Ended)),
            ("1970-01-01", None),
        ] {
            assert_eq!(remembered().badge(day(today)), badge, "{today}");
        }
    }

    #[test]
    fn the_stored_form_is_a_day_and_a_stage() {
        let mut reminder = remembered();
        let stored = |reminder: &Reminder| serde_json::to_string(reminder).unwrap();
        assert_eq!(stored(&reminder), r#"{"version":1,"ends":"2026-12-31"}"#);
        reminder.record_told(day("2026-12-02"));
        assert_eq!(stored(&reminder), r#"{"version":1,"ends":"2026-12-31","told":30}"#);
        assert_eq!(serde_json::from_str::<Reminder>(&stored(&reminder)).unwrap(), reminder);
    }

    #[test]
    fn another_version_and_another_form_are_not_read() {
        for stored in [
            r#"{"version":2,"ends":"2026-12-31"}"#,
            r#"{"ends":"2026-12-31"}"#,
            r#"{"version":1,"ends":"2026-12-32"}"#,
            r#"{"version":1,"ends":"2026-12-31","holder":"x"}"#,
        ] {
            assert!(serde_json::from_str::<Reminder>(stored).is_err(), "{stored}");
        }
    }
}
