//! `cargo xtask address`: the findings of the address check, for scripts and measurements.

use eimza_address::{Explanation, Refusal, Rule};
use std::io::{self, BufRead, BufWriter, Write};

/// Checks one address per line of standard input, writes findings as JSON
///
/// Writes one JSON array per line, `[[start, end, "surface", "expansion"], …]`: Unicode code points, end
/// exclusive, alternatives joined by "|", the preferred one first.
#[derive(clap::Args)]
pub struct Address {
    /// Says for each word of this address which rule applies, and why the others do not
    #[arg(long, value_name = "ADDRESS")]
    explain: Option<String>,
}

impl Address {
    pub fn run(self) -> anyhow::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        match self.explain {
            Some(address) => explain(&address, &mut out)?,
            None => report(io::stdin().lock(), &mut out)?,
        }
        Ok(out.flush()?)
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
    Ok(())
}

fn explain(address: &str, mut out: impl Write) -> io::Result<()> {
    for Explanation { range, written, refused, found } in eimza_address::explain(address) {
        write!(out, "{}..{} {written}: ", range.start, range.end)?;
        match &found {
            Some(found) => {
                let severity = format!("{:?}", found.severity).to_lowercase();
                writeln!(out, "{} → {} ({severity})", found.rule, found.expansions.join("|"))?;
            }
            None if refused.is_empty() => writeln!(out, "no rule has these letters")?,
            None => writeln!(out, "no rule applies")?,
        }
        for (rule, refusal) in refused {
            writeln!(out, "    not {}: {}", rule.id, reason(rule, refusal))?;
        }
    }
    Ok(())
}

fn reason(rule: &Rule, refusal: Refusal) -> String {
    match refusal {
        Refusal::Dot => "without a dot".to_owned(),
        Refusal::Previous => format!("not after {}", rule.previous.join(", ")),
        Refusal::Next => format!("not before {}", rule.next.join(", ")),
        Refusal::Condition(condition) => format!("not {condition:?}"),
        Refusal::OfficialName => "part of an official name".to_owned(),
    }
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

    #[test]
    fn explains_every_word() {
        let mut out = Vec::new();
        explain("Gül Sk. SİT MAHALLESİ", &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "0..3 Gül: no rule has these letters\n\
             4..7 Sk.: street → Sokak|Sokağı (error)\n    not street-numbered: not Numbered\n\
             8..11 SİT: no rule applies\n    not estate: part of an official name\n\
             12..21 MAHALLESİ: no rule has these letters\n"
        );
    }
}
