//! The `watch` command: the status now and after every change.

use crate::operation_lock::OperationLock;
use crate::problem_mapping::pcsc_problem;
use crate::status::status;
use eimza_pcsc::{ReaderMonitor, Timeouts};
use eimza_protocol::{Event, Problem, Status};
use std::time::Duration;

/// Retry interval while the smart-card service is unavailable, when there is nothing to wait on.
const SERVICE_RETRY_INTERVAL: Duration = Duration::from_secs(1);

/// Retry interval while another program holds a card; nothing signals its release.
const BUSY_RETRY_INTERVAL: Duration = Duration::from_secs(1);

/// Retry interval after a card failed: it may have recovered, or its worker thread may have finished since.
const FAILED_RETRY_INTERVAL: Duration = Duration::from_secs(5);

/// Returns the interval after which to read the cards again without a signalled change.
fn retry_interval(status: &Status) -> Option<Duration> {
    let errors = || status.readers.iter().filter_map(|reader| reader.error.as_ref());
    if errors().any(|error| *error == Problem::CardBusy) {
        return Some(BUSY_RETRY_INTERVAL);
    }
    let is_transient = |error: &Problem| {
        matches!(
            error,
            Problem::CardSilent | Problem::CardChanged | Problem::CardRemoved | Problem::ReaderFailed
        )
    };
    errors().any(is_transient).then_some(FAILED_RETRY_INTERVAL)
}

/// Passes every change to `send` until it returns false. During an operation cards are not read; changes are
/// sent afterwards.
pub fn watch(lock: &OperationLock, mut send: impl FnMut(Event) -> bool) {
    let mut last_sent = None;
    let mut timeout = None;
    loop {
        let mut monitor = ReaderMonitor::start();
        loop {
            let waited = monitor
                .as_mut()
                .map_err(|error| *error)
                .and_then(|monitor| monitor.wait_for_change(timeout))
                .map_err(pcsc_problem);
            let monitor_failed = waited.is_err();
            let event = match waited.and_then(|()| lock.wait(|| status(Timeouts::BACKGROUND))) {
                Ok(status) => Event::Readers(status),
                Err(Problem::NoReader) => Event::Readers(Status::default()),
                Err(error) => Event::Lost { error },
            };
            timeout = if let Event::Readers(status) = &event { retry_interval(status) } else { None };
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
