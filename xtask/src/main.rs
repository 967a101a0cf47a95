//! `cargo xtask …`: every command a developer or continuous integration runs. `cargo xtask help` lists them.

mod audit;
mod bench;
mod build;
mod cli;
mod data;
mod demo;
mod docs;
mod environment;
mod looks;
mod package;
mod process;
mod test;
mod workspace;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = cli::Arguments::parse().command;
    let result = std::env::set_current_dir(workspace::root()).map_err(Into::into);
    result.and_then(|()| command.run()).unwrap_or_else(|error| {
        process::report_error(&error);
        ExitCode::FAILURE
    })
}
