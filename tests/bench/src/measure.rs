//! Two pieces of work, taken in turns, so that whatever else the machine does slows both.

use serde::Serialize;
use std::time::{Duration, Instant};

/// One row of the table.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What was measured.
    pub name: &'static str,
    /// The median.
    pub value: f64,
    /// Of value, least and greatest, and the reference's.
    pub unit: &'static str,
    pub min: f64,
    pub max: f64,
    /// How often.
    pub runs: usize,
    /// What it was measured against.
    pub reference: &'static str,
    pub reference_value: f64,
    pub ratio: f64,
    /// The ratio should be no more than this.
    pub bound: f64,
}

/// What a row is about.
pub struct Subject {
    pub name: &'static str,
    pub reference: &'static str,
    pub bound: f64,
}

const RUNS: usize = 25;

impl Subject {
    /// Measures both in turns, in milliseconds.
    pub fn time(&self, work: impl FnMut(), reference: impl FnMut()) -> Row {
        self.time_after(|| (), work, reference)
    }

    /// The same, with something done `before` each; what the work gives is put away when the time has been taken.
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

    /// A row of what was measured elsewhere.
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

fn milliseconds<T>(work: &mut impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    let done = work();
    let took: Duration = start.elapsed();
    drop(done);
    took.as_secs_f64() * 1000.0
}
