//! What the installed PKCS#11 module means for cards: diagnoses and reports.
//!
//! The module is loaded only if a card needs it: an identity card, and a card whose commands are certain, do not.

use eimza_module::{InstalledModule, ModuleReport, installed_module, module_report};
use eimza_protocol::{CardRoute, Diagnostic, Part, Problem};
use eimza_session::{CardDescription, Certificate, RouteChoice, choose_route};

/// Returns the route of a card as far as is known without loading the module.
pub fn expected_route(card: &CardDescription) -> CardRoute {
    route(card, |_| installed_module().is_trusted())
}

/// Returns the route of a card, with what the module says.
pub fn known_route(card: &CardDescription, report: Option<&ModuleReport>) -> CardRoute {
    route(card, |certificate| report.is_some_and(|report| report.shows(certificate)))
}

fn route(card: &CardDescription, is_shown: impl FnOnce(&Certificate) -> bool) -> CardRoute {
    let find = || certificate(card).filter(|certificate| is_shown(certificate));
    match choose_route(card.unblock_command_is_certain, find) {
        RouteChoice::CertainCommands => CardRoute::Commands,
        RouteChoice::Module(_) => CardRoute::Module,
        RouteChoice::UncertainCommands => CardRoute::UnconfirmedCommands,
    }
}

/// Returns the certificate by which a module can recognize a card.
fn certificate(card: &CardDescription) -> Option<&Certificate> {
    card.certificates.first().filter(|_| !card.may_be_identity_card)
}

/// Returns what the module says, if one of these cards needs it.
fn report_for(cards: &[&CardDescription]) -> Option<Option<ModuleReport>> {
    let needs_module =
        |card: &&CardDescription| !card.unblock_command_is_certain && certificate(card).is_some();
    cards.iter().any(needs_module).then(module_report)
}

/// Diagnoses the module; returns also what it says, if one of these cards needs it.
pub fn diagnose(cards: &[&CardDescription]) -> (Diagnostic, Option<ModuleReport>) {
    let diagnostic = |name, problem| Diagnostic { part: Part::Module, name, problem, route: None };
    match installed_module() {
        InstalledModule::Missing => (diagnostic(None, Some(Problem::ModuleMissing)), None),
        InstalledModule::Untrusted(part) => {
            let problem = Problem::ModuleUnsafe { path: part.display().to_string() };
            (diagnostic(None, Some(problem)), None)
        }
        InstalledModule::Trusted(_) => match report_for(cards) {
            None => (diagnostic(None, None), None),
            Some(None) => (diagnostic(None, Some(Problem::ModuleFailed)), None),
            Some(Some(report)) => (diagnostic(Some(name(&report)), None), Some(report)),
        },
    }
}

fn name(report: &ModuleReport) -> String {
    let (major, minor) = report.version;
    format!("{} {major}.{minor}", report.maker)
}

/// Returns the lines of a card report about the module, without a name or number of a card.
pub fn lines(cards: &[&CardDescription]) -> String {
    let state = match installed_module() {
        InstalledModule::Missing => "not installed",
        InstalledModule::Untrusted(_) => "not trusted",
        InstalledModule::Trusted(_) => "trusted",
    };
    let mut lines = vec![format!("module: {state}")];
    match report_for(cards) {
        _ if state != "trusted" => {}
        None => lines.push("module not needed by a card".to_owned()),
        Some(None) => lines.push("module failed".to_owned()),
        Some(Some(report)) => {
            lines.push(format!("module maker and version: {}", name(&report)));
            for flags in &report.tokens {
                lines.push(format!("token flags: {:X} {}", flags.bits(), flags.names().join(" ")));
            }
            let shown =
                cards.iter().filter_map(|card| certificate(card)).filter(|one| report.shows(one)).count();
            lines.push(format!("cards that it shows: {shown}"));
        }
    }
    lines.join("\n") + "\n"
}
