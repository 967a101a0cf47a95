//! Which Kamu SM page is this, what to tell its visitor, and which step of which procedure it is.
//!
//! Pure decisions: a [`PageSnapshot`] comes in, [`PageAdvice`] goes out; a [`SavedState`] remembers how
//! far the user is. No browser, no clock, no I/O. The facts are in `pages/`, `procedures/`,
//! `institutions/` and `data/`.

mod advise;
mod check;
mod hint;
mod host;
mod institution;
mod location;
mod page;
mod payment_hints;
mod procedure;
mod recognise;
mod saved_state;
mod snapshot;
mod source;
mod user_context;

pub use advise::advise;
pub use check::{IDENTITY_NUMBER_LENGTH, IdentityNumberError, validate_identity_number};
pub use hint::{Action, Fix, Hint, PageAdvice, Severity};
pub use host::{Host, host_of, hosts};
pub use institution::{
    Account, ActiveInstitution, Channel, Conflict, ImportedProfile, Institution, Link, Origin, PaperForm,
    Party, PaymentRule, PriceNotice, ProfileError, ProfileErrorKind, Receipt, Unit, institutions,
};
pub use page::{ScreenId, screen_ids};
pub use procedure::{
    Checklist, ChecklistStep, Edition, Need, Payee, Payment, Procedure, Step, Supersession, procedures,
};
pub use saved_state::{Change, IMPORTED_PREFIX, PageVisit, ProcedureProgress, SavedState};
pub use snapshot::{Button, Field, FieldKind, PageSnapshot};
pub use source::{Source, SourceKind, source, sources};
pub use user_context::{Condition, Environment, Os, Role, UserContext};
