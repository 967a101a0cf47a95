//! The output of the program: nothing that another program, a card or a file named reaches it uncleaned.

use eimza_display_text::{DisplayText, ScreenText};
use serde::Serialize;
use serde_json::Value;
use std::io::{self, Write};

/// Returns a value with every text in it cleaned.
///
/// # Errors
/// If it cannot be serialized.
pub fn clean_json(value: &impl Serialize) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(value)?;
    clean(&mut value);
    Ok(value)
}

fn clean(value: &mut Value) {
    match value {
        Value::String(text) => *text = ScreenText::lines(text).to_string(),
        Value::Array(values) => values.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns a value of the protocol with every text in it cleaned to one line, before sentences are made of
/// them.
pub fn display<T: Serialize + serde::de::DeserializeOwned>(value: T) -> T {
    fn to_one_line(value: &mut Value) {
        match value {
            Value::String(text) => *text = DisplayText::new(text).into_string(),
            Value::Array(values) => values.iter_mut().for_each(to_one_line),
            Value::Object(fields) => fields.values_mut().for_each(to_one_line),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let Ok(mut cleaned) = serde_json::to_value(&value) else { return value };
    to_one_line(&mut cleaned);
    serde_json::from_value(cleaned).unwrap_or(value)
}

/// Writes lines to a terminal or a file, cleaned.
pub struct CleanOutput<W: Write> {
    output: W,
    /// The incomplete last line.
    line: Vec<u8>,
}

impl<W: Write> CleanOutput<W> {
    pub fn new(output: W) -> Self {
        Self { output, line: Vec::new() }
    }

    fn write_line(&mut self) -> io::Result<()> {
        let text = ScreenText::lines(&String::from_utf8_lossy(&self.line)).to_string();
        self.line.clear();
        self.output.write_all(text.as_bytes())
    }
}

impl<W: Write> Write for CleanOutput<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend(line);
            if line.ends_with(b"\n") {
                self.write_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_line()?;
        self.output.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_protocol::Problem;
    use serde_json::json;

    #[test]
    fn terminal_gets_no_controls_whatever_is_written() {
        let mut written = Vec::new();
        let mut output = CleanOutput::new(&mut written);
        writeln!(output, "  a\u{1B}[31m\u{9B}2J\u{202E}b").unwrap();
        output.write_all(b"c\xFF\r").unwrap();
        output.flush().unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "  a[31m2Jb\nc\u{FFFD}");
    }

    #[test]
    fn every_text_of_a_message_is_cleaned() {
        let message = json!({"a": [{"b": "x\u{1B}\u{202E}y"}], "n": 1});
        assert_eq!(clean_json(&message).unwrap(), json!({"a": [{"b": "xy"}], "n": 1}));
        let problem = Problem::HostMoved { path: "/a\nb\u{202E}".to_owned() };
        assert_eq!(display(problem), Problem::HostMoved { path: "/a b".to_owned() });
    }
}
