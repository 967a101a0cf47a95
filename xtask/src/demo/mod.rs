//! `cargo xtask demo`: the main job in a real browser, with a virtual card in a virtual reader.

mod host_registration;

use crate::build;
use crate::environment::isolation;
use crate::environment::stage::{NEW_PIN, PUK, Stage, card_accepts, insert_card};
use crate::process::{Companion, run, say};
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::mpsc;

/// The argument that starts the inner half, and its modes.
pub const INSIDE: &str = "demo-inside";
/// Plays the main job by itself.
pub const HEADLESS: &str = "headless";
const VISIBLE: &str = "visible";

/// Builds everything outside, where there is a network, and goes inside.
pub fn demo(headless: bool) -> Result<ExitCode> {
    if !headless && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none()) {
        bail!("there is no display here; `cargo xtask demo --headless` plays the demonstration by itself");
    }
    build::build(&["chrome"])?;
    run(Command::new("cargo").args(["build", "--quiet", "--package", "eimza-virtual-card"]))?;
    isolation::again(&[INSIDE, if headless { HEADLESS } else { VISIBLE }])
}

/// The inner half.
pub fn inside(headless: bool) -> Result<ExitCode> {
    let (finished, finish) = mpsc::channel();
    let interrupted = finished.clone();
    ctrlc::set_handler(move || {
        // Nobody waits any more where the demonstration has just ended.
        let _ = interrupted.send(None);
    })?;
    std::thread::spawn(move || finished.send(Some(play(headless))));
    // The world ends with this process, and everything in it.
    match finish.recv()? {
        Some(Ok(())) => Ok(ExitCode::SUCCESS),
        Some(Err(error)) => Err(error),
        None => {
            say("interrupted");
            Ok(ExitCode::from(130))
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

    let _stage = Stage::start()?;
    let _card = insert_card(&["--pin-tries", "0", "--held"])?;
    say("card:     a virtual AKİS card with a blocked PIN is in a virtual reader");
    let mut browser = Command::new("node");
    browser.args(["tests/browser/demo.mjs", if headless { HEADLESS } else { VISIBLE }]);
    browser.env("EIMZA_DEMO_PUK", PUK).env("EIMZA_DEMO_NEW_PIN", NEW_PIN);
    if !headless {
        say(format!("try it:   PUK {PUK}, and any new PIN of 4 to 8 digits; close the browser to end"));
    }
    if !Companion::start(&mut browser)?.wait()? {
        bail!("the demonstration did not come to its end; see the last line above");
    }
    if !headless {
        return Ok(());
    }
    if !card_accepts(NEW_PIN)? {
        bail!("OpenSC: the card does not accept the new PIN");
    }
    say("OpenSC:   the card accepts the new PIN");
    Ok(())
}
