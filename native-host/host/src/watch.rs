//! The `watch` command: the status now and after every change.

use crate::operation_lock::OperationLock;
use crate::problem_mapping::session_problem;
use crate::routes::Memory;
use crate::status::{ReaderResult, read_cards, to_status};
use eimza_pcsc::ReaderMonitor;
use eimza_protocol::{Event, Status};
use eimza_session::{CardProvider, Error};
use std::time::Duration;

/// Retry interval while the smart-card service is unavailable, when there is nothing to wait on.
const SERVICE_RETRY_INTERVAL: Duration = Duration::from_secs(1);

/// Retry interval while another program holds a card; nothing signals its release.
const BUSY_RETRY_INTERVAL: Duration = Duration::from_secs(1);

/// Retry interval after a card failed: it may have recovered, or its worker thread may have finished since.
const FAILED_RETRY_INTERVAL: Duration = Duration::from_secs(5);

/// Returns the interval after which to read the cards again without a signalled change.
fn retry_interval(results: &[ReaderResult]) -> Option<Duration> {
    let intervals = results.iter().filter_map(|result| interval_after(result.card.as_ref().err()?));
    intervals.min()
}

/// Returns the retry interval after an error that may pass without a signalled change.
fn interval_after(error: &Error) -> Option<Duration> {
    match error {
        Error::CardBusy => Some(BUSY_RETRY_INTERVAL),
        Error::CardSilent | Error::ReaderFailed | Error::CardChanged | Error::CardRemoved => {
            Some(FAILED_RETRY_INTERVAL)
        }
        _ => None,
    }
}

/// Passes every change to `send` until it returns false. During an operation cards are not read; changes are
/// sent afterwards.
pub fn watch(
    cards: &dyn CardProvider,
    memory: &Memory,
    lock: &OperationLock,
    mut send: impl FnMut(Event) -> bool,
) {
    let mut last_sent = None;
    let mut timeout = None;
    loop {
        let mut monitor = ReaderMonitor::start(memory.clone());
        loop {
            let waited = monitor
                .as_mut()
                .map_err(|error| error.clone())
                .and_then(|monitor| monitor.wait_for_change(timeout));
            let monitor_failed = waited.is_err();
            let results = waited.and_then(|()| lock.wait(|| read_cards(cards)));
            timeout = results.as_ref().ok().and_then(|results| retry_interval(results));
            let event = match results {
                Ok(results) => Event::Readers(to_status(results)),
                Err(Error::NoReader) => Event::Readers(Status::default()),
                Err(error) => Event::Lost { error: session_problem(error) },
            };
            // On Windows the service stops when the last reader is removed: not an error, but there is
            // nothing to wait on.
            let restart = monitor_failed || matches!(event, Event::Lost { .. });
            if last_sent.as_ref() != Some(&event) {
                if !send(event.clone()) {
                    return;
                }
                last_sent = Some(event);
            }
            if restart {
                break;
            }
        }
        std::thread::sleep(SERVICE_RETRY_INTERVAL);
    }
}
