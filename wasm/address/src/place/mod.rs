//! The places of an address: provinces, districts, and what is doubtful about an address that is
//! spread over a form's fields.

mod doubt;
mod names;
mod number;
mod provinces;
mod text;

pub use doubt::{Doubt, Part, Parts, Remark, doubts};
