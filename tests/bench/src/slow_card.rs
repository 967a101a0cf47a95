//! An unlock of a card that takes 40 ms a command, as a slow real one may, next to OpenSC on the same card.

use crate::card::{Card, Tools, origin, succeed};
use crate::frames::Host;
use crate::measure::{Row, Subject, milliseconds};
use anyhow::{Result, ensure};
use serde_json::json;
use std::os::unix::net::UnixDatagram;
use std::time::{Duration, Instant};

/// A blocked card that takes 40 ms for each command.
const SLOW: [&str; 4] = ["--delay", "40", "--pin-tries", "0"];

/// Fewer runs than elsewhere, because each needs a card that was just inserted, and the delay varies little.
const RUNS: usize = 7;

const REFERENCE: &str = "pkcs15-tool --unblock-pin";

/// Measures the rows.
pub fn all() -> Result<[Row; 3]> {
    let tools = &Tools::new()?;
    let (mut cold, mut prompts, mut unlocks, mut opensc) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        {
            let _card = Card::insert(&SLOW)?;
            cold.push(milliseconds(&mut || succeed(tools.host().args(["unlock", "--json"]))));
        }
        {
            let _card = Card::insert(&SLOW)?;
            opensc.push(milliseconds(&mut || succeed(&mut tools.unblock())));
        }
        let (prompt, unlock) = click(tools)?;
        prompts.push(prompt);
        unlocks.push(unlock);
    }
    let row = |name, bound, own| Subject { name, reference: REFERENCE, bound }.row("ms", own, opensc.clone());
    Ok([
        row("unlock-slow-card", 0.5, unlocks),
        // Reads the certificate to show its holder, which OpenSC's tool does not.
        row("unlock-slow-card-cold", 1.7, cold),
        row("click-to-prompt", 0.1, prompts),
    ])
}

/// Inserts a card while the host watches, and requests an unlock once the host has shown it. Returns the times
/// from the request to the first question for a code, and to the answer.
fn click(tools: &Tools) -> Result<(f64, f64)> {
    let socket = tools.folder().join("asked");
    let asked = UnixDatagram::bind(&socket)?;
    asked.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut host = Host::start(&mut tools.host(), &origin()?)?;
    host.send(&json!({"id": 1, "command": "watch"}))?;
    let _card = Card::insert(&SLOW)?;
    host.receive(|message| message["readers"][0]["card"].is_object())?;
    let start = Instant::now();
    host.send(&json!({"id": 2, "command": "unlock"}))?;
    asked.recv(&mut [0])?;
    let prompt = start.elapsed().as_secs_f64() * 1000.0;
    let answer = host.receive(|message| message["id"] == 2)?;
    let unlock = start.elapsed().as_secs_f64() * 1000.0;
    ensure!(answer["result"].is_object(), "{answer}");
    std::fs::remove_file(socket)?;
    Ok((prompt, unlock))
}
