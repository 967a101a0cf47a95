//! The connection to the smart-card service.

use crate::error_mapping::establish_error;
use crate::library::{self, Context};
use eimza_session::Error;

/// Connects to the service, which reports readers and cards.
pub(crate) fn establish_context() -> Result<Context, Error> {
    library::establish().map_err(|code| {
        log::debug!("no smart-card service: {code:?}");
        establish_error(code)
    })
}
