//! What is shown: our own sentences, with cleaned texts in them.

use crate::clean::clean;
use crate::display_text::DisplayText;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// A text of several lines that can be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScreenText(String);

impl ScreenText {
    /// Composes a sentence of ours: `fill` replaces the placeholders by the arguments, which are cleaned.
    #[must_use]
    pub fn compose(fill: impl FnOnce(&[(&str, &str)]) -> String, arguments: &[(&str, &DisplayText)]) -> Self {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Self(fill(&arguments))
    }

    /// Cleans a line of any length, for logs and messages of libraries.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self(clean(text, usize::MAX))
    }

    /// Cleans every line of a text whose line breaks are ours. Keeps indentation.
    #[must_use]
    pub fn lines(text: &str) -> Self {
        let lines = text.split('\n').map(|line| {
            let content = line.trim_start_matches(' ');
            line[..line.len() - content.len()].to_string() + &clean(content, usize::MAX)
        });
        Self(lines.collect::<Vec<_>>().join("\n"))
    }

    /// Joins texts with line breaks between them: one, or two for paragraphs.
    #[must_use]
    pub fn join(self, line_breaks: usize, other: &Self) -> Self {
        Self(self.0 + &"\n".repeat(line_breaks) + &other.0)
    }

    /// Appends a text in the same line.
    #[must_use]
    pub fn then(self, other: &Self) -> Self {
        Self(self.0 + " " + &other.0)
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ScreenText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<DisplayText> for ScreenText {
    fn from(text: DisplayText) -> Self {
        Self(text.into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn arguments_cannot_add_lines() {
        let fill = |arguments: &[(&str, &str)]| format!("Sahibi: {}\nKart", arguments[0].1);
        let text = ScreenText::compose(fill, &[("holder", &"A\nKalan: 3\u{1B}[2J".into())]);
        assert_eq!(text.as_str(), "Sahibi: A Kalan: 3[2J\nKart");
        let both = text.join(2, &ScreenText::line("son\n"));
        assert_eq!(both.as_str(), "Sahibi: A Kalan: 3[2J\nKart\n\nson");
    }

    #[test]
    fn lines_keep_their_breaks_and_indentation_only() {
        assert_eq!(ScreenText::lines("  a\u{1B}[1m\r\n\u{202E}b\t c\n").as_str(), "  a[1m\nb c\n");
    }
}
