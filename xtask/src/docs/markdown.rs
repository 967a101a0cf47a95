//! Markdown syntax.

/// Escapes a text for a cell of a table.
pub fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ⏎ ")
}
