//! An abbreviation that was found.

use serde::Deserialize;

/// An abbreviation in a text. Positions count Unicode code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// The start of the abbreviation.
    pub start: usize,
    /// Its end, exclusive; includes its dot but not a colon.
    pub end: usize,
    /// The abbreviation as the user wrote it, with decomposed letters and invisible characters.
    pub written: String,
    /// The full words in the letter case of the text, the preferred one first; never empty.
    pub expansions: Vec<String>,
    /// How certain it is that the abbreviation must be written out.
    pub severity: Severity,
    /// Whether a letter or digit directly precedes it ("40Cad").
    pub space_before: bool,
    /// Whether a letter, digit or parenthesis directly follows it ("MAH.İZZETTİN").
    pub space_after: bool,
    /// The id of the rule that found it, see [`crate::rules`].
    pub rule: &'static str,
}

/// How certain it is that an abbreviation must be written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The form does not accept it.
    Error,
    /// It may be part of an official name ("Dr. Zeki Acar Caddesi"), or is a word in the dictionary ("no").
    Advice,
}

impl Abbreviation {
    /// Returns the replacement of `start..end` by an expansion, with the spaces that separate it from its
    /// neighbours. None where there is no such expansion.
    pub fn replacement(&self, index: usize) -> Option<String> {
        let expansion = self.expansions.get(index)?;
        let before = if self.space_before { " " } else { "" };
        let after = if self.space_after { " " } else { "" };
        Some(format!("{before}{expansion}{after}"))
    }
}
