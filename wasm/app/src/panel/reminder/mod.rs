//! The reminder of the end of the certificate, and the end as a calendar file.

mod section;
mod state;
mod view;

pub(crate) use state::ReminderSection;
