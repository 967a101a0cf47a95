//! Compresses each catalog of `extension/_locales` as sorted records of key and message, separated by US and
//! RS (ECMA-48).

use serde_json::Value;
use std::io;
use std::path::Path;

const LOCALES: &str = "../../extension/_locales";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={LOCALES}");
    for lang in ["tr", "en"] {
        let file = Path::new(LOCALES).join(lang).join("messages.json");
        let catalog = eimza_packed::load(&file, &[])?;
        let entries = catalog.as_object().into_iter().flatten();
        let mut records = entries.map(|(key, entry)| record(key, entry)).collect::<io::Result<Vec<_>>>()?;
        records.sort();
        eimza_packed::write(lang, &records.concat())?;
    }
    Ok(())
}

fn record(key: &str, entry: &Value) -> io::Result<String> {
    match entry["message"].as_str() {
        Some(message) if !message.contains(['\u{1e}', '\u{1f}']) => Ok(format!("{key}\u{1f}{message}\u{1e}")),
        _ => Err(io::Error::other(format!("{key}: no message"))),
    }
}
