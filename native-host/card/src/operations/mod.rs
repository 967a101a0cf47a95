//! Commands that use the user's codes, and the query of their state.

mod change;
mod code_command;
mod code_error;
mod code_state;
mod pad;
mod pad_error;
mod unblock;

pub(crate) use change::{ChangeFormat, change};
pub use code_error::CodeError;
pub use code_state::CodeState;
pub(crate) use code_state::query_code_state;
pub(crate) use pad::{change_on_pad, is_change_possible, is_unblock_possible, unblock_on_pad};
pub use pad_error::PadError;
pub(crate) use unblock::unblock;
