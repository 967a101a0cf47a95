//! Messages of the catalog for display.

use eimza_display_text::{DisplayText, ScreenText};
use eimza_i18n::Catalog;

/// Returns the message `key` with its placeholders replaced.
pub fn message(catalog: &Catalog, key: &str, arguments: &[(&str, DisplayText)]) -> ScreenText {
    let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, value)).collect();
    ScreenText::compose(|arguments| catalog.text(key, arguments), &arguments)
}
