//! The PC/SC library of the system: pcsc-lite, on Windows WinSCard. Both files have the same items.

#[cfg_attr(not(windows), path = "library/pcsclite.rs")]
#[cfg_attr(windows, path = "library/winscard.rs")]
mod platform;

pub(crate) use platform::{
    Card, Context, ReaderName, ReaderStatus, Transaction, bytes, connect_shared, control_code, disconnect,
    drop_and_reset, establish, is_status_answered, list_readers, plug_and_play, reset, states, text,
};
