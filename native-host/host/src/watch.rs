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

/// The same for a card that has failed: it may have come to itself, or its thread is only now done with it.
const FAILED: Duration = Duration::from_secs(5);

/// When to look again although nothing has told of a change.
fn again(status: &Status) -> Option<Duration> {
    let errors = || status.readers.iter().filter_map(|reader| reader.error.as_ref());
    if errors().any(|error| *error == Problem::CardBusy) {
        return Some(BUSY);
    }
    let passes = |error: &Problem| {
        matches!(
            error,
            Problem::CardSilent | Problem::CardChanged | Problem::CardRemoved | Problem::ReaderFailed
        )
    };
    errors().any(passes).then_some(FAILED)
}

/// Tells every change until `tell` says that nobody listens any more. While another operation has
/// the card, the card is not read: the change is told afterwards.
pub fn watch(turns: &Turns, mut tell: impl FnMut(Event) -> bool) {
    let mut told = None;
    let mut next = None;
    loop {
        let mut watch = Watch::start();
        loop {
            let waited =
                watch.as_mut().map_err(|problem| problem.clone()).and_then(|watch| watch.change(next));
            let broken = waited.is_err();
            let event = match waited.and_then(|()| turns.wait(|| status(BRISK))) {
                Ok(status) => Event::Readers(status),
                Err(Problem::NoReader) => Event::Readers(Status::default()),
                Err(error) => Event::Lost { error },
            };
            next = if let Event::Readers(status) = &event { again(status) } else { None };
            // On Windows the service ends with the last reader: nothing is lost, and there is nothing to wait on.
            let lost = broken || matches!(event, Event::Lost { .. });
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
