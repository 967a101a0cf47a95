//! The `watch` command: the status now and after every change.

use crate::operation_lock::OperationLock;
use crate::problem_mapping::session_problem;
use crate::status::{ReaderResult, read_cards_but, to_status};
use eimza_pcsc::{ChangeSource, Changes};
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
    results.iter().filter_map(interval_of).min()
}

/// Returns the retry interval after an error that may pass without a signalled change.
fn interval_of(result: &ReaderResult) -> Option<Duration> {
    match result.card.as_ref().err()? {
        Error::CardBusy => Some(BUSY_RETRY_INTERVAL),
        // The service or the reader may be back before anybody noticed that it had gone.
        Error::NoService
        | Error::ServiceAwaitsReader
        | Error::ReaderGone
        | Error::CardSilent
        | Error::ReaderFailed
        | Error::CardChanged
        | Error::CardRemoved
        | Error::Exhausted => Some(FAILED_RETRY_INTERVAL),
        _ => None,
    }
}

/// Returns whether a result still holds, so that its card need not be read.
fn still_holds(result: &ReaderResult, changes: &Changes) -> bool {
    let is_changed = changes.readers.iter().any(|reader| reader.as_str() == result.name);
    !is_changed && interval_of(result).is_none()
}

/// Passes every change to `send` until it returns false. During an operation cards are not read; changes are
/// sent afterwards. `start` connects to the service.
pub fn watch<S: ChangeSource>(
    cards: &dyn CardProvider,
    start: impl Fn() -> Result<S, Error>,
    lock: &OperationLock,
    mut send: impl FnMut(Event) -> bool,
) {
    let mut last_sent = None;
    loop {
        let mut source = start();
        let (mut results, mut timeout) = (Vec::new(), None);
        loop {
            let waited = source
                .as_mut()
                .map_err(|error| error.clone())
                .and_then(|source| source.wait_for_change(timeout));
            let has_source = waited.is_ok();
            let read = waited.and_then(|changes| {
                let previous = std::mem::take(&mut results);
                lock.wait(|| read_cards_but(cards, previous, |result| still_holds(result, &changes)))
            });
            timeout = read.as_ref().ok().and_then(|results| retry_interval(results));
            let event = match read {
                Ok(read) => {
                    results = read;
                    Event::Readers(to_status(results.clone()))
                }
                Err(Error::NoReader | Error::ServiceAwaitsReader) => Event::Readers(Status::default()),
                Err(error) => Event::Lost { error: session_problem(error) },
            };
            // On Windows the service stops when the last reader is removed: not an error, but there is
            // nothing to wait on.
            let restart = !has_source || matches!(event, Event::Lost { .. });
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

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_display_text::DisplayText;
    use eimza_session::{HeldCard, ListedReader, ReadStates};
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::sync::{Arc, Mutex};

    /// Readers with the error of their cards, and the names of those that were read.
    #[derive(Clone)]
    struct Readers {
        cards: Vec<(&'static str, Error)>,
        read: Arc<Mutex<Vec<String>>>,
    }

    struct FakeReader {
        name: DisplayText,
        error: Error,
        readers: Readers,
    }

    impl CardProvider for Readers {
        fn list(&self, _: Option<&str>) -> Result<Vec<Box<dyn ListedReader>>, Error> {
            let all = self.cards.clone();
            let listed = |(name, error)| -> Box<dyn ListedReader> {
                Box::new(FakeReader { name: DisplayText::new(name), error, readers: self.clone() })
            };
            Ok(all.into_iter().map(listed).collect())
        }
    }

    impl ListedReader for FakeReader {
        fn name(&self) -> &DisplayText {
            &self.name
        }

        fn may_hold_card(&self) -> bool {
            true
        }

        fn open(self: Box<Self>, _: ReadStates, _: &mut dyn FnMut()) -> Result<Box<dyn HeldCard>, Error> {
            self.readers.read.lock().unwrap().push(self.name.to_string());
            Err(self.error)
        }

        fn report(self: Box<Self>) -> Result<String, Error> {
            Err(self.error)
        }
    }

    /// Reports these changes; then the service is gone, which ends the test. Notes the timeouts.
    struct Script<'a> {
        changes: VecDeque<Vec<&'static str>>,
        timeouts: &'a RefCell<Vec<Option<Duration>>>,
    }

    impl ChangeSource for Script<'_> {
        fn wait_for_change(&mut self, timeout: Option<Duration>) -> Result<Changes, Error> {
            self.timeouts.borrow_mut().push(timeout);
            let readers = self.changes.pop_front().ok_or(Error::NoService)?;
            Ok(Changes { readers: readers.into_iter().map(DisplayText::new).collect() })
        }
    }

    /// Watches until the service is gone; returns what was read, and the timeouts.
    fn watched(
        readers: &[(&'static str, Error)],
        changes: &[&[&'static str]],
    ) -> (Vec<String>, Vec<Option<Duration>>) {
        let cards = Readers { cards: readers.to_vec(), read: Arc::default() };
        let timeouts = RefCell::default();
        let changes = changes.iter().map(|names| names.to_vec()).collect::<VecDeque<_>>();
        let start = || Ok(Script { changes: changes.clone(), timeouts: &timeouts });
        watch(&cards, start, &OperationLock::default(), |event| !matches!(event, Event::Lost { .. }));
        let read = cards.read.lock().unwrap().clone();
        (read, timeouts.into_inner())
    }

    #[test]
    fn only_readers_that_changed_are_read_again() {
        let readers = [("A", Error::UnsupportedCard), ("B", Error::NoApplication)];
        let (read, timeouts) = watched(&readers, &[&["A", "B"], &["B"], &[], &["B", "gone"]]);
        assert_eq!(read, ["A", "B", "B", "B"]);
        assert!(timeouts.iter().all(Option::is_none));
    }

    /// Nothing signals that another program has released a card, or that a card has recovered.
    #[test]
    fn card_that_failed_is_read_again_after_a_time_and_no_other() {
        let readers = [("A", Error::UnsupportedCard), ("B", Error::CardBusy), ("C", Error::CardSilent)];
        let (read, timeouts) = watched(&readers, &[&["A", "B", "C"], &[]]);
        assert_eq!(read, ["A", "B", "C", "B", "C"]);
        assert_eq!(timeouts, [None, Some(BUSY_RETRY_INTERVAL), Some(BUSY_RETRY_INTERVAL)]);
    }

    /// Regression: a service that was restarted while a card was read was told as missing until the card was pulled.
    #[test]
    fn card_that_was_read_while_its_service_restarted_is_read_again() {
        for error in [Error::NoService, Error::ReaderGone, Error::ServiceAwaitsReader] {
            let (read, timeouts) = watched(&[("A", error.clone())], &[&["A"], &[]]);
            assert_eq!(
                (read, timeouts[1]),
                (vec!["A".to_owned(); 2], Some(FAILED_RETRY_INTERVAL)),
                "{error:?}"
            );
        }
    }
}
