//! What a step costs, and the bank transfer to the institution: what to enter at the bank, to be copied or
//! printed.

pub(crate) mod cost_text;
mod description_check;
mod section;
mod state;
pub(crate) mod step_payment;
mod verdict;
mod view;

pub(crate) use state::Transfer as TransferSection;
