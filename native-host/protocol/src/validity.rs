//! What a certificate's dates mean today, for whoever tells it to a person.

use crate::Certificate;
use time::{OffsetDateTime, UtcOffset};

/// Türkiye keeps UTC+3 all the year (Bakanlar Kurulu Kararı 2016/9154).
const TURKISH_TIME: UtcOffset = match UtcOffset::from_hms(3, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

/// A certificate that ends in so many days is told with the way to a new one. Nobody says when a
/// renewal may begin; a card takes weeks.
const SOON: u32 = 90;

/// A moment in Turkish time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    at: OffsetDateTime,
    today: OffsetDateTime,
}

/// Whether a certificate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// It begins later: until then no PIN can be set.
    Begins(Moment),
    /// It holds.
    Holds(Moment),
    /// It held.
    Ended(Moment),
}

impl Certificate {
    /// The last day in which it holds, as Turks write it.
    #[must_use]
    pub fn last_day(&self) -> String {
        Moment::of(self.until, self.until).day()
    }

    /// What its dates mean at `now`, in seconds since 1970 (UTC).
    #[must_use]
    pub fn validity(&self, now: u64) -> Validity {
        if now < self.from {
            Validity::Begins(Moment::of(self.from, now))
        } else if now <= self.until {
            Validity::Holds(Moment::of(self.until, now))
        } else {
            Validity::Ended(Moment::of(self.until, now))
        }
    }
}

impl Validity {
    /// Whether it is time for the next certificate.
    #[must_use]
    pub fn calls_for_renewal(self) -> bool {
        match self {
            Self::Begins(_) => false,
            Self::Holds(until) => until.in_days() <= SOON,
            Self::Ended(_) => true,
        }
    }

    /// The key of the sentence that says so, and what it says by placeholder name.
    #[must_use]
    pub fn sentence(self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::Begins(at) if at.in_days() == 0 => ("validity_begins_today", vec![("time", at.clock())]),
            Self::Begins(at) if at.in_days() == 1 => ("validity_begins_tomorrow", vec![("time", at.clock())]),
            Self::Begins(at) => ("validity_begins", vec![("day", at.day()), ("time", at.clock())]),
            Self::Holds(at) if at.in_days() == 0 => ("validity_ends_today", vec![("time", at.clock())]),
            Self::Holds(at) if at.in_days() > SOON => ("validity_holds", vec![("day", at.day())]),
            Self::Holds(at) => {
                ("validity_ends_in", vec![("days", at.in_days().to_string()), ("day", at.day())])
            }
            Self::Ended(at) => ("validity_ended", vec![("day", at.day())]),
        }
    }
}

impl Moment {
    fn of(seconds: u64, now: u64) -> Self {
        Self { at: turkish(seconds), today: turkish(now) }
    }

    /// Whole days of the calendar from today; 1 is tomorrow, none is below 0.
    #[must_use]
    pub fn in_days(&self) -> u32 {
        u32::try_from(self.at.to_julian_day() - self.today.to_julian_day()).unwrap_or(0)
    }

    /// As Turks write it: 25.11.2026.
    #[must_use]
    pub fn day(&self) -> String {
        format!("{:02}.{:02}.{}", self.at.day(), u8::from(self.at.month()), self.at.year())
    }

    /// 10:32
    #[must_use]
    pub fn clock(&self) -> String {
        format!("{:02}:{:02}", self.at.hour(), self.at.minute())
    }
}

/// Beyond the year 9999 the last second before it.
fn turkish(seconds: u64) -> OffsetDateTime {
    const LAST: i64 = 253_402_300_799 - 24 * 60 * 60;
    let seconds = i64::try_from(seconds).unwrap_or(LAST).min(LAST);
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH).to_offset(TURKISH_TIME)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 25.11.2026, 12:00 in Türkiye.
    const NOW: u64 = 1_795_597_200;
    const DAY: u64 = 24 * 60 * 60;

    fn certificate(from: u64, until: u64) -> Certificate {
        Certificate { holder: String::new(), serial: String::new(), issuer: String::new(), from, until }
    }

    #[test]
    fn days_are_counted_by_the_calendar_in_turkish_time() {
        let Validity::Begins(moment) = certificate(NOW + 22 * 3600 + 32 * 60, NOW + 900 * DAY).validity(NOW)
        else {
            panic!("it begins later")
        };
        assert_eq!(
            (moment.in_days(), moment.day().as_str(), moment.clock().as_str()),
            (1, "26.11.2026", "10:32")
        );
        let Validity::Holds(moment) = certificate(0, NOW + 43 * DAY).validity(NOW) else {
            panic!("it holds")
        };
        assert_eq!((moment.in_days(), moment.day().as_str()), (43, "07.01.2027"));
        assert!(matches!(certificate(0, u64::MAX).validity(NOW), Validity::Holds(_)));
        assert!(matches!(certificate(0, NOW - 1).validity(NOW), Validity::Ended(_)));
        assert!(matches!(certificate(NOW, NOW).validity(NOW), Validity::Holds(_)));
    }

    #[test]
    fn a_renewal_is_due_in_the_last_ninety_days_and_after_them() {
        for (days, due) in [(91, false), (90, true), (0, true)] {
            let validity = certificate(0, NOW + days * DAY).validity(NOW);
            assert_eq!(validity.calls_for_renewal(), due, "{days}");
            assert_eq!(validity.sentence().0 == "validity_holds", !due, "{days}");
        }
        assert!(certificate(0, NOW - DAY).validity(NOW).calls_for_renewal());
        assert!(!certificate(NOW + DAY, NOW + 2 * DAY).validity(NOW).calls_for_renewal());
    }
}
