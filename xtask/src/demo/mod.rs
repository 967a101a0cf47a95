//! `cargo xtask demo`: the main use case in a real browser, with a virtual card in a virtual reader.

mod host_registration;

use crate::build;
use crate::environment::isolation;
use crate::environment::virtual_reader::{NEW_PIN, PUK, VirtualReader, card_accepts, insert_card};
use crate::process::{BackgroundProcess, print_line};
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::mpsc;

/// The name of the command that runs in isolated namespaces.
pub const ISOLATED: &str = "demo-isolated";

/// Demonstrates the main use case in a real browser with a virtual card
#[derive(clap::Args)]
pub struct Demo {
    /// Runs without a display and leaves screenshots in target/demo/
    #[arg(long)]
    headless: bool,
}

impl Demo {
    /// Builds everything while there is a network, then runs the demonstration in isolated namespaces.
    pub fn run(self) -> Result<ExitCode> {
        let headless = self.headless;
        if !headless && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none()) {
            bail!(
                "there is no display here; `cargo xtask demo --headless` runs the demonstration without one"
            );
        }
        build::build(&["chrome"])?;
        build::virtual_card()?;
        isolation::rerun(if headless { &[ISOLATED, "--headless"] } else { &[ISOLATED] })
    }
}

/// The part of the demonstration that runs in isolated namespaces.
#[derive(clap::Args)]
pub struct Isolated {
    #[arg(long)]
    headless: bool,
}

impl Isolated {
    pub fn run(self) -> Result<ExitCode> {
        let (finished, finish) = mpsc::channel();
        let interrupted = finished.clone();
        ctrlc::set_handler(move || {
            // Fails if the demonstration has just ended.
            let _ = interrupted.send(None);
        })?;
        std::thread::spawn(move || finished.send(Some(play(self.headless))));
        // The namespaces and every process in them end with this process.
        match finish.recv()? {
            Some(Ok(())) => Ok(ExitCode::SUCCESS),
            Some(Err(error)) => Err(error),
            None => {
                print_line("interrupted");
                Ok(ExitCode::from(130))
            }
        }
    }
}

fn play(headless: bool) -> Result<()> {
    let folder = Path::new("target/demo");
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let profile = folder.join("profile");
    fs::create_dir_all(&profile)?;
    host_registration::register(&profile, Path::new(build::HOST))?;

    let _reader = VirtualReader::start()?;
    let _card = insert_card(&["--pin-tries", "0", "--held"])?;
    print_line("card:     a virtual AKİS card with a blocked PIN is in a virtual reader");
    let mut browser = Command::new("node");
    browser.args(["tests/browser/demo.mjs", if headless { "headless" } else { "visible" }]);
    browser.env("EIMZA_DEMO_PUK", PUK).env("EIMZA_DEMO_NEW_PIN", NEW_PIN);
    if !headless {
        print_line(format!(
            "try it:   PUK {PUK}, and any new PIN of 4 to 8 digits; close the browser to end"
        ));
    }
    if !BackgroundProcess::start(&mut browser)?.wait()? {
        bail!("the demonstration stopped before its end; see the last line above");
    }
    if !headless {
        return Ok(());
    }
    if !card_accepts(NEW_PIN)? {
        bail!("OpenSC: the card does not accept the new PIN");
    }
    print_line("OpenSC:   the card accepts the new PIN");
    Ok(())
}
