//! `cargo xtask advise`: a page snapshot's hints, as the extension gets them.

use anyhow::{Context, Result, bail};
use eimza_guide::{Environment, SavedState};
use eimza_payment::Day;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Reads a `PageSnapshot` and writes `{"page": id or null, "hints": […]}`. The options say who looks at it:
/// `--procedure ID`, `--role ID`.
pub fn run(file: &Path, options: &[&str]) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let snapshot = serde_json::from_str(&text).with_context(|| file.display().to_string())?;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let setting = Environment { os: None, today: Day::in_turkey(seconds) };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &eimza_guide::advise(&snapshot, &saved_state(options)?, setting))?;
    writeln!(out)?;
    Ok(())
}

fn saved_state(options: &[&str]) -> Result<SavedState> {
    let mut saved_state = SavedState::default();
    for option in options.chunks(2) {
        match *option {
            ["--procedure", id] => saved_state.current = Some(id.to_owned()),
            ["--role", id] => saved_state.role = Some(serde_json::from_value(id.into())?),
            _ => bail!("no such option: {}", option.join(" ")),
        }
    }
    Ok(saved_state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::Role;

    #[test]
    fn who_looks_is_said_with_options() {
        let said = saved_state(&["--procedure", "renewal", "--role", "other-staff"]).unwrap();
        assert_eq!(
            (said.current.as_deref(), said.role.map(Role::name)),
            (Some("renewal"), Some("other-staff"))
        );
        assert!(saved_state(&["--role"]).is_err() && saved_state(&["--role", "x"]).is_err());
    }
}
