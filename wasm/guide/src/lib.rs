//! Recognises Kamu SM's pages, checks their forms, and tracks the user's procedure.
//!
//! Pure functions: [`advise`] turns a [`PageSnapshot`] into [`PageAdvice`]; a [`SavedState`] holds the user's
//! progress. No browser, no clock, no I/O. The facts are in `pages/`, `procedures/`, `institutions/` and
//! `data/`.

mod advise;
mod check;
mod checklist;
mod hint;
mod hosts;
mod institution;
mod label;
mod location;
mod normalized_snapshot;
mod pages;
mod payment_hints;
mod procedure;
mod quarters;
mod recognise;
mod saved_state;
mod screen_id;
mod snapshot;
mod sources;
mod user_context;
mod wanted_quarters;

pub use advise::{PageAdvice, advise};
pub use check::{IDENTITY_NUMBER_LENGTH, IdentityNumberError, validate_identity_number};
pub use checklist::{Checklist, ChecklistStep};
pub use hint::{Action, Fix, Hint, Severity};
pub use hosts::{Host, host_of, hosts};
pub use institution::{
    Account, ActiveInstitution, Channel, Conflict, ImportedProfile, Institution, Link, Origin, PaperForm,
    Party, PaymentRule, PriceNotice, ProfileError, ProfileErrorKind, Receipt, Unit, institutions,
};
pub use pages::screen_ids;
pub use procedure::{Edition, Need, Payee, Payment, Procedure, Step, Supersession, procedures};
pub use quarters::provide_quarters;
pub use saved_state::{Change, IMPORTED_PREFIX, PageVisit, ProcedureProgress, SavedState, StepStatus};
pub use screen_id::ScreenId;
pub use snapshot::{Button, Field, FieldKind, PageSnapshot};
pub use sources::{Source, SourceKind, source, sources};
pub use user_context::{Condition, Environment, Os, Role, Signing, UserContext};
pub use wanted_quarters::wants_quarters;
