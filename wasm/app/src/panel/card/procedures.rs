//! The procedures that the card section leads to.

use crate::panel::effects::Effect;
use crate::panel::navigation::View;
use crate::panel::shared::Shared;
use eimza_guide::{Change, Checklist};

/// The procedure that leads to a new certificate.
const RENEWAL: &str = "renewal";
/// The procedure of the official way to unlock a card.
const UNLOCK: &str = "unlock";
/// Its step about the PUK.
const PUK_STEP: &str = "puk";

/// Opens the renewal; from its beginning if the last one is finished.
pub(super) fn open_renewal<M>(shared: &Shared) -> Vec<Effect<M>> {
    let mut effects: Vec<_> = start_again_if_finished(RENEWAL, shared).into_iter().collect();
    effects.push(open(RENEWAL));
    effects
}

/// Opens the official way to unlock, as the newest guide describes it, for a user who has no PUK: its step about it is
/// not needed.
pub(super) fn open_official_unlock<M>(shared: &Shared) -> Vec<Effect<M>> {
    let (procedure, step) = (UNLOCK.to_owned(), PUK_STEP.to_owned());
    let mut effects: Vec<_> = start_again_if_finished(UNLOCK, shared).into_iter().collect();
    effects.extend(newest_edition(UNLOCK, shared));
    effects.push(open(UNLOCK));
    effects.push(Effect::SaveChange(Change::NotNeeded { procedure, step, not_needed: true }));
    effects
}

fn start_again_if_finished<M>(procedure: &str, shared: &Shared) -> Option<Effect<M>> {
    let list = Checklist::of(procedure, &shared.saved_state, shared.os)?;
    let is_finished = list.done() > 0 && list.next(None).is_none();
    is_finished.then(|| Effect::SaveChange(Change::StartAgain { procedure: procedure.to_owned() }))
}

/// Chooses the newest edition, if another one applies.
fn newest_edition<M>(procedure: &str, shared: &Shared) -> Option<Effect<M>> {
    let list = Checklist::of(procedure, &shared.saved_state, shared.os)?;
    let edition = list.is_old.then(|| list.procedure.editions.first())??.id.clone();
    Some(Effect::SaveChange(Change::Edition { procedure: procedure.to_owned(), edition }))
}

/// Ticks the step about the PUK after an unlock, if the user is in that procedure or on one of its pages.
pub(super) fn tick_unlock<M>(shared: &Shared) -> Option<Effect<M>> {
    let (procedure, step) = (UNLOCK.to_owned(), PUK_STEP.to_owned());
    let active = shared.saved_state.active_procedure(shared.screen.as_ref());
    let is_in_it = active.is_some_and(|active| active.id == UNLOCK);
    is_in_it.then_some(Effect::SaveChange(Change::Tick { procedure, step, done: true }))
}

fn open<M>(procedure: &str) -> Effect<M> {
    Effect::Navigate(View::Procedure(procedure.to_owned()))
}
