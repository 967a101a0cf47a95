//! The current day.

use eimza_payment::Day;

/// Returns the current day in Turkey; `None` if the clock shows a time that has no valid date.
pub(crate) fn today() -> Option<Day> {
    Day::in_turkey(eimza_webext::unix_time())
}
