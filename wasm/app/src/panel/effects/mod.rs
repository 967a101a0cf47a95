//! Effects: requests of sections to the panel and the browser. [`effect`] defines them, [`runner`] executes
//! them.

mod effect;
mod file;
mod host_connection;
mod pending_changes;
mod runner;

pub(crate) use effect::Effect;
pub(crate) use host_connection::HostEvent;
pub(crate) use pending_changes::PendingChanges;
pub(crate) use runner::{EffectResult, EffectRunner, stored_payer};
