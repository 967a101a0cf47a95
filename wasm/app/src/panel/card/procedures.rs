//! The procedures that the card section leads to.

use crate::panel::effects::Effect;
use crate::panel::navigation::View;
use crate::panel::shared::Shared;
use eimza_guide::Change;

/// The procedure that leads to a new certificate.
const RENEWAL: &str = "renewal";
/// The procedure of the official way to unlock a card.
const UNLOCK: &str = "unlock";
/// Its step about the PUK.
const PUK_STEP: &str = "puk";

/// Opens the renewal.
pub(super) fn open_renewal<M>() -> Effect<M> {
    open(RENEWAL)
}

/// Opens the official way to unlock for a user who has no PUK: its step about it is not needed.
pub(super) fn open_official_unlock<M>() -> Vec<Effect<M>> {
    let (procedure, step) = (UNLOCK.to_owned(), PUK_STEP.to_owned());
    vec![open(UNLOCK), Effect::SaveChange(Change::NotNeeded { procedure, step, not_needed: true })]
}

/// Ticks the step about the PUK after an unlock, if the user is in that procedure.
pub(super) fn tick_unlock<M>(shared: &Shared) -> Option<Effect<M>> {
    let (procedure, step) = (UNLOCK.to_owned(), PUK_STEP.to_owned());
    let is_in_it = shared.saved_state.current.as_deref() == Some(UNLOCK);
    is_in_it.then_some(Effect::SaveChange(Change::Tick { procedure, step, done: true }))
}

fn open<M>(procedure: &str) -> Effect<M> {
    Effect::Navigate(View::Procedure(procedure.to_owned()))
}
