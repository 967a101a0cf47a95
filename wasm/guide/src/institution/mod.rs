//! Profiles of institutions: what differs from one to the next. One format is used for the built-in profiles
//! (a file each in `institutions/`), for files that a user imports, and for the browser policy.

mod account_in_text;
mod built_in;
mod codes_in_text;
mod error;
mod hosts_in_text;
mod iban_countries;
mod json_line;
mod look_alike;
mod model;
mod number_tokens;
mod parser;
mod selection;
mod unique_keys;

pub use built_in::institutions;
pub use error::{ProfileError, ProfileErrorKind};
pub use model::{
    Account, Channel, Conflict, Institution, Link, PaperForm, Party, PaymentRule, PriceNotice, Receipt, Unit,
};
pub use selection::{ActiveInstitution, ImportedProfile, Origin};
