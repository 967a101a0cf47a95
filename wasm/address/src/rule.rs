//! The rules: rows of data, read once.

use crate::abbreviation::Severity;
use crate::context::ContextCondition;
use serde::Deserialize;
use std::sync::OnceLock;

/// One row of `rules/*.json`. Of the rows that share a form the first whose conditions hold is taken.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A stable name, unique over all files.
    pub id: String,
    /// The abbreviation in Turkish small letters, without a closing dot. Inner dots must be written
    /// ("g.o.p"); spellings without Turkish marks match by themselves.
    pub forms: Vec<String>,
    /// Full words as they stand in a text of mixed case, the preferred one first.
    pub expansions: Vec<String>,
    /// How sure it is that the abbreviation must change.
    pub severity: Severity,
    /// What the abbreviation names.
    pub category: Category,
    /// The form needs its dot, for without it it is a word or a name.
    #[serde(default)]
    pub dot: bool,
    /// A condition on the place, by name.
    pub when: Option<ContextCondition>,
    /// The word before must be one of these; empty means any.
    #[serde(default)]
    pub previous: Vec<String>,
    /// The word after must be one of these; empty means any.
    #[serde(default)]
    pub next: Vec<String>,
    /// Where the letter case of the expansion comes from.
    #[serde(default)]
    pub case: Case,
    /// Where the fact comes from, as a short citation.
    #[cfg(feature = "examples")]
    pub source: String,
    /// Texts in which the rule speaks: text, abbreviation, preferred expansion.
    #[cfg(feature = "examples")]
    pub fires: Vec<(String, String, String)>,
    /// Texts in which nothing is found.
    #[cfg(feature = "examples")]
    #[serde(default)]
    pub silent: Vec<String>,
}

/// What an abbreviation names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Mahalle, mevki and the like.
    Quarter,
    /// Cadde, sokak, bulvar, meydan and the like.
    Road,
    /// Apartment house, estate, block.
    Building,
    /// Flat, floor, shop.
    Unit,
    /// The door number.
    Number,
    /// Postal code or post-office box.
    Post,
    /// An academic, professional or religious title.
    Title,
    /// A military or police rank.
    Rank,
    /// A public or commercial place.
    Institution,
    /// A province, district or part of a town.
    Place,
    /// The initial of a person whose name is known.
    Initial,
    /// A unit of measure.
    Measure,
}

/// Where the letter case of the expansion comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// From the abbreviation: MAH.→MAHALLESİ, mah.→mahallesi.
    #[default]
    Writer,
    /// From the words around, where capitals say nothing: AVM is capital in every text.
    Around,
    /// From the next word, to which an initial belongs.
    Next,
    /// Small, unless the abbreviation is all capitals: Km→kilometre, KM→KİLOMETRE.
    Small,
}

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules"));

/// All rules, in the order in which they are tried.
pub fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| eimza_packed::read(PACKED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_turkish::lower;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_is_read() {
        assert!(rules().len() > 100);
    }

    #[test]
    fn identifiers_are_unique() {
        let ids: BTreeSet<_> = rules().iter().map(|rule| &rule.id).collect();
        assert_eq!(ids.len(), rules().len());
    }

    #[test]
    fn every_rule_is_complete() {
        for rule in rules() {
            assert!(!rule.forms.is_empty() && !rule.expansions.is_empty(), "{}", rule.id);
            assert!(!rule.source.is_empty() && !rule.fires.is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn forms_and_neighbours_are_small_letters() {
        for rule in rules() {
            for word in rule.forms.iter().chain(&rule.previous).chain(&rule.next) {
                assert_eq!(*word, lower(word), "{}", rule.id);
            }
        }
    }
}
