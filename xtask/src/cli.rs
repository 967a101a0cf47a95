//! The command line: each command's arguments and help text are declared next to its code.

use crate::{audit, bench, build, data, demo, docs, environment, looks, package, test};
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::{ExitCode, Termination};

/// The project's commands
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_version_flag = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// Declares the commands: a variant with its arguments, whose `run` does the work.
macro_rules! commands {
    ($($(#[$attribute:meta])* $variant:ident($arguments:ty),)*) => {
        #[derive(Subcommand)]
        pub enum Command {
            $($(#[$attribute])* $variant($arguments),)*
        }

        impl Command {
            /// Runs the command.
            pub fn run(self) -> Result<ExitCode> {
                match self {
                    $(Self::$variant(arguments) => arguments.run().map(Termination::report),)*
                }
            }
        }
    };
}

commands! {
    Setup(environment::setup::Setup),
    Build(build::Build),
    Demo(demo::Demo),
    Test(test::Test),
    Looks(looks::Looks),
    Faults(test::faults::Faults),
    Windows(test::windows::Windows),
    Fuzz(test::fuzz::Fuzz),
    Audit(audit::Audit),
    Mutants(test::mutants::Mutants),
    Package(package::Package),
    Bench(bench::Bench),
    Address(data::address::Address),
    Advise(data::advise::Advise),
    Profile(data::profile::Profile),
    Policies(docs::Policies),
    Docs(docs::Docs),
    Provinces(data::provinces::Provinces),
    // The parts of commands that run in the namespaces of `environment::isolation`.
    #[command(name = demo::ISOLATED, hide = true)]
    DemoIsolated(demo::Isolated),
    #[command(name = test::ISOLATED, hide = true)]
    TestIsolated(test::Isolated),
    #[command(name = test::faults::ISOLATED, hide = true)]
    FaultsIsolated(test::faults::Isolated),
    #[command(name = test::windows::ISOLATED, hide = true)]
    WindowsIsolated(test::windows::Isolated),
    #[command(name = package::ISOLATED, hide = true)]
    PackageIsolated(package::Isolated),
    #[command(name = bench::ISOLATED, hide = true)]
    BenchIsolated(bench::Isolated),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use clap::error::ErrorKind;

    #[test]
    fn declaration_is_consistent_and_every_command_has_help() {
        Arguments::command().debug_assert();
        for command in Arguments::command().get_subcommands().filter(|command| !command.is_hide_set()) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }

    #[test]
    fn wrong_usage_exits_with_2() {
        for line in
            ["", "nothing", "build --browser lynx", "advise", "advise a --role nobody", "fuzz --seconds x"]
        {
            let arguments = ["xtask"].into_iter().chain(line.split_whitespace());
            let error = Arguments::try_parse_from(arguments).err().unwrap();
            assert_eq!(error.exit_code(), 2, "{line}");
        }
    }

    #[test]
    fn help_succeeds() {
        for line in ["help", "--help", "-h", "help build"] {
            let arguments = ["xtask"].into_iter().chain(line.split_whitespace());
            let error = Arguments::try_parse_from(arguments).err().unwrap();
            assert_eq!((error.kind(), error.exit_code()), (ErrorKind::DisplayHelp, 0), "{line}");
        }
    }
}
