//! The output of commands: JSON or text.

use super::describe::describe_problem;
use super::options::Options;
use crate::clean_output::display;
use crate::exit::ExitStatus;
use eimza_i18n::Catalog;
use eimza_protocol::Problem;
use serde::Serialize;
use std::io::{self, Write};

/// The JSON output of a command that failed: the stable code, and its explanation in the chosen language.
#[derive(Serialize)]
pub(super) struct Failure {
    error: ExplainedProblem,
}

#[derive(Serialize)]
struct ExplainedProblem {
    #[serde(flatten)]
    problem: Problem,
    /// What happened.
    message: String,
    /// What the user can do now.
    remedy: String,
}

impl Failure {
    pub fn new(problem: Problem, catalog: &Catalog) -> Self {
        let problem = display(problem);
        let [message, remedy] = catalog.explain(&problem);
        Self { error: ExplainedProblem { problem, message, remedy } }
    }
}

/// Writes the result of a command, as JSON or text.
///
/// # Errors
/// If standard output is closed.
pub(super) fn write_result<T: Serialize>(
    out: &mut impl Write,
    options: &Options,
    result: Result<T, Problem>,
    describe: impl FnOnce(&T) -> String,
) -> io::Result<ExitStatus> {
    let catalog = || Catalog::of(options.lang);
    let status = if result.is_ok() { ExitStatus::Success } else { ExitStatus::Failure };
    let text = match (result, options.json) {
        (Ok(value), true) => serde_json::to_string(&value)?,
        (Ok(value), false) => describe(&value),
        (Err(error), true) => serde_json::to_string(&Failure::new(error, catalog()))?,
        (Err(error), false) => describe_problem(&error, catalog()),
    };
    writeln!(out, "{text}").map(|()| status)
}
