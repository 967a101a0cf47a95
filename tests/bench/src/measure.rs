//! Two pieces of work, taken in turns, so that whatever else the machine does slows both.

use serde::Serialize;
use std::time::{Duration, Instant};

/// How much longer one takes than the other.
#[derive(Debug, Serialize)]
pub struct Ratio {
    /// What was measured.
    pub name: &'static str,
    /// What it was measured against.
    pub reference: &'static str,
    /// So many times the reference.
    pub times: f64,
    /// It should be no more than this.
    pub bound: f64,
}

const ROUNDS: usize = 25;

/// The ratio of the fastest rounds: what disturbs only ever makes slower.
pub fn ratio(mut work: impl FnMut(), mut reference: impl FnMut()) -> f64 {
    let mut fastest = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        fastest[0] = fastest[0].min(time(&mut work));
        fastest[1] = fastest[1].min(time(&mut reference));
    }
    fastest[0].as_secs_f64() / fastest[1].as_secs_f64()
}

fn time(work: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
