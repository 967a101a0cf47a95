//! The smart-card service: pcscd, on Windows SCardSvr.

#[cfg_attr(not(windows), path = "service/pcscd.rs")]
#[cfg_attr(windows, path = "service/scardsvr.rs")]
mod platform;

pub(crate) use platform::{establish_error, unavailable_reason};
