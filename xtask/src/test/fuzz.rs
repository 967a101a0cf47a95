//! `cargo xtask fuzz`: runs the fuzz targets, starting from the seeds of each.
//!
//! Uses no sanitizer, because that needs an unstable toolchain. The project forbids unsafe code, so the
//! targets look for panics, endless loops and failed assertions; that works with any toolchain and is faster.

use crate::environment::apt;
use crate::environment::setup::setup;
use crate::environment::tools::CARGO_FUZZ;
use crate::process::{print_line, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// How long each target runs by default and in `cargo xtask test`, in seconds.
pub const SECONDS: u32 = 20;

/// The folder for corpora, failing inputs and logs, outside the repository.
const FOLDER: &str = "target/fuzz";

/// The time in seconds after which libFuzzer reports an input as too slow.
const INPUT_TIMEOUT: &str = "-timeout=30";

const SANITIZER: [&str; 2] = ["--sanitizer", "none"];

/// Packages that only this command and the tests need; `setup` leaves them out.
const PACKAGES: &[(&str, &str)] = &[("g++", "builds the fuzzer, which is written in C++")];

/// Feeds hostile input to the fuzz targets
///
/// Runs one target after the other, up to the first that fails.
#[derive(clap::Args)]
pub struct Fuzz {
    /// How long each target runs, in seconds
    #[arg(long, value_name = "N", default_value_t = SECONDS)]
    seconds: u32,
    /// Targets of fuzz/fuzz_targets [default: all]
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
}

impl Fuzz {
    pub fn run(self) -> Result<()> {
        let Self { seconds, targets: names } = self;
        let all = targets()?;
        if let Some(unknown) = names.iter().find(|name| !all.contains(name)) {
            bail!("no such target: {unknown}; there are {}", all.join(", "));
        }
        setup()?;
        build()?;
        for target in all.iter().filter(|target| names.is_empty() || names.contains(target)) {
            let runs = feed(target, seconds)?;
            print_line(format!("{target}: {runs} runs in {seconds} s, nothing found"));
        }
        Ok(())
    }
}

/// Installs the fuzzer if it is missing and builds all targets.
pub fn build() -> Result<()> {
    apt::install(PACKAGES)?;
    run(cargo_fuzz("build")?.args(SANITIZER).stderr(Stdio::null()))
        .context("`cargo xtask fuzz` builds the targets")
}

/// Returns the names of all targets, sorted.
pub fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(crate::workspace::root().join("fuzz/fuzz_targets"))? {
        names.extend(entry?.path().file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// Runs a target for some seconds, starting from its seeds and the corpus of earlier runs. Returns the number
/// of inputs.
///
/// # Errors
/// At the first input that fails; the error names the file with the input.
pub fn feed(target: &str, seconds: u32) -> Result<u64> {
    let corpus = Path::new(FOLDER).join(target);
    fs::create_dir_all(&corpus)?;
    let mut fuzzer = cargo_fuzz("run")?;
    fuzzer.args(SANITIZER).arg(target).arg(&corpus).arg(seeds(target)).arg("--");
    fuzzer.args([
        &format!("-max_total_time={seconds}"),
        &format!("-artifact_prefix={FOLDER}/{target}-"),
        INPUT_TIMEOUT,
    ]);
    let output = fuzzer.arg("-print_final_stats=1").output().context("cargo-fuzz cannot be started")?;
    let printed = String::from_utf8_lossy(&output.stderr);
    let log = format!("{FOLDER}/{target}.log");
    fs::write(&log, printed.as_bytes())?;
    if !output.status.success() {
        let input =
            printed.lines().find_map(|line| line.split_once("Test unit written to ")).map(|(_, path)| path);
        bail!("{target} fails at {}; see {log}", input.unwrap_or("no input at all"));
    }
    runs(&printed).with_context(|| format!("{target} did not print its number of runs; see {log}"))
}

/// Returns the folder of a target's seeds.
fn seeds(target: &str) -> String {
    format!("fuzz/seeds/{target}")
}

/// Parses the number of runs from libFuzzer's "stat::number_of_executed_units: 59343".
fn runs(printed: &str) -> Option<u64> {
    let count = printed.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))?;
    count.trim().parse().ok()
}

fn cargo_fuzz(subcommand: &str) -> Result<Command> {
    let mut command = CARGO_FUZZ.command()?;
    command.args([subcommand, "--fuzz-dir", "fuzz"]);
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
    fn number_of_runs_is_parsed() {
        let printed = "Done 59343 runs in 11 second(s)\nstat::number_of_executed_units: 59343\nstat::new_units_added: 570\n";
        assert_eq!(runs(printed), Some(59343));
        assert_eq!(runs("#2 INITED"), None);
    }
}
