//! The bank transfer to the institution: what to type at the bank, copied or printed.

pub(crate) mod sheet;
pub(crate) mod state;
pub(crate) mod view;
