//! The sources of facts: `data/sources.json`.

use serde::Deserialize;
use std::sync::OnceLock;

/// A document from which facts were taken.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The id by which data files cite it.
    pub id: String,
    /// The kind of its publisher, which determines its reliability.
    pub kind: SourceKind,
    /// The date of the document or a part of it, ISO 8601; none where it has no date.
    pub date: Option<String>,
    /// Message key of its title.
    pub title: String,
}

/// The kind of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The guide of the health directorate of Mersin, which was the starting point.
    Guide,
    /// Kamu SM's own page.
    KamuSm,
    /// The guide of another public institution.
    Institution,
    /// A third party; less reliable.
    ThirdParty,
    /// Inferred from other sources.
    Inference,
}

/// Returns the source with an id.
#[must_use]
pub fn source(id: &str) -> Option<&'static Source> {
    sources().iter().find(|source| source.id == id)
}

/// Returns all sources.
pub fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/sources"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        assert!(!sources().is_empty());
        for one in sources() {
            assert!(std::ptr::eq(source(&one.id).unwrap(), one), "{}", one.id);
        }
    }
}
