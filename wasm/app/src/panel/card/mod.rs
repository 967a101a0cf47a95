//! The card: its state, unlocking it and changing its codes.

mod diagnostics_view;
mod host_problem;
mod missing_host_view;
mod problem_view;
mod readers;
mod section;
mod state;
mod step_view;
mod view;
mod welcome_view;

pub(crate) use state::Card as CardSection;
#[cfg(test)]
pub(crate) use state::Message;
