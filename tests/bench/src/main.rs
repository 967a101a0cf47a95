//! Measures, and writes a table or, with `--json`, a JSON array. `cargo xtask bench` builds it optimised.

mod address;
mod measure;

use measure::Ratio;
use std::io::{self, Write};

fn main() -> io::Result<()> {
    let ratios = address::all();
    let mut out = io::stdout().lock();
    if std::env::args().any(|argument| argument == "--json") {
        serde_json::to_writer_pretty(&mut out, &ratios)?;
        return writeln!(out);
    }
    for Ratio { name, reference, times, bound } in ratios {
        let verdict = if times <= bound { "within" } else { "OVER" };
        writeln!(out, "{name}: {times:.2} × {reference} ({verdict} {bound})")?;
    }
    Ok(())
}
