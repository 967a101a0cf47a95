//! The `doctor` command: diagnoses each part between the card and the browser.

mod browsers;
pub mod command;
mod policies;
#[cfg(not(windows))]
mod usb_readers;

use crate::problem_mapping::prompt_problem;
use crate::registration::{Roots, this_program};
use crate::status::status;
use eimza_pcsc::Timeouts;
use eimza_prompt::{Cancellation, SystemPrompt};
use eimza_protocol::{Diagnostic, Diagnostics, Part, Problem};
use std::io;

/// Diagnoses all parts. Uses no try.
///
/// # Errors
/// If the user has no home folder, or the path of this program cannot be determined.
pub fn examine() -> io::Result<Diagnostics> {
    let (roots, host) = (Roots::of_this_computer()?, this_program()?);
    let mut findings = readers_and_cards();
    #[cfg(not(windows))]
    usb_readers::add_reader_without_driver(&mut findings, &roots);
    let prompt_error = SystemPrompt::start(&Cancellation::default()).open().err();
    findings.push(Diagnostic { part: Part::Window, name: None, problem: prompt_error.map(prompt_problem) });
    findings.extend(browsers::examine(&roots, &host));
    Ok(Diagnostics { findings })
}

fn readers_and_cards() -> Vec<Diagnostic> {
    let diagnostic = |part, name: Option<&String>, problem| Diagnostic { part, name: name.cloned(), problem };
    let mut diagnostics = Vec::new();
    match status(Timeouts::INTERACTIVE) {
        Ok(status) => {
            diagnostics.push(diagnostic(Part::Service, None, None));
            // An empty reader is no problem if another one holds a card.
            let has_card = status.readers.iter().any(|reader| reader.error != Some(Problem::NoCard));
            for reader in status.readers {
                diagnostics.push(diagnostic(Part::Reader, Some(&reader.name), None));
                if !(has_card && reader.error == Some(Problem::NoCard)) {
                    diagnostics.push(diagnostic(Part::Card, Some(&reader.name), reader.error));
                }
            }
        }
        Err(Problem::NoReader) => {
            diagnostics.push(diagnostic(Part::Service, None, None));
            diagnostics.push(diagnostic(Part::Reader, None, Some(Problem::NoReader)));
        }
        Err(other) => diagnostics.push(diagnostic(Part::Service, None, Some(other))),
    }
    diagnostics
}
