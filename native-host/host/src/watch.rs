//! `watch`: the status now and at every change.

use crate::connection::BRISK;
use crate::readers::Watch;
use crate::status::status;
use crate::turns::Turns;
use eimza_protocol::{Event, Problem, Status};
use std::time::Duration;

/// Where the smart-card service is away there is nothing to wait on: look again after this long.
const SERVICE_AWAY: Duration = Duration::from_secs(1);

/// When another program lets go of a card, nothing tells: look again after this long.
const BUSY: Duration = Duration::from_secs(1);

fn is_busy(status: &Status) -> bool {
    status.readers.iter().any(|reader| reader.error == Some(Problem::CardBusy))
}

/// Tells every change until `tell` says that nobody listens any more. While another operation has
/// the card, the card is not read: the change is told afterwards.
pub fn watch(turns: &Turns, mut tell: impl FnMut(Event) -> bool) {
    let mut told = None;
    let mut busy = false;
    loop {
        let mut watch = Watch::start();
        loop {
            let waited = watch
                .as_mut()
                .map_err(|problem| problem.clone())
                .and_then(|watch| watch.change(busy.then_some(BUSY)));
            let event = match waited.and_then(|()| turns.wait(|| status(BRISK))) {
                Ok(status) => Event::Readers(status),
                Err(Problem::NoReader) => Event::Readers(Status::default()),
                Err(error) => Event::Lost { error },
            };
            busy = matches!(&event, Event::Readers(status) if is_busy(status));
            let lost = matches!(event, Event::Lost { .. });
            if told.as_ref() != Some(&event) {
                if !tell(event.clone()) {
                    return;
                }
                told = Some(event);
            }
            if lost {
                break;
            }
        }
        std::thread::sleep(SERVICE_AWAY);
    }
}
