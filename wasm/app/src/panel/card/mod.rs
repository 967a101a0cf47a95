//! The card: its state and its unlocking. [`state`] decides and is pure; [`view`] draws.

mod link;
pub(crate) mod state;
pub(crate) mod view;
