//! Starts threads without a panic if the system allows no more.

use eimza_session::Error;
use std::thread::Builder;

/// Starts a thread.
///
/// # Errors
/// [`Error::Exhausted`] if the system allows no more threads.
pub(crate) fn start_thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    Builder::new().name(name.to_owned()).spawn(work).map(drop).map_err(|error| {
        log::warn!("no thread: {error}");
        Error::Exhausted
    })
}
