//! Which Kamu SM page is this, what to tell its visitor, and which step of which procedure it is.
//!
//! Pure decisions: a [`PageSnapshot`] comes in, [`Advice`] goes out; a [`SavedState`] remembers how
//! far the user is. No browser, no clock, no I/O. The facts are in `pages/`, `procedures/`,
//! `institutions/` and `data/`.

mod advise;
mod check;
mod hint;
mod host;
mod institution;
mod location;
mod money;
mod page;
mod procedure;
mod recognise;
mod saved_state;
mod snapshot;
mod source;
mod user_context;

pub use advise::advise;
pub use check::{IDENTITY_LENGTH, IdentityFault, identity};
pub use hint::{Action, Advice, Fix, Hint, Severity};
pub use host::{Host, host_of, hosts};
pub use institution::{
    Account, Channel, Chosen, Conflict, FaultReason, Imported, Institution, Link, Origin, PaperForm,
    PaymentRule, PriceNotice, ProfileFault, Receipt, Unit, Who, institutions,
};
pub use page::{ScreenId, screen_ids};
pub use procedure::{
    Checklist, Edition, Need, Payee, Payment, Procedure, Step, StepState, Superseded, procedures,
};
pub use saved_state::{Change, FILE, PageVisit, Progress, SavedState};
pub use snapshot::{Button, Field, FieldKind, PageSnapshot};
pub use source::{Grade, Source, source, sources};
pub use user_context::{Os, Role, Setting, UserContext, When};
