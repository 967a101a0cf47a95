//! The route to a card by commands over PC/SC. The only crate of the product that uses the PC/SC library: that of
//! pcsc-lite through the crate `pcsc`, that of Windows through `eimza-winscard`.
//!
//! A PC/SC call blocks for as long as another program keeps the card or a card does not respond. Every
//! connection therefore has a worker thread that makes the calls, and its caller waits for at most the
//! [`Timeouts`], after which the card is abandoned.

mod abandoned;
mod apdu_log;
mod card_link;
mod card_memory;
mod change_detector;
mod code_meaning;
mod command_route;
mod command_session;
mod connect;
mod connection;
mod context;
mod description;
mod error_mapping;
mod insertion;
mod known_states;
mod library;
mod monitor;
mod pcsc_link;
mod reader;
mod reader_name;
mod reader_status;
mod request;
mod service;
mod start_thread;
mod timeouts;
mod worker;

pub use card_link::CardLink;
pub use card_memory::CardMemory;
#[cfg(feature = "code-table")]
pub use code_meaning::codes_of_windows;
pub use command_route::CommandRoute;
pub use command_session::CommandSession;
pub use known_states::KnownStates;
pub use monitor::{ChangeSource, Changes, ReaderMonitor};
pub use request::carries_code;
pub use timeouts::Timeouts;
