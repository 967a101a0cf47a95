//! Writes native-messaging frames to a standard output that nothing else can write to.

use crate::clean_output::clean_json;
use native_messaging::host::send_json;
use serde::Serialize;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Writes frames. Clones share the output, and frames are never interleaved.
#[derive(Clone)]
pub struct MessageWriter(Arc<Mutex<Box<dyn Write + Send>>>);

impl MessageWriter {
    /// Takes over standard output and redirects what libraries and child processes print to standard error.
    ///
    /// # Errors
    /// If the descriptors cannot be duplicated.
    #[cfg(unix)]
    pub fn take_stdout() -> io::Result<Self> {
        let output = std::fs::File::from(rustix::io::fcntl_dupfd_cloexec(io::stdout(), 3)?);
        rustix::stdio::dup2_stdout(io::stderr())?;
        Ok(Self::new(output))
    }

    /// Takes standard output. On Windows, child processes have their own handles, and libraries do not
    /// print.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(unix))]
    pub fn take_stdout() -> io::Result<Self> {
        Ok(Self::new(io::stdout()))
    }

    fn new(writer: impl Write + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Box::new(writer))))
    }

    /// Writes one frame, with every text in it cleaned. Returns false if the browser has exited; the end of the input follows.
    pub fn send(&self, message: &impl Serialize) -> bool {
        let Ok(message) = clean_json(message) else { return true };
        let mut writer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        send_json(&mut *writer, &message).is_ok()
    }
}
