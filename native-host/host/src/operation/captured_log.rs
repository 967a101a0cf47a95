//! What the program logs during a test, at the most verbose level.

use log::{LevelFilter, Log, Metadata, Record};
use std::cell::RefCell;
use std::sync::Once;

thread_local! {
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

struct Captured;

impl Log for Captured {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        // Fails while the thread ends, when nobody reads the lines any more.
        let _ = LINES.try_with(|lines| lines.borrow_mut().push(record.args().to_string()));
    }

    fn flush(&self) {}
}

/// Runs something and returns the lines that its thread logged meanwhile.
pub fn capture_log<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    static START: Once = Once::new();
    START.call_once(|| {
        log::set_logger(&Captured).expect("the only logger of the tests");
        log::set_max_level(LevelFilter::Trace);
    });
    LINES.take();
    let result = work();
    (result, LINES.take())
}

#[test]
fn lines_of_any_level_are_captured() {
    let (_, lines) = capture_log(|| log::trace!("line {}", 1));
    assert_eq!(lines, ["line 1"]);
}
