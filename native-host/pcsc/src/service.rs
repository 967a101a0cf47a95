//! The smart-card service: pcscd, on Windows SCardSvr.

#[cfg_attr(not(windows), path = "service/pcscd.rs")]
#[cfg_attr(windows, path = "service/scardsvr.rs")]
mod platform;

pub(crate) use platform::{error_of_connected_card, lost_reason, stopped_reason};
