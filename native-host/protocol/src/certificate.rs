//! Certificates and their validity.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, UtcOffset};

/// Türkiye observes UTC+3 all year (Bakanlar Kurulu Kararı 2016/9154).
const TURKISH_TIME: UtcOffset = match UtcOffset::from_hms(3, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

/// The number of days before expiry from which the user is advised to renew. Kamu SM does not publish when a
/// renewal may begin; a new card takes weeks.
const RENEWAL_PERIOD_DAYS: u32 = 90;

/// The content of a certificate. Its signature is not verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The cardholder's name.
    pub holder: String,
    /// The serial number in hex digits.
    pub serial: String,
    /// The issuer's name.
    pub issuer: String,
    /// The first second of the validity period, since 1970 (UTC).
    pub from: u64,
    /// The last second of the validity period.
    pub until: u64,
}

/// A point in time in Turkish local time, with the current date to compare it with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalDateTime {
    at: OffsetDateTime,
    today: OffsetDateTime,
}

/// Whether a certificate is within its validity period (RFC 5280, section 4.1.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Before notBefore. Until then no PIN can be set.
    NotYetValid(LocalDateTime),
    /// Within the period, up to this notAfter.
    Valid(LocalDateTime),
    /// After this notAfter.
    Expired(LocalDateTime),
}

impl Certificate {
    /// Returns the last day of the validity period, as DD.MM.YYYY.
    #[must_use]
    pub fn last_valid_day(&self) -> String {
        LocalDateTime::new(self.until, self.until).date()
    }

    /// Compares the validity period with `now`, in seconds since 1970 (UTC).
    #[must_use]
    pub fn validity(&self, now: u64) -> Validity {
        if now < self.from {
            Validity::NotYetValid(LocalDateTime::new(self.from, now))
        } else if now <= self.until {
            Validity::Valid(LocalDateTime::new(self.until, now))
        } else {
            Validity::Expired(LocalDateTime::new(self.until, now))
        }
    }
}

impl Validity {
    /// Returns whether the user should order the next certificate.
    #[must_use]
    pub fn is_renewal_due(self) -> bool {
        match self {
            Self::NotYetValid(_) => false,
            Self::Valid(until) => until.days_from_today() <= RENEWAL_PERIOD_DAYS,
            Self::Expired(_) => true,
        }
    }

    /// Returns the key of the message that describes it, and the message's arguments by placeholder name.
    #[must_use]
    pub fn message(self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::NotYetValid(from) => match from.days_from_today() {
                0 => ("validity_begins_today", vec![("time", from.time())]),
                1 => ("validity_begins_tomorrow", vec![("time", from.time())]),
                _ => ("validity_begins", vec![("day", from.date()), ("time", from.time())]),
            },
            Self::Valid(until) => match until.days_from_today() {
                0 => ("validity_ends_today", vec![("time", until.time())]),
                days if days > RENEWAL_PERIOD_DAYS => ("validity_holds", vec![("day", until.date())]),
                days => ("validity_ends_in", vec![("days", days.to_string()), ("day", until.date())]),
            },
            Self::Expired(until) => ("validity_ended", vec![("day", until.date())]),
        }
    }
}

impl LocalDateTime {
    fn new(seconds: u64, now: u64) -> Self {
        Self { at: to_local(seconds), today: to_local(now) }
    }

    /// Returns the number of calendar days from today: 1 is tomorrow. Past days count as 0.
    #[must_use]
    pub fn days_from_today(&self) -> u32 {
        u32::try_from(self.at.to_julian_day() - self.today.to_julian_day()).unwrap_or(0)
    }

    /// Returns the date in Turkish notation, such as 25.11.2026.
    #[must_use]
    pub fn date(&self) -> String {
        format!("{:02}.{:02}.{}", self.at.day(), u8::from(self.at.month()), self.at.year())
    }

    /// Returns the time of day, such as 10:32.
    #[must_use]
    pub fn time(&self) -> String {
        format!("{:02}:{:02}", self.at.hour(), self.at.minute())
    }
}

/// Converts seconds since 1970 (UTC) to local time; later times are clamped to the end of the year 9999.
fn to_local(seconds: u64) -> OffsetDateTime {
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
    fn counts_calendar_days_in_turkish_time() {
        let Validity::NotYetValid(time) =
            certificate(NOW + 22 * 3600 + 32 * 60, NOW + 900 * DAY).validity(NOW)
        else {
            panic!("not yet valid")
        };
        assert_eq!(
            (time.days_from_today(), time.date().as_str(), time.time().as_str()),
            (1, "26.11.2026", "10:32")
        );
        let Validity::Valid(time) = certificate(0, NOW + 43 * DAY).validity(NOW) else { panic!("valid") };
        assert_eq!((time.days_from_today(), time.date().as_str()), (43, "07.01.2027"));
        assert!(matches!(certificate(0, u64::MAX).validity(NOW), Validity::Valid(_)));
        assert!(matches!(certificate(0, NOW - 1).validity(NOW), Validity::Expired(_)));
        assert!(matches!(certificate(NOW, NOW).validity(NOW), Validity::Valid(_)));
    }

    #[test]
    fn renewal_is_due_from_ninety_days_before_expiry() {
        for (days, due) in [(91, false), (90, true), (0, true)] {
            let validity = certificate(0, NOW + days * DAY).validity(NOW);
            assert_eq!(validity.is_renewal_due(), due, "{days}");
            assert_eq!(validity.message().0 == "validity_holds", !due, "{days}");
        }
        assert!(certificate(0, NOW - DAY).validity(NOW).is_renewal_due());
        assert!(!certificate(NOW + DAY, NOW + 2 * DAY).validity(NOW).is_renewal_due());
    }
}
