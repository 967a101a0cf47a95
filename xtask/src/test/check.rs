//! Checks that pass or fail as a whole. To add one, add a row to `CHECKS`.

use super::{dependency_policy, module_cycles};
use crate::build::scripts;
use crate::process::{command, run};
use anyhow::Result;

/// A check that passes or fails as a whole.
pub struct Check {
    /// The name in the output.
    pub name: &'static str,
    pub run: fn() -> Result<()>,
}

/// All checks, in the order in which they run.
pub const CHECKS: &[Check] = &[
    Check { name: "formatting", run: || program("cargo fmt --all --check") },
    Check {
        name: "formatting of the fuzz targets",
        run: || program("cargo fmt --manifest-path fuzz/Cargo.toml --check"),
    },
    Check {
        name: "lints",
        run: || program("cargo clippy --quiet --workspace --all-targets --all-features -- -D warnings"),
    },
    Check {
        name: "lints for the browser",
        run: || program("cargo clippy --quiet -p eimza-app --target wasm32-unknown-unknown -- -D warnings"),
    },
    Check {
        name: "lints for Windows",
        run: || {
            program(
                "cargo clippy --quiet -p eimza-host -p eimza-module -p eimza-path-trust -p eimza-pcsc -p eimza-prompt \
                 -p eimza-win32-dialog -p eimza-winscard -p eimza-faulty-winscard \
                 -p eimza-window-reader --all-targets --target x86_64-pc-windows-gnu -- -D warnings",
            )
        },
    },
    Check { name: "types of the scripts", run: scripts::type_check },
    Check { name: "circular imports and lengths of the scripts", run: scripts::lint },
    Check { name: "licences, bans and sources of dependencies", run: dependency_policy::check },
    Check { name: "no import cycles between modules", run: module_cycles::check },
];

/// Runs a program given as words separated by spaces.
fn program(line: &str) -> Result<()> {
    run(&mut command(line))
}
