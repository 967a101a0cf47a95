//! Which Kamu SM page is this, and what to tell its visitor.
//!
//! Pure decisions: a [`PageSnapshot`] comes in, [`Advice`] goes out. No browser, no clock, no I/O.

mod address_form;
mod advise;
mod hint;
mod location;
mod page;
mod recognise;
mod snapshot;
mod text;

pub use advise::advise;
pub use hint::{Action, Advice, Fix, Hint, Severity};
pub use page::hosts;
pub use snapshot::{Button, Field, FieldKind, PageSnapshot};
