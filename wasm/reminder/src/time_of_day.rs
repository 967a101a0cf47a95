//! The time of day of the check.

/// 9 o'clock in Turkey (UTC+3 all year), in seconds after midnight UTC: a reminder at night helps nobody.
const CHECK: u64 = 6 * 3600;
const DAY: u64 = 86_400;

/// Returns the next time at which the reminder is to be checked, in seconds since 1970 (UTC); always later than
/// `now`.
#[must_use]
pub fn next_check(now: u64) -> u64 {
    let today = now / DAY * DAY + CHECK;
    if today > now { today } else { today + DAY }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_at_nine_in_turkey_and_later_than_now() {
        let midnight = 20_000 * DAY; // UTC
        assert_eq!(next_check(midnight), midnight + CHECK);
        assert_eq!(next_check(midnight + CHECK - 1), midnight + CHECK);
        assert_eq!(next_check(midnight + CHECK), midnight + DAY + CHECK);
        assert_eq!(
            next_check(midnight + 22 * 3600),
            midnight + DAY + CHECK,
            "already the next day in Turkey"
        );
    }
}
