//! The route to a card over the PKCS#11 module of its maker.
//!
//! The module runs in a helper process, because it may crash, hang or print. The host starts one for each
//! operation and decides everything: which token is the card, whether codes are passed on, and what the result
//! means. The helper makes the calls.

mod code;
mod conversation;
mod cryptoki;
mod helper;
mod helper_process;
#[cfg(feature = "in-process")]
pub mod in_process;
mod installed;
mod message;
mod module;
mod number;
mod outcome;
#[cfg_attr(windows, path = "windows_process.rs")]
mod process;
mod report;
mod route;
mod session;

pub use helper::run_helper;
pub use installed::{InstalledModule, installed_module};
pub use process::SUBCOMMAND;
pub use report::{ModuleReport, TokenFlags, module_report};
pub use route::Pkcs11Route;
