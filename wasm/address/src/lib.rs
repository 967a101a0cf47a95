//! Abbreviations in Turkish addresses: where they are and what to write instead.
//!
//! The application form accepts no abbreviation in an address ("Cad., Sok. vb."). [`check`] finds them and
//! proposes the full words; [`fix_all`] writes the preferred ones. Pure: no I/O, no clock, no browser.
//!
//! What is known about abbreviations lives in `rules/*.json`, one row a rule, each with its source and its own
//! examples; the code only matches. A word that is also a Turkish word or a name stays untouched unless its
//! neighbours leave no doubt.

mod casing;
mod check;
mod context;
mod finding;
mod letters;
mod place;
mod rule;
mod site;
mod token;

pub use check::{check, fix_all};
pub use context::Condition;
pub use finding::{Finding, Severity};
pub use place::{Doubt, Part, Parts, Remark, doubts};
pub use rule::{Case, Category, Rule, rules};
