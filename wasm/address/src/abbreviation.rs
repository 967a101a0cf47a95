//! What a check reports.

use serde::Deserialize;

/// One abbreviation. Positions count Unicode code points of the text as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// Where the abbreviation begins.
    pub start: usize,
    /// Where it ends, exclusive; its own dot is inside, a colon is not.
    pub end: usize,
    /// The abbreviation as the user wrote it.
    pub written: String,
    /// Full words in the writer's letter case, the preferred one first; never empty.
    pub expansions: Vec<String>,
    /// How sure it is that this must change.
    pub severity: Severity,
    /// The abbreviation leans on a letter or digit before it ("40Cad").
    pub space_before: bool,
    /// It leans on what follows ("MAH.İZZETTİN").
    pub space_after: bool,
    /// The identifier of the rule that found it, see [`crate::rules`].
    pub rule: &'static str,
}

/// How sure it is that an abbreviation must change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The form does not accept it.
    Error,
    /// An official name may carry it ("Dr. Zeki Acar Caddesi"), or a dictionary lists it as a word ("no").
    Advice,
}

impl Abbreviation {
    /// What replaces `start..end` for the given expansion, with the spaces that a glued form needs.
    /// `None` where there is no such expansion.
    pub fn replacement(&self, index: usize) -> Option<String> {
        let expansion = self.expansions.get(index)?;
        let before = if self.space_before { " " } else { "" };
        let after = if self.space_after { " " } else { "" };
        Some(format!("{before}{expansion}{after}"))
    }
}
