//! The guide: the procedures, and the steps of the procedure on show.

mod section;
mod state;
pub(crate) mod step_details;
mod view;

pub(crate) use state::Guide as GuideSection;
#[cfg(test)]
pub(crate) use state::Message;
