//! Finding the line of a value in a JSON text.

use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Returns the line, from 1, on which the value at a path of keys and indices begins; where the path does not
/// exist, the line of its last existing value.
pub(super) fn line_of(text: &str, path: &[String]) -> usize {
    let mut value = text.trim_start();
    for step in path {
        let Some(inner) = inside(value, step) else { break };
        value = inner;
    }
    let before = text.len() - value.len().min(text.len());
    let offset = (value.as_ptr() as usize).checked_sub(text.as_ptr() as usize).unwrap_or(before);
    text[..offset].matches('\n').count() + 1
}

fn inside<'a>(value: &'a str, step: &str) -> Option<&'a str> {
    let raw = match step.parse::<usize>() {
        Ok(index) => serde_json::from_str::<Vec<&'a RawValue>>(value).ok()?.get(index).copied(),
        Err(_) => serde_json::from_str::<BTreeMap<Cow<'a, str>, &'a RawValue>>(value).ok()?.remove(step),
    };
    raw.map(RawValue::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_values_by_keys_and_indices() {
        let text = "\n{\n \"a\": {\n  \"b\": [\n   1,\n   {\"c\": 2}\n  ]\n }\n}\n";
        let line =
            |path: &[&str]| line_of(text, &path.iter().map(|&step| step.to_owned()).collect::<Vec<_>>());
        assert_eq!(line(&[]), 2);
        assert_eq!(line(&["a"]), 3);
        assert_eq!(line(&["a", "b", "0"]), 5);
        assert_eq!(line(&["a", "b", "1", "c"]), 6);
        assert_eq!(line(&["a", "x"]), 3);
    }
}
