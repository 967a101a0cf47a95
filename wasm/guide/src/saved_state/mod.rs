//! The saved state: the user's role and choices, the steps that are done, prices, imported profiles.

mod change;
mod lenient;
mod page_visit;
mod progress;
mod state;
mod updates;

pub use change::Change;
pub use page_visit::PageVisit;
pub use progress::{ProcedureProgress, StepStatus};
pub use state::{IMPORTED_PREFIX, SavedState};
