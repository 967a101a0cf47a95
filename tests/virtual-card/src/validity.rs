//! The validity period of the card's certificates, so that a test can have one that expires in 43 days.

use time::OffsetDateTime;

/// The dates in the templates under `data`, as UTCTime (RFC 5280, section 4.1.2.5.1).
const BEGIN: &[u8] = b"260101000000Z";
const END: &[u8] = b"290101000000Z";

/// The validity period of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first second, since 1970 (UTC).
    pub from: i64,
    /// The last second.
    pub until: i64,
}

impl Validity {
    /// The period in the templates: the years 2026 to 2028.
    pub const TEMPLATE: Self = Self { from: 1_767_225_600, until: 1_861_920_000 };

    /// Returns the template with these dates. Its signature becomes invalid.
    pub(crate) fn apply_to(&self, template: &[u8]) -> Vec<u8> {
        let mut certificate = template.to_vec();
        for (old, new) in [(BEGIN, self.from), (END, self.until)] {
            if let Some(place) = template.windows(old.len()).position(|part| part == old) {
                certificate[place..place + old.len()].copy_from_slice(utc_time(new).as_bytes());
            }
        }
        certificate
    }
}

/// Formats a UTCTime. Times outside the years 1950 to 2049 are clamped.
fn utc_time(seconds: i64) -> String {
    const FIRST: i64 = -631_152_000;
    const LAST: i64 = 2_524_607_999;
    let time =
        OffsetDateTime::from_unix_timestamp(seconds.clamp(FIRST, LAST)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let [month, day] = [u8::from(time.month()), time.day()];
    let (hour, minute, second) = time.to_hms();
    format!("{:02}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z", time.year() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNING: &[u8] = include_bytes!("../data/imza.der");
    const LOGIN: &[u8] = include_bytes!("../data/kimlik.der");

    #[test]
    fn the_templates_own_dates_change_nothing() {
        for template in [SIGNING, LOGIN] {
            assert_eq!(Validity::TEMPLATE.apply_to(template), template);
        }
    }

    #[test]
    fn replaces_only_the_dates() {
        for template in [SIGNING, LOGIN] {
            let written = Validity { from: 0, until: 86_399 }.apply_to(template);
            assert_eq!(written.len(), template.len());
            let dates = b"700101000000Z\x17\x0D700101235959Z";
            assert!(written.windows(dates.len()).any(|part| part == dates));
        }
    }

    #[test]
    fn clamps_years_that_utc_time_cannot_express() {
        assert_eq!(utc_time(i64::MIN), "500101000000Z");
        assert_eq!(utc_time(i64::MAX), "491231235959Z");
    }
}
