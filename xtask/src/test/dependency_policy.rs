//! Checks the dependencies of both workspaces against deny.toml.

use crate::environment::tools::CARGO_DENY;
use crate::process::run;
use anyhow::Result;

/// Checks licences, bans and sources; needs no network.
pub fn check() -> Result<()> {
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let mut command = CARGO_DENY.command()?;
        command.args(["--log-level", "error", "--config", "deny.toml", "--manifest-path", manifest]);
        run(command.args(["--workspace", "check", "licenses", "bans", "sources"]))?;
    }
    Ok(())
}
