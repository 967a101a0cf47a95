//! Compressed data files. Build scripts [`load`] the JSON files and [`write`] them compressed; the program
//! [`read`]s them when they are first needed. That is about a seventh of the files' size in the WebAssembly
//! module.

use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::Path;
use std::{env, fs, io};

/// The highest compression level of `miniz_oxide`.
const LEVEL: u8 = 10;

/// Compresses a text with DEFLATE (RFC 1951).
#[must_use]
pub fn pack(text: &str) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(text.as_bytes(), LEVEL)
}

/// Decompresses a text; empty where the input is not valid.
#[must_use]
pub fn unpack(packed: &[u8]) -> String {
    let text = miniz_oxide::inflate::decompress_to_vec(packed).unwrap_or_default();
    String::from_utf8(text).unwrap_or_default()
}

/// Reads a compressed JSON value. Invalid input gives the default value; it never ships, because a test reads
/// each file.
#[must_use]
pub fn read<T: DeserializeOwned + Default>(packed: &[u8]) -> T {
    serde_json::from_str(&unpack(packed)).unwrap_or_default()
}

/// Reads a JSON file and removes the keys that do not ship. For build scripts.
///
/// # Errors
/// Where the file cannot be read or is not JSON.
#[expect(clippy::disallowed_methods, reason = "only build scripts call it")]
pub fn load(file: &Path, unshipped: &[&str]) -> io::Result<Value> {
    let invalid = |error: serde_json::Error| io::Error::other(format!("{}: {error}", file.display()));
    let mut value: Value = serde_json::from_str(&fs::read_to_string(file)?).map_err(invalid)?;
    let entries = match &mut value {
        Value::Array(entries) => entries.iter_mut().collect(),
        one => vec![one],
    };
    for entry in entries.into_iter().filter_map(Value::as_object_mut) {
        entry.retain(|key, _| !unshipped.contains(&key.as_str()));
    }
    Ok(value)
}

/// Compresses a text into a file in `OUT_DIR`, for `include_bytes!`. For build scripts.
///
/// # Errors
/// Where the file cannot be written.
#[expect(clippy::disallowed_methods, reason = "only build scripts call it")]
pub fn write(name: &str, text: &str) -> io::Result<()> {
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join(name), pack(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacks_what_was_packed() {
        for text in ["", "Kilit Çözme Ekranı", &"Mahallesi ".repeat(10_000)] {
            assert_eq!(unpack(&pack(text)), text);
        }
        assert_eq!(read::<Vec<u8>>(&pack("[1, 2]")), [1, 2]);
    }

    #[test]
    fn invalid_input_is_empty() {
        assert_eq!(unpack(b"Kilit"), "");
        assert_eq!(read::<Vec<u8>>(&pack("[1")), [0; 0]);
    }
}
