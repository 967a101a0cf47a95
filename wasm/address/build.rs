//! Compresses the rules, in the order in which they are tried, and the provinces. Examples and sources do not
//! ship.

#![expect(clippy::disallowed_methods, reason = "a build script reads files and its environment")]

use serde_json::Value;
use std::path::Path;
use std::{env, io};

/// Known initials and towns come first, because rules for the letters of roads and quarters match any name.
const RULES: [&str; 11] = [
    "compound",
    "initial",
    "place",
    "road",
    "building",
    "number",
    "unit",
    "title",
    "rank",
    "institution",
    "word",
];

fn main() -> io::Result<()> {
    for folder in ["rules", "data"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let unshipped: &[_] =
        if env::var_os("CARGO_FEATURE_EXAMPLES").is_some() { &[] } else { &["fires", "silent", "source"] };
    let mut rules = Vec::new();
    for name in RULES {
        let file = Path::new("rules").join(name).with_extension("json");
        match eimza_packed::load(&file, unshipped)? {
            Value::Array(rows) => rules.extend(rows),
            _ => return Err(io::Error::other(format!("{}: not a list", file.display()))),
        }
    }
    eimza_packed::write("rules", &Value::Array(rules).to_string())?;
    let provinces = eimza_packed::load(Path::new("data/provinces.json"), &["checked", "licence", "source"])?;
    eimza_packed::write("provinces", &provinces["provinces"].to_string())
}
