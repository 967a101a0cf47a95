//! A text that can be shown.

use crate::clean::{MAX_GRAPHEMES, clean};
use alloc::string::String;
use core::fmt;

/// A text of a card, a reader, another program, a file or the environment that can be shown: one line of at
/// most 120 letters, without characters that are invisible, reorder others, or are drawn over other lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DisplayText(String);

impl DisplayText {
    /// Cleans a text. A clean text stays the same.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(clean(text, MAX_GRAPHEMES))
    }

    /// Cleans a text in UTF-8; bytes that are not become U+FFFD.
    #[must_use]
    pub fn from_utf8_lossy(text: &[u8]) -> Self {
        Self::new(&String::from_utf8_lossy(text))
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for DisplayText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for DisplayText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_utf_8_are_replaced() {
        assert_eq!(DisplayText::from_utf8_lossy(b"Okuyucu\xFF\n1").as_str(), "Okuyucu\u{FFFD} 1");
    }
}
