//! `doctor` on the command line.

use super::examine;
use crate::ending::Exit;
use eimza_i18n::Catalog;
use eimza_protocol::{Diagnostic, Lang};
use serde::Serialize;
use std::io::{self, Write};

/// A finding with its sentences.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    finding: &'a Diagnostic,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

#[derive(Serialize)]
struct Report<'a> {
    findings: Vec<Explained<'a>>,
}

/// Examines this computer and says what it found. Exit status 1 where something is wrong.
///
/// # Errors
/// Where standard output is closed, or as [`examine`].
pub fn run(json: bool, lang: Lang, out: &mut impl Write) -> io::Result<Exit> {
    let words = Catalog::of(lang);
    let findings = examine()?.findings;
    let explained: Vec<_> = findings.iter().map(|finding| explain(finding, words)).collect();
    let well = findings.iter().all(|finding| finding.problem.is_none() || finding.is_warning());
    if json {
        writeln!(out, "{}", serde_json::to_string(&Report { findings: explained })?)?;
    } else {
        for one in &explained {
            writeln!(out, "{}", text(one, words))?;
        }
    }
    Ok(if well { Exit::Done } else { Exit::NotDone })
}

fn explain<'a>(finding: &'a Diagnostic, words: &Catalog) -> Explained<'a> {
    let [message, remedy] = match &finding.problem {
        Some(problem) => words.explain(problem).map(Some),
        None => [None, None],
    };
    Explained { finding, message, remedy }
}

fn text(one: &Explained<'_>, words: &Catalog) -> String {
    let part = words.text(one.finding.part.name_key(), &[]);
    let part = one.finding.name.as_ref().map_or(part.clone(), |name| format!("{part} {name}"));
    match (&one.message, &one.remedy) {
        (Some(message), Some(remedy)) => {
            let sign = if one.finding.is_warning() { '!' } else { '✗' };
            format!("{sign} {part}: {message}\n  → {remedy}")
        }
        _ => format!("✓ {part}"),
    }
}
