//! `doctor`: what keeps the card from being unlocked, part by part, each with its remedy.

mod browsers;
pub mod command;
mod policies;
#[cfg(not(windows))]
mod usb;

use crate::connection::PATIENT;
use crate::prompt::{Prompt, Stop};
use crate::registration::{Roots, this_program};
use crate::status::status;
use eimza_protocol::{Diagnostic, Diagnostics, Part, Problem};
use std::io;

/// Looks at everything; spends no try.
///
/// # Errors
/// Where the user has no home folder, or this program does not know its own place.
pub fn examine() -> io::Result<Diagnostics> {
    let (roots, host) = (Roots::of_this_computer()?, this_program()?);
    let mut findings = readers_and_cards();
    #[cfg(not(windows))]
    usb::add_reader_without_driver(&mut findings, &roots);
    let window = Prompt::start(&Stop::default()).open().err();
    findings.push(Diagnostic { part: Part::Window, name: None, problem: window });
    findings.extend(browsers::examine(&roots, &host));
    Ok(Diagnostics { findings })
}

fn readers_and_cards() -> Vec<Diagnostic> {
    let finding = |part, name: Option<&String>, problem| Diagnostic { part, name: name.cloned(), problem };
    let mut findings = Vec::new();
    match status(PATIENT) {
        Ok(status) => {
            findings.push(finding(Part::Service, None, None));
            // Beside a card an empty reader is no fault.
            let some_card = status.readers.iter().any(|reader| reader.error != Some(Problem::NoCard));
            for reader in status.readers {
                findings.push(finding(Part::Reader, Some(&reader.name), None));
                if !(some_card && reader.error == Some(Problem::NoCard)) {
                    findings.push(finding(Part::Card, Some(&reader.name), reader.error));
                }
            }
        }
        Err(Problem::NoReader) => {
            findings.push(finding(Part::Service, None, None));
            findings.push(finding(Part::Reader, None, Some(Problem::NoReader)));
        }
        Err(other) => findings.push(finding(Part::Service, None, Some(other))),
    }
    findings
}
