//! The procedures: which there are, and the steps of the one that the user is in.

pub(crate) mod dates;
pub(crate) mod state;
pub(crate) mod steps;
pub(crate) mod view;
