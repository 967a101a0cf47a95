//! The `status --report` command: a report on the cards, for developers without access to such a card.

use crate::module_status;
use crate::problem_mapping::session_problem;
use crate::status::read_cards;
use eimza_session::{CardProvider, Error};

/// Returns a report on the card in each reader, and on the module of its maker, without personal data. Uses no try.
///
/// # Errors
/// If there is no smart-card service or no reader. A problem with one reader is part of the report.
pub fn card_report(cards: &dyn CardProvider) -> Result<String, Error> {
    let readers = cards.list(None)?.into_iter();
    let reports = readers.map(|reader| {
        let name = without_serial_number(reader.name().as_str());
        let report = reader.report().unwrap_or_else(|error| format!("{}\n", session_problem(error).code()));
        format!("{name}\n{report}")
    });
    let reports = reports.collect::<Vec<_>>().join("\n");
    let results = read_cards(cards)?;
    let descriptions: Vec<_> = results.iter().filter_map(|result| result.description.as_ref()).collect();
    let module = module_status::lines(&descriptions);
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let head = format!("eimza-host {}, {system}\n\n", env!("CARGO_PKG_VERSION"));
    Ok(head + &reports + "\n" + &module)
}

/// Removes bracketed parts: some drivers put the reader's serial number into its name that way.
fn without_serial_number(name: &str) -> String {
    let mut depth = 0_u32;
    let outside_brackets = name.chars().filter(|&character| {
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
    outside_brackets.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_the_serial_number_from_the_reader_name() {
        assert_eq!(without_serial_number("Ornek Reader [CCID] (A1B2C3D4) 00 00"), "Ornek Reader 00 00");
        assert_eq!(without_serial_number("ACS ACR39U ICC Reader 00 00"), "ACS ACR39U ICC Reader 00 00");
    }
}
