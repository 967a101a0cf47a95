//! Abbreviations in Turkish addresses: where they are and what to write instead.
//!
//! The application form accepts no abbreviation in an address ("Cad., Sok. vb."). [`find_abbreviations`] finds them and
//! proposes the full words; [`fix_all`] writes the preferred ones. Pure: no I/O, no clock, no browser.
//!
//! What is known about abbreviations lives in `rules/*.json`, one row a rule, each with its source and its own
//! examples; the code only matches. A word that is also a Turkish word or a name stays untouched unless its
//! neighbours leave no doubt.

mod abbreviation;
mod abbreviations;
mod casing;
mod context;
mod occurrence;
mod parts;
mod rule;
mod skeleton;
mod token;

pub use abbreviation::{Abbreviation, Severity};
pub use abbreviations::{find_abbreviations, fix_all};
pub use context::ContextCondition;
pub use parts::{AddressIssue, AddressIssueKind, AddressPart, AddressParts, check_parts};
pub use rule::{Case, Category, Rule, rules};
