//! Checks of Turkish addresses: abbreviations with their full words, and parts that do not fit together.
//!
//! The application form accepts no abbreviation in an address ("Cad., Sok. vb."). [`find_abbreviations`]
//! finds them and proposes the full words; [`fix_all`] writes the preferred ones. [`check_parts`] compares
//! the fields of an address. Pure: no I/O, no clock, no browser.
//!
//! The abbreviations are data: `rules/*.json`, one row per rule, each with its source and its own examples.
//! An abbreviation that is also a Turkish word or a name counts only where its neighbours make it
//! unambiguous.

mod abbreviation;
mod abbreviations;
mod casing;
mod context;
mod context_condition;
mod cut;
#[cfg(feature = "examples")]
mod explain;
mod heads;
mod inflection;
mod occurrence;
mod official_name;
mod parts;
mod rule;
mod skeleton;
mod suffix;
mod token;

pub use abbreviation::{Abbreviation, Severity};
pub use abbreviations::{Refusal, find_abbreviations, fix_all};
pub use context_condition::ContextCondition;
#[cfg(feature = "examples")]
pub use explain::{Explanation, explain};
pub use parts::{
    AddressIssue, AddressIssueKind, AddressPart, AddressParts, Quarters, check_parts, in_official_order,
};
pub use rule::{Case, Category, Rule, rules};
