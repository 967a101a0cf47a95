//! Access to smart cards over PC/SC. The only crate of the product that links the PC/SC library.
//!
//! A PC/SC call blocks for as long as another program keeps the card or a card does not respond. Every
//! [`Connection`] therefore has a worker thread that makes the calls, and its caller waits for at most the
//! [`Timeouts`], after which the card is abandoned.

mod abandoned;
mod apdu_log;
mod connect;
mod connection;
mod error;
mod error_mapping;
mod monitor;
mod reader;
mod reader_name;
mod request;
mod service;
mod start_thread;
mod timeouts;
mod worker;

pub use connection::{Connection, Transaction};
pub use error::Error;
pub use monitor::ReaderMonitor;
pub use reader::{Reader, list_readers};
pub use request::carries_code;
#[cfg(not(windows))]
pub use service::socket;
pub use timeouts::Timeouts;
