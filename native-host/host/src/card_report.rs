//! `status --report`: what is in the readers, for people who have no such card.

use crate::connection::Patience;
use crate::readers;
use eimza_card::report;
use eimza_protocol::Problem;

/// A report of every reader's card, without anything that says whose it is. Spends no try.
///
/// # Errors
/// Where there is no smart-card service or no reader; what is wrong in a reader stands in the report.
pub fn card_report(patience: Patience) -> Result<String, Problem> {
    let reports = readers::list(None, patience)?.into_iter().map(|reader| {
        let name = without_serial_number(&reader.name);
        let report =
            reader.open(patience).and_then(|connection| connection.visit(|card, atr| Ok(report(card, atr))));
        let report = report.unwrap_or_else(|problem| format!("{}\n", problem.code()));
        format!("{name}\n{report}")
    });
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let head = format!("eimza-host {}, {system}\n\n", env!("CARGO_PKG_VERSION"));
    Ok(head + &reports.collect::<Vec<_>>().join("\n"))
}

/// Some drivers put the reader's serial number into its name, in brackets.
fn without_serial_number(name: &str) -> String {
    let mut depth = 0_u32;
    let kept = name.chars().filter(|&character| {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readers_serial_number_is_left_out() {
        assert_eq!(without_serial_number("Ornek Reader [CCID] (A1B2C3D4) 00 00"), "Ornek Reader 00 00");
        assert_eq!(without_serial_number("ACS ACR39U ICC Reader 00 00"), "ACS ACR39U ICC Reader 00 00");
    }
}
