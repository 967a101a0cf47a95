//! What a user should be told, from `expected.json`: written from what Windows documents of the codes, not from what
//! the program does.

use super::attempt::{Attempt, DONE};
use super::call::{Call, Phase};
use serde_json::Value;
use std::collections::BTreeMap;

/// A code of Windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub number: u32,
    pub name: &'static str,
    /// What it says.
    pub kind: String,
    /// Whether a command that fails with it was certainly not sent.
    pub is_refusal: bool,
}

/// The contents of `expected.json`.
pub struct Expectation {
    data: Value,
    pub codes: Vec<Code>,
}

impl Expectation {
    /// Reads it. Each code that the program knows from Windows must be of exactly one kind.
    pub fn read() -> Self {
        let data: Value = serde_json::from_str(include_str!("expected.json")).unwrap();
        let mut kinds = BTreeMap::new();
        for kind in data["kinds"].as_array().unwrap() {
            for name in kind["codes"].as_array().unwrap() {
                let before = kinds.insert(name.as_str().unwrap(), kind);
                assert!(before.is_none(), "{name} is of two kinds");
            }
        }
        let code = |(number, name)| {
            let kind = kinds.remove(name).unwrap_or_else(|| panic!("{name} is of no kind"));
            let is_refusal = kind["refused"] == true;
            Code { number, name, kind: text(&kind["kind"]), is_refusal }
        };
        let codes: Vec<_> = eimza_pcsc::codes_of_windows().into_iter().map(code).collect();
        assert!(kinds.is_empty(), "unknown codes: {:?}", kinds.keys());
        Self { data, codes }
    }

    /// Returns what the user may be told when a call of an attempt fails with this code: once, or from then on.
    pub fn told(&self, attempt: Attempt, call: &Call, code: &Code, is_lasting: bool) -> Vec<String> {
        let list = |value: &Value| -> Vec<String> {
            value.as_array().map_or_else(Vec::new, |list| list.iter().map(text).collect())
        };
        let confirming = &self.data["confirming"];
        if attempt == Attempt::UnlockByModule && call.phase == Phase::Sending {
            let own = list(&confirming[&code.kind][&call.function]);
            return if own.is_empty() { list(&confirming["told"]) } else { own };
        }
        let is_watch = attempt == Attempt::Watch && is_lasting;
        let is_unnoticed = !is_watch && list(&self.data["unnoticed"]).contains(&call.function);
        if is_unnoticed || call.phase == Phase::Ending {
            return vec![DONE.to_owned()];
        }
        if !is_lasting && list(&self.data["retried"][&call.function]).contains(&code.kind) {
            return vec![DONE.to_owned()];
        }
        let kind = self.data["kinds"].as_array().unwrap().iter().find(|kind| kind["kind"] == *code.kind);
        let column = match (call.function.as_str(), call.phase) {
            _ if is_watch => "watch",
            _ if call.carries_code() => "code",
            ("SCardEstablishContext", _) => "establish",
            ("SCardListReadersW" | "SCardConnectW", _) => "access",
            (_, Phase::Sending) => "sending",
            _ => "reading",
        };
        let told = list(&kind.unwrap()[column]);
        match (told.is_empty(), column) {
            (true, "code") => vec!["outcome-unknown".to_owned()],
            (true, "watch") => list(&kind.unwrap()["access"]),
            (true, _) => panic!("nothing is expected of {} in {column}", code.kind),
            _ => told,
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
