//! The rules of `rules/*.json`.

use crate::abbreviation::Severity;
use crate::context_condition::ContextCondition;
use crate::inflection::possessive;
use serde::Deserialize;
use std::sync::OnceLock;

/// One row of `rules/*.json`. Of several rules for a form, the first whose conditions hold applies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A stable id, unique in all files; without one, it is the word.
    #[serde(default)]
    pub id: String,
    /// The abbreviation in Turkish lower case without a final dot. Inner dots are required ("g.o.p");
    /// spellings without diacritics match, too.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The full word without a suffix, in mixed case. Its cuts of at least three letters (see
    /// [`crate::cut::is_cut`]) match with a dot, and without one where they have no vowel; and suffixes are
    /// accepted behind the abbreviation.
    pub word: Option<String>,
    /// Whether the word stands after the name that it belongs to, and so has the possessive suffix there.
    #[serde(default)]
    pub head: bool,
    /// The full words in mixed case, the preferred one first. Without any, these are the word, for a head
    /// preceded by its possessive form.
    #[serde(default)]
    pub expansions: Vec<String>,
    /// How certain it is that the abbreviation must be written out.
    pub severity: Severity,
    /// What the abbreviation stands for.
    pub category: Category,
    /// Whether the dot is required, because the form is also a word or a name.
    #[serde(default)]
    pub dot: bool,
    /// A condition on the neighbours.
    pub when: Option<ContextCondition>,
    /// The word before must be one of these; empty means any.
    #[serde(default)]
    pub previous: Vec<String>,
    /// The word after must be one of these; empty means any.
    #[serde(default)]
    pub next: Vec<String>,
    /// Which text determines the letter case of the expansion.
    #[serde(default)]
    pub case: Case,
    /// The source, as a short citation.
    #[cfg(feature = "examples")]
    pub source: String,
    /// Texts in which the rule finds something: text, abbreviation, preferred expansion.
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

/// Which text determines the letter case of the expansion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// The abbreviation: MAH.→MAHALLESİ, mah.→mahallesi.
    #[default]
    Writer,
    /// The surrounding words, for abbreviations that are always in capitals, such as AVM.
    Around,
    /// The next word, to which an initial belongs.
    Next,
    /// Lower case, unless the abbreviation is all capitals: Km→kilometre, KM→KİLOMETRE.
    Small,
}

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules"));

/// Returns all rules, in the order in which they are tried.
pub fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let mut rules: Vec<Rule> = eimza_packed::read(PACKED);
        for rule in &mut rules {
            rule.complete();
        }
        rules
    })
}

impl Rule {
    /// Derives what the row leaves out because it follows from the word.
    fn complete(&mut self) {
        let Some(word) = &self.word else { return };
        if self.id.is_empty() {
            self.id.clone_from(word);
        }
        if self.expansions.is_empty() {
            if self.head {
                self.expansions.push(possessive(word));
            }
            self.expansions.push(word.clone());
        }
    }
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
            assert!(!rule.forms.is_empty() || rule.word.is_some(), "{}", rule.id);
            assert!(!rule.expansions.is_empty(), "{}", rule.id);
            assert!(!rule.source.is_empty() && !rule.fires.is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn forms_and_neighbours_are_in_lower_case() {
        for rule in rules() {
            for word in rule.forms.iter().chain(&rule.previous).chain(&rule.next) {
                assert_eq!(*word, lower(word), "{}", rule.id);
            }
        }
    }
}
