//! Bindings to the parts of the browser's extension interface (`chrome.*`) that the product uses, and
//! conversion between JavaScript values and Rust types.
//!
//! This is the only crate that binds `chrome`.

mod clock;
pub mod json;
mod object;
mod permissions;
mod promise;
mod runtime;
mod storage;

pub use clock::unix_time;
pub use permissions::request_permission;
pub use promise::on_settled;
pub use runtime::{PortConnection, send_message};
pub use storage::store_local;
