//! The `doctor` command: diagnoses each part between the card and the browser.

mod browsers;
pub mod command;
mod policies;
#[cfg(not(windows))]
mod usb_readers;

use crate::clean_output::display;
use crate::module_status;
use crate::problem_mapping::{prompt_problem, session_problem};
use crate::registration::{Roots, this_program};
use crate::status::read_cards;
use eimza_prompt::{Cancellation, SystemPrompt};
use eimza_protocol::{Diagnostic, Diagnostics, Part, Problem};
use eimza_session::{CardProvider, Error};
use std::io;

/// Diagnoses all parts. Uses no try.
///
/// # Errors
/// If the user has no home folder, or the path of this program cannot be determined.
pub fn examine(cards: &dyn CardProvider) -> io::Result<Diagnostics> {
    let (roots, host) = (Roots::of_this_computer()?, this_program()?);
    let mut findings = readers_and_cards(cards);
    #[cfg(not(windows))]
    usb_readers::add_reader_without_driver(&mut findings, &roots);
    let prompt_error = SystemPrompt::start(&Cancellation::default()).open().err();
    findings.push(Diagnostic {
        part: Part::Window,
        name: None,
        problem: prompt_error.map(prompt_problem),
        route: None,
    });
    findings.extend(browsers::examine(&roots, &host));
    // Manifests and policies name paths; sentences are made of them next.
    Ok(display(Diagnostics { findings }))
}

fn readers_and_cards(cards: &dyn CardProvider) -> Vec<Diagnostic> {
    let diagnostic =
        |part, name: Option<&String>, problem| Diagnostic { part, name: name.cloned(), problem, route: None };
    let mut diagnostics = Vec::new();
    match read_cards(cards) {
        Ok(readers) => {
            diagnostics.push(diagnostic(Part::Service, None, None));
            // An empty reader is no problem if another one holds a card.
            let no_card = Some(Error::NoCard);
            let has_card = readers.iter().any(|reader| reader.card.as_ref().err() != no_card.as_ref());
            let descriptions: Vec<_> =
                readers.iter().filter_map(|reader| reader.description.as_ref()).collect();
            let (module, report) = module_status::diagnose(&descriptions);
            for reader in &readers {
                diagnostics.push(diagnostic(Part::Reader, Some(&reader.name), None));
                let error = reader.card.as_ref().err().cloned();
                if !(has_card && error == no_card) {
                    let card = diagnostic(Part::Card, Some(&reader.name), error.map(session_problem));
                    let route = |card| module_status::known_route(card, report.as_ref());
                    diagnostics.push(Diagnostic { route: reader.description.as_ref().map(route), ..card });
                }
            }
            diagnostics.push(module);
        }
        Err(error @ (Error::NoReader | Error::ServiceAwaitsReader)) => {
            // A service that was not reached is not said to be well.
            if error == Error::NoReader {
                diagnostics.push(diagnostic(Part::Service, None, None));
            }
            diagnostics.push(diagnostic(Part::Reader, None, Some(Problem::NoReader)));
        }
        Err(other) => diagnostics.push(diagnostic(Part::Service, None, Some(session_problem(other)))),
    }
    diagnostics
}
