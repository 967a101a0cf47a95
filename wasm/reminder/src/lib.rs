//! The end of a certificate: when the user is reminded of it ([`Reminder`]), and the end as a calendar file
//! ([`CalendarFile`]).
//!
//! Only the day is known here: no name, no number, no card. No browser, no clock, no I/O.

mod calendar;
mod reminder;
mod time_of_day;

pub use calendar::CalendarFile;
pub use reminder::{Badge, Reminder, STAGES};
pub use time_of_day::next_check;
