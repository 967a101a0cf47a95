use super::*;
use crate::reader_name::named;

const EMPTY: u32 = 0x0010;
const CARD: u32 = 0x0020;
const IN_USE: u32 = 0x0100;
const CHANGED: u32 = 0x0002;

/// A service in which things happen at their times, and a clock that runs only while it waits.
#[derive(Default)]
struct Simulation {
    now: Duration,
    /// The readers with their states, from each time on.
    timeline: Vec<(Duration, Vec<(&'static str, u32)>)>,
    /// Whether it waits for a change; otherwise it returns at once, whatever it was told.
    waits: bool,
    /// The calls that fail, by their number.
    failing: Vec<usize>,
    calls: usize,
    connections: usize,
}

fn at(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

impl Simulation {
    fn waiting(timeline: &[(u64, &[(&'static str, u32)])]) -> Self {
        let timeline = timeline.iter().map(|(time, readers)| (at(*time), readers.to_vec())).collect();
        Self { timeline, waits: true, ..Self::default() }
    }

    fn readers(&self, now: Duration) -> &[(&'static str, u32)] {
        let current = self.timeline.iter().rfind(|(time, _)| *time <= now);
        current.map_or(&[], |(_, readers)| readers.as_slice())
    }

    fn state(&self, now: Duration, name: &ReaderName) -> u32 {
        let readers = self.readers(now);
        let number = u32::try_from(readers.len()).unwrap() << 16;
        readers.iter().find(|(reader, _)| named(reader) == *name).map_or(number, |(_, state)| *state)
            | CHANGED
    }
}

impl ReaderSource for Simulation {
    fn reconnect(&mut self) -> Result<(), Error> {
        self.connections += 1;
        Ok(())
    }

    fn list(&mut self) -> Result<Vec<ReaderName>, Code> {
        Ok(self.readers(self.now).iter().map(|(name, _)| named(name)).collect())
    }

    fn wait(&mut self, timeout: Option<Duration>, readers: &mut [ReaderStatus]) -> Result<(), Code> {
        self.calls += 1;
        if self.failing.contains(&self.calls) {
            return Err(Code(0x8010_0001));
        }
        let end = timeout.map_or(Duration::MAX, |timeout| self.now + timeout);
        let differs = |simulation: &Self, now, readers: &[ReaderStatus]| {
            readers.iter().any(|reader| (reader.state ^ simulation.state(now, &reader.name)) & !CHANGED != 0)
        };
        if self.waits && !differs(self, self.now, readers) {
            let later =
                self.timeline.iter().map(|(time, _)| *time).filter(|time| *time > self.now && *time <= end);
            let next = later.into_iter().find(|time| differs(self, *time, readers));
            self.now = next.unwrap_or(end);
            if next.is_none() {
                return Err(Code(0x8010_000A));
            }
        }
        for reader in readers {
            reader.state = self.state(self.now, &reader.name);
        }
        Ok(())
    }

    fn now(&self) -> Duration {
        self.now
    }

    fn pause(&mut self, time: Duration) {
        self.now += time;
    }
}

fn detector(simulation: Simulation) -> ChangeDetector<Simulation> {
    ChangeDetector::new(simulation, CardMemory::default())
}

/// Returns what is reported until the end of this time, each with its time in milliseconds.
fn reports(detector: &mut ChangeDetector<Simulation>, until: u64) -> Vec<(u128, Vec<String>)> {
    let mut reports = Vec::new();
    while detector.source.now < at(until) {
        let left = at(until) - detector.source.now;
        let changed = detector.wait_for_change(Some(left)).unwrap();
        let is_over = detector.source.now >= at(until);
        if !is_over || !changed.is_empty() {
            let names = changed.into_iter().map(DisplayText::into_string).collect();
            reports.push((detector.source.now.as_millis(), names));
        }
    }
    reports
}

fn report(time: u128, names: &[&str]) -> (u128, Vec<String>) {
    (time, names.iter().map(|&name| name.to_owned()).collect())
}

#[test]
fn each_change_is_reported_when_it_happens_and_with_its_reader_only() {
    let mut detector = detector(Simulation::waiting(&[
        (0, &[("A", EMPTY), ("B", CARD)]),
        (2000, &[("A", 1 << 16 | CARD), ("B", CARD)]),
        (5000, &[("A", 2 << 16 | EMPTY), ("B", CARD)]),
        (7000, &[("B", CARD)]),
        (8000, &[("B", CARD), ("C", CARD)]),
    ]));
    let expected = [
        report(0, &["A", "B"]),
        report(2000, &["A"]),
        report(5000, &["A"]),
        report(7000, &["A"]),
        report(7000, &[]),
        report(8020, &["C"]),
    ];
    assert_eq!(reports(&mut detector, 20_000), expected);
}

#[test]
fn without_a_reader_the_first_wait_ends_at_once_and_the_next_with_a_reader() {
    let mut detector = detector(Simulation::waiting(&[(0, &[]), (3000, &[("A", CARD)])]));
    assert_eq!(detector.wait_for_change(None), Ok(Vec::new()));
    assert_eq!(detector.source.now, at(0));
    assert_eq!(detector.wait_for_change(None).unwrap().len(), 1);
    assert!(detector.source.now <= at(3100), "{:?}", detector.source.now);
}

/// Wine's library passes no state on, and returns at once.
#[test]
fn service_that_returns_at_once_reports_nothing_and_is_asked_ever_more_seldom() {
    for state in [CARD, EMPTY, CARD | IN_USE] {
        let mut detector = detector(Simulation {
            waits: false,
            ..Simulation::waiting(&[(0, &[("A", state)]), (9000, &[("A", 1 << 16 | CARD)])])
        });
        assert_eq!(reports(&mut detector, 8900), [report(0, &["A"])], "{state:04X}");
        assert!(detector.source.calls < 30, "{} calls", detector.source.calls);
        let [(time, names)] = &reports(&mut detector, 20_000)[..] else { panic!("one report") };
        assert!(*time < 9600 && names == &["A"], "{time} {names:?}");
    }
}

#[test]
fn service_without_readers_that_returns_at_once_is_asked_ever_more_seldom() {
    let mut detector = detector(Simulation { waits: false, ..Simulation::waiting(&[(0, &[])]) });
    assert_eq!(reports(&mut detector, 10_000), [report(0, &[])]);
    assert!(detector.source.calls < 30, "{} calls", detector.source.calls);
}

#[test]
fn card_that_another_program_has_used_is_reported_once_it_is_released() {
    let mut detector = detector(Simulation::waiting(&[
        (0, &[("A", CARD), ("B", CARD)]),
        (3000, &[("A", CARD | IN_USE), ("B", CARD)]),
        (5000, &[("A", CARD), ("B", CARD)]),
    ]));
    assert_eq!(reports(&mut detector, 20_000), [report(0, &["A", "B"]), report(5000, &["A"])]);
}

/// Two programs that watch would otherwise read the card in turn for ever.
#[test]
fn card_that_is_used_all_the_time_is_reported_ever_more_seldom() {
    let states: Vec<_> = (0..6000_u64)
        .map(|number| (at(number * 100), vec![("A", if number % 2 == 0 { CARD } else { CARD | IN_USE })]))
        .collect();
    let mut detector = detector(Simulation { timeline: states, waits: true, ..Simulation::default() });
    let times: Vec<_> = reports(&mut detector, 600_000).into_iter().map(|(time, _)| time).collect();
    assert!((5..30).contains(&times.len()), "{times:?}");
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] <= 31_000), "{times:?}");
    assert!(detector.source.calls < 6000, "{} calls", detector.source.calls);
}

/// Whatever the service shows of it: an operation may be over before the service is asked again.
#[test]
fn card_is_reported_after_an_operation() {
    for waits in [true, false] {
        let memory = CardMemory::default();
        let timeline = [(0, &[("A", CARD)][..]), (4000, &[("A", CARD | IN_USE)]), (4050, &[("A", CARD)])];
        let simulation = Simulation { waits, ..Simulation::waiting(&timeline) };
        let mut detector = ChangeDetector::new(simulation, memory.clone());
        assert_eq!(reports(&mut detector, 3900), [report(0, &["A"])]);
        memory.begin_operation();
        assert_eq!(detector.wait_for_change(None).unwrap().len(), 1);
        assert!(detector.source.now < at(4600), "{:?}", detector.source.now);
        // It is read once the operation has ended.
        detector.source.now = detector.source.now.max(at(4060));
        assert_eq!(reports(&mut detector, 20_000), []);
    }
}

#[test]
fn single_failure_of_the_service_is_not_reported_and_nothing_is_read_again() {
    let timeline = [(0, &[("A", CARD)][..]), (4000, &[("A", 1 << 16 | EMPTY)])];
    let mut detector = detector(Simulation { failing: vec![2], ..Simulation::waiting(&timeline) });
    assert_eq!(reports(&mut detector, 20_000), [report(0, &["A"]), report(4000, &["A"])]);
    assert_eq!(detector.source.connections, 1);
}

#[test]
fn service_that_fails_twice_in_a_row_is_reported_also_at_the_start() {
    for failing in [vec![1, 2], vec![2, 3]] {
        let mut detector = detector(Simulation { failing, ..Simulation::waiting(&[(0, &[("A", CARD)])]) });
        let waited: Vec<_> = (0..2).map(|_| detector.wait_for_change(None)).collect();
        assert!(waited.contains(&Err(Error::ReaderFailed)), "{waited:?}");
    }
}

#[test]
fn service_that_fails_every_other_time_is_asked_ever_more_seldom() {
    let failing = (2..1000).step_by(2).collect();
    let simulation = Simulation { failing, waits: false, ..Simulation::waiting(&[(0, &[("A", CARD)])]) };
    let mut detector = detector(simulation);
    assert_eq!(reports(&mut detector, 10_000), [report(0, &["A"])]);
    assert!(detector.source.calls < 30, "{} calls", detector.source.calls);
}

#[test]
fn timeout_ends_the_wait_in_time() {
    for waits in [true, false] {
        let mut detector = detector(Simulation { waits, ..Simulation::waiting(&[(0, &[("A", CARD)])]) });
        detector.wait_for_change(None).unwrap();
        let start = detector.source.now;
        assert_eq!(detector.wait_for_change(Some(at(5000))), Ok(Vec::new()));
        let waited = detector.source.now - start;
        assert!((at(5000)..at(5600)).contains(&waited), "{waited:?}");
    }
}
