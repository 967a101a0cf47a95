//! The output of `doctor` on the command line.

use super::examine;
use crate::exit::ExitStatus;
use crate::routes::{Memory, cards};
use eimza_i18n::Catalog;
use eimza_protocol::{Diagnostic, Lang};
use serde::Serialize;
use std::io::{self, Write};

/// A diagnostic with its explanation.
#[derive(Serialize)]
struct ExplainedDiagnostic<'a> {
    #[serde(flatten)]
    diagnostic: &'a Diagnostic,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

/// The JSON output.
#[derive(Serialize)]
struct Report<'a> {
    findings: Vec<ExplainedDiagnostic<'a>>,
}

/// Diagnoses this computer and writes the result. The exit status is 1 if there is a problem.
///
/// # Errors
/// If standard output is closed, or those of [`examine`].
pub fn run(json: bool, lang: Lang, out: &mut impl Write) -> io::Result<ExitStatus> {
    let catalog = Catalog::of(lang);
    let diagnostics = examine(&cards(&Memory::default()))?.findings;
    let explained: Vec<_> = diagnostics.iter().map(|diagnostic| explain(diagnostic, catalog)).collect();
    let is_healthy = diagnostics.iter().all(|entry| entry.problem.is_none() || entry.is_warning());
    if json {
        writeln!(out, "{}", serde_json::to_string(&Report { findings: explained })?)?;
    } else {
        for entry in &explained {
            writeln!(out, "{}", text(entry, catalog))?;
        }
    }
    Ok(if is_healthy { ExitStatus::Success } else { ExitStatus::Failure })
}

fn explain<'a>(diagnostic: &'a Diagnostic, catalog: &Catalog) -> ExplainedDiagnostic<'a> {
    let [message, remedy] = match &diagnostic.problem {
        Some(problem) => catalog.explain(problem).map(Some),
        None => [None, None],
    };
    ExplainedDiagnostic { diagnostic, message, remedy }
}

fn text(entry: &ExplainedDiagnostic<'_>, catalog: &Catalog) -> String {
    let part = catalog.text(entry.diagnostic.part.name_key(), &[]);
    let part = entry.diagnostic.name.as_ref().map_or(part.clone(), |name| format!("{part} {name}"));
    match (&entry.message, &entry.remedy) {
        (Some(message), Some(remedy)) => {
            let sign = if entry.diagnostic.is_warning() { '!' } else { '✗' };
            format!("{sign} {part}: {message}\n  → {remedy}")
        }
        _ => match entry.diagnostic.route {
            Some(route) => format!("✓ {part}\n  {}", catalog.text(route.message_key(), &[])),
            None => format!("✓ {part}"),
        },
    }
}
