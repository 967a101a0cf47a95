//! The procedures: one file each in `procedures/`, each in several editions.

mod model;

pub(crate) use model::procedure;
pub use model::{Edition, Need, Payee, Payment, Procedure, Step, Supersession, procedures};
