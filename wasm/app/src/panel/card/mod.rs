//! The card: its state, unlocking it and changing its codes.

mod details_view;
mod diagnostics_view;
mod headline;
mod headline_view;
mod host_problem;
mod missing_host_view;
mod problem_view;
mod procedures;
mod puk_places;
mod readers;
mod section;
mod state;
mod step;
mod step_view;
#[cfg(test)]
mod test_card;
mod tested;
mod view;
mod welcome_view;

pub(crate) use state::Card as CardSection;
#[cfg(test)]
pub(crate) use state::Message;
pub(crate) use tested::untested;
