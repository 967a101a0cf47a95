//! Where facts come from: `data/sources.json`.

use serde::Deserialize;
use std::sync::OnceLock;

/// A document that facts come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// By which data cites it.
    pub id: String,
    /// How good it is.
    pub grade: SourceKind,
    /// The day of the document, ISO 8601, or a part of it; none where it bears no date.
    pub date: Option<String>,
    /// The locale key of what it is called.
    pub title: String,
}

/// How good a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The guide of the health directorate of Mersin, with which this began.
    Guide,
    /// Kamu SM's own page.
    KamuSm,
    /// The guide of another public institution.
    Institution,
    /// Somebody else's; weaker.
    ThirdParty,
    /// Concluded from the others.
    Inference,
}

/// The source of that id.
#[must_use]
pub fn source(id: &str) -> Option<&'static Source> {
    sources().iter().find(|source| source.id == id)
}

/// All sources.
pub fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/sources"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_and_no_id_stands_twice() {
        assert!(!sources().is_empty());
        for one in sources() {
            assert!(std::ptr::eq(source(&one.id).unwrap(), one), "{}", one.id);
        }
    }
}
