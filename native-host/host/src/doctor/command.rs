//! `doctor` on the command line.

use super::{Fault, Finding, Part, examine};
use crate::registration::Roots;
use eimza_protocol::Lang;
use eimza_words::Words;
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;

/// A finding with its sentences.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
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
/// Where standard output is closed, or this program does not know its own place.
pub fn run(json: bool, lang: Lang, out: &mut impl Write) -> io::Result<ExitCode> {
    let words = Words::of(lang);
    let findings = examine(&Roots::of_this_computer()?, &std::env::current_exe()?.canonicalize()?);
    let explained: Vec<_> = findings.iter().map(|finding| explain(finding, words)).collect();
    let well = findings.iter().all(|finding| finding.fault.as_ref().is_none_or(Fault::is_warning));
    if json {
        writeln!(out, "{}", serde_json::to_string(&Report { findings: explained })?)?;
    } else {
        for one in &explained {
            writeln!(out, "{}", text(one, words))?;
        }
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn explain<'a>(finding: &'a Finding, words: &Words) -> Explained<'a> {
    let sentences = finding.fault.as_ref().map(|fault: &Fault| {
        let (keys, detail) = fault.sentences();
        let arguments: Vec<_> = detail.iter().map(|(name, value)| (*name, value.as_str())).collect();
        keys.map(|key| words.say(&key, &arguments))
    });
    let [message, remedy] = sentences.map_or([None, None], |[message, remedy]| [Some(message), Some(remedy)]);
    Explained { finding, message, remedy }
}

fn text(one: &Explained<'_>, words: &Words) -> String {
    let part = match one.finding.part {
        Part::Service => "doctor_service",
        Part::Reader => "panel_reader",
        Part::Card => "panel_card",
        Part::Window => "doctor_window",
        Part::Browser => "doctor_browser",
    };
    let part = words.say(part, &[]);
    let part = one.finding.name.as_ref().map_or(part.clone(), |name| format!("{part} {name}"));
    match (&one.message, &one.remedy) {
        (Some(message), Some(remedy)) => {
            let sign = if one.finding.fault.as_ref().is_some_and(Fault::is_warning) { '!' } else { '✗' };
            format!("{sign} {part}: {message}\n  → {remedy}")
        }
        _ => format!("✓ {part}"),
    }
}
