//! `cargo xtask address`: the findings of the address check, for scripts and measurements.

use std::io::{self, BufRead, BufWriter, Write};

/// Checks one address per line of standard input, writes findings as JSON
///
/// Writes one JSON array per line, `[[start, end, "surface", "expansion"], …]`: Unicode code points, end
/// exclusive, alternatives joined by "|", the preferred one first.
#[derive(clap::Args)]
pub struct Address;

impl Address {
    pub fn run(self) -> anyhow::Result<()> {
        Ok(report(io::stdin().lock(), BufWriter::new(io::stdout().lock()))?)
    }
}

fn report(addresses: impl BufRead, mut out: impl Write) -> io::Result<()> {
    for line in addresses.lines() {
        let findings: Vec<_> = eimza_address::find_abbreviations(&line?)
            .into_iter()
            .map(|finding| (finding.start, finding.end, finding.written, finding.expansions.join("|")))
            .collect();
        serde_json::to_writer(&mut out, &findings)?;
        writeln!(out)?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_one_array_per_line() {
        let mut out = Vec::new();
        report("Gül Sk. 5\n\nLale Sokağı".as_bytes(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "[[4,7,\"Sk.\",\"Sokak|Sokağı\"]]\n[]\n[]\n");
    }
}
