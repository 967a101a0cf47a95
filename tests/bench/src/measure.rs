//! Measures a piece of work and its reference alternately, so that other load on the machine affects both.

use serde::Serialize;
use std::time::{Duration, Instant};

/// One row of the table.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The name of the benchmark.
    pub name: &'static str,
    /// The median.
    pub value: f64,
    /// The unit of all values.
    pub unit: &'static str,
    pub min: f64,
    pub max: f64,
    /// The number of runs.
    pub runs: usize,
    /// The name of the reference.
    pub reference: &'static str,
    pub reference_value: f64,
    pub ratio: f64,
    /// The highest acceptable ratio.
    pub bound: f64,
}

/// The constant part of a row.
pub struct Subject {
    pub name: &'static str,
    pub reference: &'static str,
    pub bound: f64,
}

const RUNS: usize = 25;

impl Subject {
    /// Measures both alternately, in milliseconds.
    pub fn time(&self, work: impl FnMut(), reference: impl FnMut()) -> Row {
        self.time_after(|| (), work, reference)
    }

    /// Measures both like [`Self::time`], and calls `before` before each run. The result of a run is dropped
    /// after the measurement.
    pub fn time_after<T>(
        &self,
        mut before: impl FnMut(),
        mut work: impl FnMut() -> T,
        mut reference: impl FnMut() -> T,
    ) -> Row {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            before();
            own.push(milliseconds(&mut work));
            before();
            others.push(milliseconds(&mut reference));
        }
        self.row("ms", own, others)
    }

    /// Returns a row for given measurements.
    pub fn row(&self, unit: &'static str, mut own: Vec<f64>, mut reference: Vec<f64>) -> Row {
        own.sort_by(f64::total_cmp);
        reference.sort_by(f64::total_cmp);
        let (value, reference_value) = (own[own.len() / 2], reference[reference.len() / 2]);
        Row {
            name: self.name,
            value,
            unit,
            min: own[0],
            max: own[own.len() - 1],
            runs: own.len(),
            reference: self.reference,
            reference_value,
            ratio: value / reference_value,
            bound: self.bound,
        }
    }
}

/// Returns how long a piece of work takes. Its result is dropped after the measurement.
pub fn milliseconds<T>(work: &mut impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    let done = work();
    let took: Duration = start.elapsed();
    drop(done);
    took.as_secs_f64() * 1000.0
}
