//! `register` and `unregister` on the command line.

use super::{Outcome, Roots, Scope, Task, browsers, carry_out, check_paths, this_program};
use crate::exit::ExitStatus;
use eimza_display_text::ScreenText;
use eimza_i18n::Catalog;
use eimza_path_trust::PathFault;
use eimza_protocol::Lang;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Runs the command and writes the outcome for each browser. Returns `None` if the arguments are invalid. The
/// exit status is 1 if the task failed for a browser, or if no browser knows the host after `register`.
pub fn run(register: bool, arguments: &[&str], out: &mut impl Write) -> Option<io::Result<ExitStatus>> {
    let (task, lang) = parse(register, arguments)?;
    let catalog = Catalog::of(lang);
    // Under sudo the user would be root, or files in the user's home folder would be owned by root.
    if task.scope == Scope::User && std::env::var_os("SUDO_USER").is_some() {
        let result = writeln!(out, "{}", catalog.text("register_sudo", &[]));
        return Some(result.map(|()| ExitStatus::Failure));
    }
    Some(carry_out_and_report(&task, catalog, out))
}

fn parse(register: bool, arguments: &[&str]) -> Option<(Task, Lang)> {
    let mut lang = Lang::Tr;
    let mut task = Task { register, scope: Scope::User, browsers: Vec::new(), dry_run: false, force: false };
    let mut scope = None;
    let mut arguments = arguments.iter();
    while let Some(&argument) = arguments.next() {
        match argument {
            "--user" if scope.is_none_or(|scope| scope == Scope::User) => scope = Some(Scope::User),
            "--system" if scope.is_none_or(|scope| scope == Scope::System) => scope = Some(Scope::System),
            "--dry-run" => task.dry_run = true,
            "--force" => task.force = true,
            "--lang" => lang = Lang::from_code(arguments.next()?)?,
            "--browser" => {
                let id = *arguments.next()?;
                browsers().iter().find(|browser| browser.id == id)?;
                task.browsers.push(id.to_owned());
            }
            _ => return None,
        }
    }
    task.scope = scope.unwrap_or_default();
    Some((task, lang))
}

fn carry_out_and_report(task: &Task, catalog: &Catalog, out: &mut impl Write) -> io::Result<ExitStatus> {
    let (roots, program) = (Roots::of_this_computer()?, this_program()?);
    if let Err(fault) = check_paths(task, &roots, &program) {
        writeln!(out, "{}", describe_fault(task, &fault, catalog))?;
        return Ok(ExitStatus::Failure);
    }
    let outcomes = carry_out(task, &roots, &program);
    for (browser, outcome) in &outcomes {
        writeln!(out, "{}: {}", browser.name, describe(task, outcome, catalog))?;
    }
    let is_told = !task.register || outcomes.iter().any(|(_, outcome)| outcome.is_registered());
    if !is_told {
        writeln!(out, "{}", catalog.text("register_none", &[]))?;
    }
    let is_success = is_told && outcomes.iter().all(|(_, outcome)| outcome.is_success());
    Ok(if is_success { ExitStatus::Success } else { ExitStatus::Failure })
}

/// Returns a path that cannot add a line or an escape sequence to the output.
fn shown(path: &Path) -> String {
    ScreenText::line(&path.display().to_string()).to_string()
}

fn describe_fault(task: &Task, fault: &PathFault, catalog: &Catalog) -> String {
    match fault {
        PathFault::Unsafe(path) => {
            let path = shown(path);
            let key = match task.scope {
                Scope::System => "register_unsafe_program",
                Scope::User => "register_unsafe_home",
            };
            catalog.text(key, &[("path", path.as_str())])
        }
        PathFault::Failed(path, reason) => failed(path, *reason, catalog),
    }
}

fn failed(path: &Path, reason: ErrorKind, catalog: &Catalog) -> String {
    let (path, reason) = (shown(path), reason.to_string());
    catalog.text("register_failed", &[("path", path.as_str()), ("reason", reason.as_str())])
}

fn describe(task: &Task, outcome: &Outcome, catalog: &Catalog) -> String {
    let success_key = match (task.register, task.dry_run) {
        (true, false) => "register_written",
        (true, true) => "register_would_write",
        (false, false) => "register_removed",
        (false, true) => "register_would_remove",
    };
    let (key, path) = match outcome {
        Outcome::Done(path) => (success_key, Some(path)),
        Outcome::Unchanged if task.register => ("register_unchanged", None),
        Outcome::Unchanged => ("register_absent", None),
        Outcome::NotRun => ("register_not_run", None),
        Outcome::NoExtension => ("register_no_extension", None),
        Outcome::LeftoverRemoved(path) if task.dry_run => ("register_would_remove_leftover", Some(path)),
        Outcome::LeftoverRemoved(path) => ("register_leftover_removed", Some(path)),
        Outcome::Unsafe(path) => ("register_unsafe_folder", Some(path)),
        Outcome::UnknownLocation { .. } => ("register_no_place", None),
        Outcome::NotOurs(path) => ("register_not_ours", Some(path)),
        Outcome::Failed(path, reason) => return failed(path, *reason, catalog),
    };
    match path {
        Some(path) => catalog.text(key, &[("path", shown(path).as_str())]),
        None => catalog.text(key, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_parsed_in_any_order() {
        let (task, lang) =
            parse(true, &["--browser", "edge", "--system", "--dry-run", "--browser", "chrome"]).unwrap();
        assert_eq!((task.scope, task.dry_run, task.force), (Scope::System, true, false));
        assert_eq!(task.browsers, ["edge", "chrome"]);
        assert_eq!(lang, Lang::Tr);
    }

    #[test]
    fn other_arguments_are_invalid() {
        for invalid in [
            &["--browser"][..],
            &["--browser", "opera"],
            &["--user", "--system"],
            &["--json"],
            &["--lang", "de"],
            &["x"],
        ] {
            assert!(parse(true, invalid).is_none(), "{invalid:?}");
        }
    }
}
