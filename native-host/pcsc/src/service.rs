//! The connection to the smart-card service: pcscd, on Windows SCardSvr.

#[cfg_attr(not(windows), path = "service/pcscd.rs")]
#[cfg_attr(windows, path = "service/scardsvr.rs")]
mod platform;

use eimza_session::Error;
use pcsc::{Context, Scope};

pub(crate) use platform::unavailable_reason;

/// Connects to the service, which reports readers and cards.
pub(crate) fn establish_context() -> Result<Context, Error> {
    Context::establish(Scope::User).map_err(|error| {
        log::debug!("no smart-card service: {error:?}");
        platform::establish_error(error)
    })
}
