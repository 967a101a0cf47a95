//! The connection to the smart-card service.

use crate::error_mapping::access_error;
use crate::service::establish_error;
use eimza_session::Error;
use pcsc::{Context, Scope};

/// Connects to the service, which reports readers and cards.
pub(crate) fn establish_context() -> Result<Context, Error> {
    Context::establish(Scope::User).map_err(|error| {
        log::debug!("no smart-card service: {error:?}");
        establish_error(error).unwrap_or_else(|| access_error(error))
    })
}
