//! Generates `docs/profiles.md`, the schema of institution profiles and the schema of managed storage.

use super::markdown::cell;
use eimza_guide::{Institution, procedures};
use eimza_i18n::Catalog;
use eimza_protocol::Lang;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// A profile with every key, which tests of the guide read too.
pub const EXAMPLE: &str = include_str!("../../../wasm/guide/tests/whole-profile.json");
/// Descriptions of the keys; a test compares them with the schema.
const KEYS: &str = include_str!("profile-keys.json");
const TEXT: &str = include_str!("profiles.md");

/// Generates the JSON Schema (draft 2020-12) of a profile, for editors.
pub fn schema() -> String {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    pretty(&settings.into_generator().into_root_schema_for::<Institution>().to_value())
}

/// Generates the schema of managed storage: the same profile in the dialect that Chrome reads
/// (<https://developer.chrome.com/docs/extensions/reference/manifest/storage>), where each part has one type.
pub fn managed() -> String {
    let whole: Value = serde_json::from_str(&schema()).unwrap_or_default();
    pretty(&json!({"type": "object", "properties": {"institution": for_chrome(&whole)}}))
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Converts a schema into Chrome's dialect.
fn for_chrome(schema: &Value) -> Value {
    // An enumeration of constants, or an optional value: its first choice with a type.
    for choice in ["anyOf", "oneOf"] {
        if let Some(all) = schema.get(choice).and_then(Value::as_array) {
            let words: Vec<&Value> = all.iter().filter_map(|one| one.get("const")).collect();
            if words.len() == all.len() {
                return json!({"type": "string", "enum": words});
            }
            let non_null = all.iter().find(|one| one.get("type") != Some(&json!("null")));
            return non_null.map(for_chrome).unwrap_or_default();
        }
    }
    let mut result = Map::new();
    for (key, value) in schema.as_object().into_iter().flatten() {
        match key.as_str() {
            "type" => {
                let kind = value.as_array().and_then(|all| all.iter().find(|kind| **kind != "null"));
                result.insert(key.clone(), kind.unwrap_or(value).clone());
            }
            "enum" | "description" => {
                result.insert(key.clone(), value.clone());
            }
            "items" => {
                result.insert(key.clone(), for_chrome(value));
            }
            "additionalProperties" if value.is_object() => {
                result.insert(key.clone(), for_chrome(value));
            }
            "properties" => {
                let inner = value.as_object().into_iter().flatten();
                let inner: Map<_, _> = inner.map(|(name, part)| (name.clone(), for_chrome(part))).collect();
                result.insert(key.clone(), inner.into());
            }
            _ => {}
        }
    }
    result.into()
}

/// Generates the page for administrators.
pub fn page() -> String {
    let schema: Value = serde_json::from_str(&schema()).unwrap_or_default();
    let mut rows = String::new();
    write_rows(&mut rows, "", &schema);
    let mut editions = String::new();
    for procedure in procedures() {
        let names: Vec<String> =
            procedure.editions.iter().map(|edition| format!("`{}`", edition.id)).collect();
        let title = Catalog::of(Lang::Tr).text(&procedure.title, &[]);
        let paid = if procedure.payers.is_empty() { "–" } else { "evet" };
        // Writing into a String cannot fail.
        let _ = writeln!(editions, "| `{}` | {title} | {} | {paid} |", procedure.id, names.join(", "));
    }
    TEXT.replace("%FIELDS%\n", &rows).replace("%EDITIONS%\n", &editions).replace("%EXAMPLE%\n", EXAMPLE)
}

/// Writes a row for each key, followed by the rows of its inner keys.
fn write_rows(rows: &mut String, path: &str, schema: &Value) {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, part) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let must = if required.contains(&key.as_str()) { "evet" } else { "" };
        let text = description(&path).unwrap_or_default();
        let _ = writeln!(rows, "| `{path}` | {must} | {}{} |", cell(&text), constants(part));
        write_rows(rows, &path, inner_schema(part));
    }
}

/// Returns the description of a key, in Turkish.
fn description(path: &str) -> Option<String> {
    let all: Value = serde_json::from_str(KEYS).ok()?;
    all[path].as_str().map(str::to_owned)
}

/// Returns the schema of a list's entries or of an optional value, otherwise the schema itself.
fn inner_schema(part: &Value) -> &Value {
    if part["items"].is_object() {
        return &part["items"];
    }
    let choices = part["anyOf"].as_array().into_iter().flatten();
    choices.into_iter().find(|choice| choice["properties"].is_object()).unwrap_or(part)
}

/// Formats the constants that a value can be.
fn constants(part: &Value) -> String {
    let constants_of = |part: &Value| -> Vec<String> {
        let listed = part["enum"].as_array().into_iter().flatten();
        let chosen = part["oneOf"].as_array().into_iter().flatten().filter_map(|one| one.get("const"));
        listed.chain(chosen).filter_map(Value::as_str).map(|word| format!("`{word}`")).collect()
    };
    let words = [constants_of(part), constants_of(&part["items"])].concat();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_a_profile_is_on_the_page() {
        let page = page();
        let example: Value = serde_json::from_str(EXAMPLE).unwrap();
        for key in example.as_object().unwrap().keys() {
            assert!(page.contains(&format!("| `{key}` |")), "{key}");
        }
        for key in ["account.iban", "account.conflicts.holder", "payments.description", "receipt.channel"] {
            assert!(page.contains(&format!("| `{key}` |")), "{key}");
        }
        assert!(!page.contains('%'));
        let described: Value = serde_json::from_str(KEYS).unwrap();
        for key in described.as_object().unwrap().keys() {
            assert!(page.contains(&format!("| `{key}` |")), "there is no {key}");
        }
        assert!(!page.contains("|  |\n"), "a key without its description");
    }

    /// Chrome rejects an extension whose schema violates this.
    #[test]
    fn each_part_of_the_managed_schema_has_one_type() {
        fn check(schema: &Value, at: &str) {
            assert!(schema["type"].is_string(), "{at}");
            for (key, part) in schema["properties"].as_object().into_iter().flatten() {
                check(part, &format!("{at}.{key}"));
            }
            for inner in ["items", "additionalProperties"] {
                if schema[inner].is_object() {
                    check(&schema[inner], &format!("{at}.{inner}"));
                }
            }
        }
        check(&serde_json::from_str(&managed()).unwrap(), "");
    }
}
