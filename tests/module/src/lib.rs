//! A PKCS#11 module that misbehaves on order.
//!
//! It is configured by files in its own folder, which the test writes and may change between two calls:
//!
//! - `akisp11.conf`: lines `key value`; see [`Settings`].
//! - `akisp11.pin`, `akisp11.puk`, `akisp11.tries`: the codes of its card, and the tries left of the PUK.
//! - `akisp11.log`: each call, in order, with its process; never a code.

mod functions;
#[cfg(windows)]
mod handles;
mod misbehavior;
mod settings;

pub use functions::C_GetFunctionList;
pub use settings::Settings;
