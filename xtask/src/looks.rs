//! `cargo xtask looks`: screenshots of the states of panel and overlay.

use crate::build;
use crate::environment::setup::setup;
use crate::process::run;
use anyhow::Result;
use std::process::Command;

/// Saves screenshots of the states of panel and overlay in target/looks/
///
/// Each state in light, dark, 320 px wide, and at 200 %. The states are in tests/browser/looks/*.json.
#[derive(clap::Args)]
pub struct Looks {
    /// Only states whose name contains this text
    #[arg(default_value = "")]
    name: String,
}

impl Looks {
    pub fn run(self) -> Result<()> {
        setup()?;
        build::build(&["chrome"])?;
        run(Command::new("node").arg("tests/browser/looks/looks.mjs").arg(self.name))
    }
}
