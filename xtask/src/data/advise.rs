//! `cargo xtask advise`: the hints of a page snapshot, as the extension gets them.

use anyhow::{Context, Result};
use eimza_guide::{Environment, Role, SavedState};
use eimza_payment::Day;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// Writes the hints for a PageSnapshot as JSON
///
/// Writes `{"page": id or null, "hints": […]}`.
#[derive(clap::Args)]
pub struct Advise {
    /// A PageSnapshot as JSON
    file: PathBuf,
    /// The user's current procedure
    #[arg(long, value_name = "ID")]
    procedure: Option<String>,
    /// The user's role
    #[arg(long, value_name = "ID", value_parser = role)]
    role: Option<Role>,
}

impl Advise {
    pub fn run(self) -> Result<()> {
        let name = self.file.display().to_string();
        let text = fs::read_to_string(&self.file).with_context(|| name.clone())?;
        let snapshot = serde_json::from_str(&text).with_context(|| name.clone())?;
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let environment = Environment { os: None, today: Day::in_turkey(seconds) };
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(
            &mut out,
            &eimza_guide::advise(&snapshot, &self.saved_state(), environment),
        )?;
        writeln!(out)?;
        Ok(())
    }

    fn saved_state(self) -> SavedState {
        SavedState { current: self.procedure, role: self.role, ..SavedState::default() }
    }
}

fn role(id: &str) -> serde_json::Result<Role> {
    serde_json::from_value(id.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Args, FromArgMatches};

    fn parse(options: &[&str]) -> Result<SavedState, clap::Error> {
        let command = Advise::augment_args(clap::Command::new("advise"));
        let matches = command.try_get_matches_from([&["advise", "FILE"], options].concat())?;
        Ok(Advise::from_arg_matches(&matches)?.saved_state())
    }

    #[test]
    fn options_set_procedure_and_role() {
        let state = parse(&["--procedure", "renewal", "--role", "other-staff"]).unwrap();
        assert_eq!(
            (state.current.as_deref(), state.role.map(Role::name)),
            (Some("renewal"), Some("other-staff"))
        );
        assert!(parse(&["--role"]).is_err() && parse(&["--role", "x"]).is_err());
    }
}
