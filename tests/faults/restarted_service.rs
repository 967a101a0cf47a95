//! Restarts the smart-card service between a watch and an unlock, while the card is swapped: the service counts
//! insertions anew, so that the number of the second card is that of the first.

use crate::connection::HostConnection;
use crate::removable_card::{RemovableCard, carries_code};
use crate::service::Service;
use crate::support::{ScriptedPinentry, error};
use serde_json::json;

/// Runs the scenario; returns the failed check.
pub fn run(service: &mut Service) -> Result<(), String> {
    let card =
        |profile: &str| RemovableCard::insert(&["--profile", profile, "--pin-tries", "0"].map(str::to_owned));
    service.restart(true);
    let first = card("sanal");
    let pinentry =
        ScriptedPinentry::new(&json!({"PUK": ["12345678"], "Yeni PIN": ["739164"], "CONFIRM": ["yes"]}));
    let mut connection = HostConnection::start(&pinentry);
    connection.send(&json!({"id": 2, "command": "watch"}));
    connection.receive(|message| message["readers"][0]["card"].is_object())?;
    service.restart(true);
    drop(first);
    let mut second = card("akis-2x");
    connection.send(&json!({"id": 1, "command": "unlock"}));
    let answer = connection.receive(|message| message["id"] == 1)?;
    connection.end()?;
    let shown = pinentry.commands();
    if shown.contains("sanal deneme") {
        return Err(format!("the prompt shows the card of before: {shown}"));
    }
    let state = second.true_state();
    let is_unlocked = answer["result"].is_object() && state.starts_with("pin=739164 pin-tries=3");
    let is_unchanged = !error(&answer).is_empty() && !second.log().iter().any(|line| carries_code(line));
    if is_unlocked || is_unchanged {
        Ok(())
    } else {
        Err(format!("reply {answer} contradicts the card: {state}"))
    }
}
