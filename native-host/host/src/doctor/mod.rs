//! The `doctor` command: diagnoses each part between the card and the browser.

mod browsers;
pub mod command;
mod policies;
#[cfg(not(windows))]
mod usb_readers;

use crate::clean_output::display;
use crate::problem_mapping::{pcsc_problem, prompt_problem};
use crate::registration::{Roots, this_program};
use crate::status::{ReadError, read_cards};
use eimza_pcsc::{Error as PcscError, Timeouts};
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
    // Manifests and policies name paths; sentences are made of them next.
    Ok(display(Diagnostics { findings }))
}

fn readers_and_cards() -> Vec<Diagnostic> {
    let diagnostic = |part, name: Option<&String>, problem| Diagnostic { part, name: name.cloned(), problem };
    let mut diagnostics = Vec::new();
    match read_cards(Timeouts::INTERACTIVE) {
        Ok(readers) => {
            diagnostics.push(diagnostic(Part::Service, None, None));
            // An empty reader is no problem if another one holds a card.
            let no_card = Some(ReadError::Pcsc(PcscError::NoCard));
            let has_card = readers.iter().any(|reader| reader.card.as_ref().err().copied() != no_card);
            for reader in readers {
                diagnostics.push(diagnostic(Part::Reader, Some(&reader.name), None));
                let error = reader.card.err();
                if !(has_card && error == no_card) {
                    diagnostics.push(diagnostic(Part::Card, Some(&reader.name), error.map(Problem::from)));
                }
            }
        }
        Err(PcscError::NoReader) => {
            diagnostics.push(diagnostic(Part::Service, None, None));
            diagnostics.push(diagnostic(Part::Reader, None, Some(Problem::NoReader)));
        }
        Err(other) => diagnostics.push(diagnostic(Part::Service, None, Some(pcsc_problem(other)))),
    }
    diagnostics
}
