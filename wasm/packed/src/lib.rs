//! The product's data as it ships: a build script [`pack`]s it with what it reads from the JSON files, the program
//! [`read`]s it when it is first needed. A seventh of the files' size that way: the module is loaded by every browser that
//! has the extension.

use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::Path;
use std::{env, fs, io};

/// The most that `miniz_oxide` takes the time for.
const EFFORT: u8 = 10;

/// A text, as small as DEFLATE (RFC 1951) makes it.
#[must_use]
pub fn pack(text: &str) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(text.as_bytes(), EFFORT)
}

/// The text that was packed; empty where none was.
#[must_use]
pub fn unpack(packed: &[u8]) -> String {
    let text = miniz_oxide::inflate::decompress_to_vec(packed).unwrap_or_default();
    String::from_utf8(text).unwrap_or_default()
}

/// The JSON value that was packed. It is part of the program, and each is read by a test: one that cannot be read never
/// ships, so that it counts as an empty one.
#[must_use]
pub fn read<T: DeserializeOwned + Default>(packed: &[u8]) -> T {
    serde_json::from_str(&unpack(packed)).unwrap_or_default()
}

/// For build scripts: reads a JSON file, without the keys that do not ship.
///
/// # Errors
/// Where there is no such file, or no JSON in it.
#[expect(clippy::disallowed_methods, reason = "only build scripts call it")]
pub fn load(file: &Path, unshipped: &[&str]) -> io::Result<Value> {
    let wrong = |error: serde_json::Error| io::Error::other(format!("{}: {error}", file.display()));
    let mut value: Value = serde_json::from_str(&fs::read_to_string(file)?).map_err(wrong)?;
    let entries = match &mut value {
        Value::Array(entries) => entries.iter_mut().collect(),
        one => vec![one],
    };
    for entry in entries.into_iter().filter_map(Value::as_object_mut) {
        entry.retain(|key, _| !unshipped.contains(&key.as_str()));
    }
    Ok(value)
}

/// For build scripts: puts a packed text where `include_bytes!` finds it, in `OUT_DIR`.
///
/// # Errors
/// Where it cannot be written.
#[expect(clippy::disallowed_methods, reason = "only build scripts call it")]
pub fn write(name: &str, text: &str) -> io::Result<()> {
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join(name), pack(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back() {
        for text in ["", "Kilit Çözme Ekranı", &"Mahallesi ".repeat(10_000)] {
            assert_eq!(unpack(&pack(text)), text);
        }
        assert_eq!(read::<Vec<u8>>(&pack("[1, 2]")), [1, 2]);
    }

    #[test]
    fn what_was_not_packed_is_empty() {
        assert_eq!(unpack(b"Kilit"), "");
        assert_eq!(read::<Vec<u8>>(&pack("[1")), [0; 0]);
    }
}
