//! Decides what has changed, whatever the smart-card service says.
//!
//! Services report changes that are none: some wait for nothing and return at once, others for each connection to
//! a card. What was reported is therefore compared with what was known, and a service that returned for nothing is
//! asked again after a pause, which grows.

use crate::card_memory::CardMemory;
use crate::code_meaning::{Code, Meaning};
use crate::error_mapping::access_error;
use crate::library::{ReaderName, ReaderStatus, plug_and_play};
use crate::reader_name::shown_names;
use eimza_display_text::DisplayText;
use eimza_session::Error;
use std::time::Duration;

/// The longest wait without a reader. Only the plug-and-play notification is watched then, and one that
/// arrives between listing the readers and waiting is lost.
const WAIT_WITHOUT_READER: Duration = Duration::from_secs(1);

/// The pause after the service returned for nothing: the first one, and the longest.
const IDLE_PAUSE: [Duration; 2] = [Duration::from_millis(20), Duration::from_millis(500)];

/// The shortest time between two reports of a card that other programs have used: the first one, and the longest.
/// Two programs that read a card whenever the other one has would otherwise never stop.
const USE_PAUSE: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(30)];

/// The calls of the smart-card service, and the clock.
pub(crate) trait ReaderSource {
    /// Connects to the service again.
    fn reconnect(&mut self) -> Result<(), Error>;

    /// Returns the names of all readers.
    fn list(&mut self) -> Result<Vec<ReaderName>, Code>;

    /// Waits until a state differs from the one that is given, and writes the new ones.
    fn wait(&mut self, timeout: Option<Duration>, readers: &mut [ReaderStatus]) -> Result<(), Code>;

    /// Returns the time since any fixed moment.
    fn now(&self) -> Duration;

    /// Does nothing for some time.
    fn pause(&mut self, time: Duration);
}

/// A pause that doubles.
struct GrowingPause {
    bounds: [Duration; 2],
    next: Duration,
}

impl GrowingPause {
    fn new(bounds: [Duration; 2]) -> Self {
        Self { bounds, next: bounds[0] }
    }

    fn take(&mut self) -> Duration {
        let now = self.next;
        self.next = (now * 2).min(self.bounds[1]);
        now
    }

    fn reset(&mut self) {
        self.next = self.bounds[0];
    }
}

/// What is known of all readers, and how long to wait for more.
pub(crate) struct ChangeDetector<S> {
    source: S,
    memory: CardMemory,
    /// The plug-and-play notification, and the readers.
    notification: ReaderStatus,
    readers: Vec<ReaderStatus>,
    is_first_wait: bool,
    idle: GrowingPause,
    /// Readers with cards that others have used, and which are not reported yet.
    used: Vec<ReaderName>,
    use_pause: GrowingPause,
    /// When such readers were last reported, and when they may be reported again.
    last_use: Option<[Duration; 2]>,
    /// The operations that were begun when changes were last reported.
    operations: u32,
}

/// What happened to readers.
#[derive(Default)]
struct Observed {
    /// Readers that are not those that they were, or whose cards are not.
    changed: Vec<ReaderName>,
    /// Whether a reader was connected or disconnected.
    is_set_changed: bool,
    /// How long the service has waited, if it returned without a change.
    for_nothing: Option<Duration>,
}

impl<S: ReaderSource> ChangeDetector<S> {
    /// Returns a detector that knows nothing yet.
    pub(crate) fn new(source: S, memory: CardMemory) -> Self {
        Self {
            source,
            operations: memory.operations(),
            memory,
            notification: ReaderStatus::unknown(plug_and_play()),
            readers: Vec::new(),
            is_first_wait: true,
            idle: GrowingPause::new(IDLE_PAUSE),
            used: Vec::new(),
            use_pause: GrowingPause::new(USE_PAUSE),
            last_use: None,
        }
    }

    /// Waits for a change, or until the timeout; returns the names under which the changed readers are shown.
    ///
    /// # Errors
    /// If the service fails twice in a row.
    pub(crate) fn wait_for_change(&mut self, timeout: Option<Duration>) -> Result<Vec<DisplayText>, Error> {
        let deadline = timeout.map(|timeout| self.source.now() + timeout);
        let mut has_failed = false;
        loop {
            let until = [deadline, self.next_use()].into_iter().flatten().min();
            match self.observe(until.map(|until| until.saturating_sub(self.source.now()))) {
                Ok(observed) => {
                    has_failed = false;
                    let for_nothing = observed.for_nothing;
                    if let Some(readers) = self.report(observed) {
                        return Ok(readers);
                    }
                    if let Some(waited) = for_nothing {
                        self.pause_for_nothing(waited);
                    }
                }
                Err(code) if has_failed => {
                    self.memory.forget_all();
                    return Err(access_error(code));
                }
                Err(code) => {
                    log::debug!("the smart-card service failed: {code:?}");
                    has_failed = true;
                    self.memory.forget_all();
                    self.pause_for_nothing(Duration::ZERO);
                    self.source.reconnect()?;
                }
            }
            if deadline.is_some_and(|deadline| deadline <= self.source.now()) {
                return Ok(Vec::new());
            }
        }
    }

    /// Asks the service once.
    fn observe(&mut self, timeout: Option<Duration>) -> Result<Observed, Code> {
        let mut observed = self.compare_list()?;
        // The service tells the state of a new reader at once.
        let is_known = !self.is_first_wait && !observed.is_set_changed;
        let timeout = match (is_known, self.readers.is_empty()) {
            (false, _) => Some(Duration::ZERO),
            (true, true) => Some(timeout.map_or(WAIT_WITHOUT_READER, |left| left.min(WAIT_WITHOUT_READER))),
            (true, false) => timeout,
        };
        let asked = self.source.now();
        let mut states = vec![self.notification.clone()];
        states.extend(self.readers.iter().cloned());
        match self.source.wait(timeout, &mut states) {
            Ok(()) => self.compare_states(states, &mut observed),
            Err(code) if code.meaning() == Meaning::TimedOut => return Ok(observed),
            Err(code) => return Err(code),
        }
        if is_known && observed.changed.is_empty() {
            observed.for_nothing = Some(self.source.now() - asked);
        }
        Ok(observed)
    }

    /// Takes over which readers there are.
    fn compare_list(&mut self) -> Result<Observed, Code> {
        let names = match self.source.list() {
            Err(code) if code.meaning() == Meaning::NoReader => Vec::new(),
            other => other?,
        };
        let before = self.readers.len();
        let memory = &self.memory;
        self.readers.retain(|reader| {
            let is_there = names.contains(&reader.name);
            if !is_there {
                memory.forget(&reader.name);
            }
            is_there
        });
        let mut is_set_changed = self.readers.len() < before;
        for name in names {
            if !self.readers.iter().any(|reader| reader.name == name) {
                is_set_changed = true;
                self.readers.push(ReaderStatus::unknown(name));
            }
        }
        Ok(Observed { is_set_changed, ..Observed::default() })
    }

    /// Takes over new states, and notes how they differ.
    fn compare_states(&mut self, states: Vec<ReaderStatus>, observed: &mut Observed) {
        let operations = self.memory.operations();
        let mut states = states.into_iter();
        if let Some(notification) = states.next() {
            self.notification = notification;
        }
        for (known, new) in self.readers.iter_mut().zip(states) {
            if known.state != new.state {
                self.memory.forget(&new.name);
            }
            // The caller reads it when the operation has ended.
            let is_operated = self.operations != operations;
            let is_unused = known.is_used() && !new.is_used();
            let is_changed = known.differs_in_card_from(&new) || is_operated;
            *known = new;
            if is_changed {
                observed.changed.push(known.name.clone());
                // It is read from now on, which includes what others have done until then.
                known.set_unused();
            } else if is_unused && !self.used.contains(&known.name) {
                self.used.push(known.name.clone());
            }
        }
        if !observed.changed.is_empty() {
            self.operations = operations;
        }
    }

    /// Returns the readers to report, if any.
    fn report(&mut self, observed: Observed) -> Option<Vec<DisplayText>> {
        let is_first_wait = std::mem::take(&mut self.is_first_wait);
        let Observed { changed, is_set_changed, .. } = observed;
        let mut reported = changed;
        self.used.retain(|reader| !reported.contains(reader));
        if self.next_use().is_some_and(|next| next <= self.source.now()) {
            self.note_use();
            reported.append(&mut self.used);
        } else if is_first_wait || is_set_changed || !reported.is_empty() {
            self.idle.reset();
        } else {
            return None;
        }
        let names: Vec<_> = self.readers.iter().map(|reader| reader.name.clone()).collect();
        let shown = names.iter().zip(shown_names(&names));
        Some(shown.filter(|(name, _)| reported.contains(name)).map(|(_, shown)| shown).collect())
    }

    /// Pauses after the service has waited this long, and returned for nothing.
    fn pause_for_nothing(&mut self, waited: Duration) {
        if waited >= IDLE_PAUSE[1] {
            self.idle.reset();
        }
        let time = self.idle.take();
        self.source.pause(time);
    }

    /// Returns when to report the readers that others have used; `None` if there are none.
    fn next_use(&self) -> Option<Duration> {
        let next = self.last_use.map_or(Duration::ZERO, |[_, next]| next);
        (!self.used.is_empty()).then_some(next)
    }

    /// Notes that readers are reported because others have used them: the next time not so soon.
    fn note_use(&mut self) {
        let now = self.source.now();
        if self.last_use.is_some_and(|[last, next]| now - last > (next - last) * 2) {
            self.use_pause.reset();
        }
        self.last_use = Some([now, now + self.use_pause.take()]);
    }
}

#[cfg(test)]
mod tests;
