//! Which Kamu SM page is this, and what to tell its visitor.
//!
//! Pure decisions: a [`PageSnapshot`] comes in, [`Advice`] goes out. No browser, no clock, no I/O.

mod hint;
mod snapshot;

pub use hint::{Action, Advice, Fix, Hint, Severity};
pub use snapshot::{Button, Field, FieldKind, PageSnapshot};
