//! Counts the calls, decides which of them fail, and records them.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How a call fails.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Before,
    After,
    From,
}

/// A fault that was ordered.
struct Fault {
    function: String,
    /// Which call of the function, counted from 1.
    number: u32,
    way: Way,
    code: u32,
}

/// What was called until now.
struct Calls {
    faults: Vec<Fault>,
    counts: HashMap<&'static str, u32>,
    log: File,
}

static CALLS: Mutex<Option<Calls>> = Mutex::new(None);

/// Returns the folder of the program.
fn folder() -> PathBuf {
    let program = std::env::current_exe().expect("the program");
    program.parent().expect("its folder").to_owned()
}

fn read_faults() -> Vec<Fault> {
    let orders = fs::read_to_string(folder().join("faults")).unwrap_or_default();
    let fault = |line: &str| {
        let mut words = line.split(' ');
        let mut next = || words.next().unwrap_or_else(|| panic!("no fault: {line}"));
        Fault {
            function: next().to_owned(),
            number: next().parse().expect("a number"),
            way: match next() {
                "before" => Way::Before,
                "after" => Way::After,
                "from" => Way::From,
                other => panic!("no way to fail: {other}"),
            },
            code: u32::from_str_radix(next(), 16).expect("a code"),
        }
    };
    orders.lines().map(fault).collect()
}

fn lock() -> MutexGuard<'static, Option<Calls>> {
    CALLS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn with_calls<T>(work: impl FnOnce(&mut Calls) -> T) -> T {
    let mut calls = lock();
    work(calls.get_or_insert_with(|| Calls {
        faults: read_faults(),
        counts: HashMap::new(),
        log: OpenOptions::new().create(true).append(true).open(folder().join("calls")).expect("the log"),
    }))
}

/// Makes a call, unless it is to fail, and returns its code or the one that was ordered. `detail` describes it. Other
/// calls are not blocked meanwhile.
pub(crate) fn call(function: &'static str, detail: &str, pass_on: impl FnOnce() -> i32) -> i32 {
    let (number, fault) = with_calls(|calls| {
        let count = calls.counts.entry(function).or_default();
        *count += 1;
        let number = *count;
        let is_meant = |fault: &&Fault| match fault.way {
            Way::From => number >= fault.number,
            Way::Before | Way::After => number == fault.number,
        };
        let fault = calls.faults.iter().filter(|fault| fault.function == function).find(is_meant);
        (number, fault.map(|fault| (fault.way, fault.code)))
    });
    let (code, what) = match fault {
        None => (pass_on().cast_unsigned(), "passed"),
        Some((Way::After, code)) => {
            pass_on();
            (code, "lost")
        }
        Some((Way::Before | Way::From, code)) => (code, "failed"),
    };
    // Written as a whole: the program may exit at any moment.
    let line = format!("{function} {number} {detail} {code:08X} {what}\n");
    with_calls(|calls| calls.log.write_all(line.as_bytes())).expect("the log");
    code.cast_signed()
}
