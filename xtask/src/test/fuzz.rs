//! `cargo xtask fuzz`: hostile input, made by a fuzzer from the seeds of each target.
//!
//! Without a sanitizer, which needs an unstable toolchain: the project forbids unsafe code, so what is looked for are
//! panics, endless loops and broken promises. That works with any toolchain and is faster.

use crate::environment::apt;
use crate::environment::tools::CARGO_FUZZ;
use crate::process::{run, say};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// How long each target runs where nobody says otherwise, and in the tests.
pub const SECONDS: u32 = 20;

/// What grows and what fails: never in the repository.
const FOLDER: &str = "target/fuzz";

/// An input that takes longer counts as an endless loop.
const LONGEST: &str = "-timeout=30";

const SANITIZER: [&str; 2] = ["--sanitizer", "none"];

/// Needed here alone, so `setup` leaves it out.
const PACKAGES: &[(&str, &str)] = &[("g++", "builds the fuzzer, which is written in C++")];

/// These targets, or all, one after the other, up to the first that fails. `--seconds N` says how long each runs.
pub fn fuzz(arguments: &[&str]) -> Result<()> {
    let (seconds, names) = match arguments {
        ["--seconds", seconds, names @ ..] => (seconds.parse().context("--seconds")?, names),
        names => (SECONDS, names),
    };
    let all = targets()?;
    if let Some(unknown) = names.iter().find(|name| !all.iter().any(|target| target == *name)) {
        bail!("no such target: {unknown}; there are {}", all.join(", "));
    }
    build()?;
    for target in all.iter().filter(|target| names.is_empty() || names.contains(&target.as_str())) {
        let runs = feed(target, seconds)?;
        say(format!("{target}: {runs} runs in {seconds} s, nothing found"));
    }
    Ok(())
}

/// Installs what is missing and builds all targets.
pub fn build() -> Result<()> {
    apt::install(PACKAGES)?;
    run(cargo_fuzz("build")?.args(SANITIZER).stderr(Stdio::null()))
        .context("`cargo xtask fuzz` builds the targets")
}

/// The names of all targets, in order.
pub fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(crate::workspace::root().join("fuzz/fuzz_targets"))? {
        names.extend(entry?.path().file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// Feeds a target for so long, from its seeds and from what earlier runs have found; how many inputs it got.
///
/// # Errors
/// At the first input at which it fails; the error names the file that holds it.
pub fn feed(target: &str, seconds: u32) -> Result<u64> {
    let corpus = Path::new(FOLDER).join(target);
    fs::create_dir_all(&corpus)?;
    let mut fuzzer = cargo_fuzz("run")?;
    fuzzer.args(SANITIZER).arg(target).arg(&corpus).arg(seeds(target)).arg("--");
    fuzzer.args([
        &format!("-max_total_time={seconds}"),
        &format!("-artifact_prefix={FOLDER}/{target}-"),
        LONGEST,
    ]);
    let output = fuzzer.arg("-print_final_stats=1").output().context("cargo-fuzz cannot be started")?;
    let told = String::from_utf8_lossy(&output.stderr);
    let log = format!("{FOLDER}/{target}.log");
    fs::write(&log, told.as_bytes())?;
    if !output.status.success() {
        let input =
            told.lines().find_map(|line| line.split_once("Test unit written to ")).map(|(_, path)| path);
        bail!("{target} fails at {}; see {log}", input.unwrap_or("no input at all"));
    }
    runs(&told).with_context(|| format!("{target} did not tell how often it ran; see {log}"))
}

/// The folder of a target's seeds.
fn seeds(target: &str) -> String {
    format!("fuzz/seeds/{target}")
}

/// "stat::number_of_executed_units: 59343" among what the fuzzer tells.
fn runs(told: &str) -> Option<u64> {
    let count = told.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))?;
    count.trim().parse().ok()
}

fn cargo_fuzz(what: &str) -> Result<Command> {
    let mut command = CARGO_FUZZ.command()?;
    command.args([what, "--fuzz-dir", "fuzz"]);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_seeds_and_every_seed_a_target() {
        let targets = targets().unwrap();
        assert!(targets.len() >= 8, "{targets:?}");
        for target in &targets {
            let seeds = fs::read_dir(crate::workspace::root().join(seeds(target)))
                .unwrap()
                .map(|entry| fs::read(entry.unwrap().path()).unwrap());
            let sizes: Vec<_> = seeds.map(|seed| seed.len()).collect();
            assert!(
                sizes.len() > 1 && sizes.iter().all(|size| (1..8192).contains(size)),
                "{target}: {sizes:?}"
            );
        }
        for folder in fs::read_dir(crate::workspace::root().join("fuzz/seeds")).unwrap() {
            let name = folder.unwrap().file_name().into_string().unwrap();
            assert!(targets.contains(&name), "{name}");
        }
    }

    #[test]
    fn the_number_of_runs_is_read() {
        let told = "Done 59343 runs in 11 second(s)\nstat::number_of_executed_units: 59343\nstat::new_units_added: 570\n";
        assert_eq!(runs(told), Some(59343));
        assert_eq!(runs("#2 INITED"), None);
    }
}
