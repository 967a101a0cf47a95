//! `cargo xtask …`: the one door to everything that a developer does. `cargo xtask help` lists it.

mod bench;
mod build;
mod data;
mod demo;
mod docs;
mod environment;
mod package;
mod process;
mod test;
mod workspace;

use anyhow::Result;
use build::{extension_manifest, windows};
use data::{address, advise, profile, provinces};
use environment::setup;
use std::path::Path;
use std::process::ExitCode;
use test::{faults, fuzz};

const HELP: &str = "\
cargo xtask setup                      installs what is missing and says why
cargo xtask build [--browser chrome|edge]
                                       the extension in dist/, the host in target/release/
cargo xtask demo [--headless]          the main job in a real browser with a virtual card;
                                       --headless plays it by itself, pictures in target/demo/
cargo xtask test                       every test
cargo xtask faults                     every fault at every command to the card; the tests play a sample
cargo xtask package                    what is handed out, in dist/packages
cargo xtask fuzz [--seconds N] [TARGET…]
                                       hostile input for every fuzz target, 20 s each
cargo xtask bench [--json]             how long things take, each beside a reference
cargo xtask address                    one address a line on standard input, findings as JSON
cargo xtask docs                       writes the pages that are generated from data
cargo xtask provinces                  takes provinces and districts anew from their package
cargo xtask advise FILE [--procedure ID] [--role ID]
                                       a PageSnapshot's hints as JSON, for somebody in a procedure
cargo xtask profile FILE               whether an institution's profile is one, and why not
cargo xtask policies FILE              browser policies that bring this profile, in dist/policies
";

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        process::complain(&error);
        ExitCode::FAILURE
    })
}

fn run() -> Result<ExitCode> {
    std::env::set_current_dir(workspace::root())?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["setup"] => setup::setup().and_then(|()| windows::setup())?,
        ["build"] => build::build(&extension_manifest::BROWSERS)?,
        ["build", "--browser", browser] => build::build(&[browser])?,
        ["demo"] => return demo::demo(false),
        ["demo", "--headless"] => return demo::demo(true),
        [demo::INSIDE, mode] => return demo::inside(mode == demo::HEADLESS),
        ["test"] => return test::test(),
        [test::INSIDE] => test::inside()?,
        ["faults"] => return faults::faults(),
        [faults::INSIDE] => faults::inside()?,
        ["package"] => package::package()?,
        [package::INSIDE] => package::inside()?,
        ["fuzz", ref arguments @ ..] => fuzz::fuzz(arguments)?,
        ["address"] => address::run()?,
        ["bench"] => return bench::bench(false),
        ["bench", "--json"] => return bench::bench(true),
        [bench::INSIDE, form] => bench::inside(form == "json")?,
        ["docs"] => docs::docs()?,
        ["provinces"] => provinces::provinces()?,
        ["advise", file, ref options @ ..] => advise::run(Path::new(file), options)?,
        ["profile", file] => profile::run(Path::new(file))?,
        ["policies", file] => docs::policies_of(Path::new(file))?,
        ["help" | "--help"] => process::say(HELP),
        _ => {
            process::say(HELP);
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}
