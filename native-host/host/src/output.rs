//! Standard output, sealed: nothing but protocol messages reaches it.

use native_messaging::host::send_json;
use serde::Serialize;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// The only writer of native-messaging frames; shared by threads, whole frames at a time.
#[derive(Clone)]
pub struct Output(Arc<Mutex<Box<dyn Write + Send>>>);

impl Output {
    /// Takes standard output away from everybody else: what a library or a child process prints
    /// goes to standard error from now on.
    ///
    /// # Errors
    /// Where the descriptors cannot be duplicated.
    #[cfg(unix)]
    pub fn seal() -> io::Result<Self> {
        let own = std::fs::File::from(rustix::io::fcntl_dupfd_cloexec(io::stdout(), 3)?);
        rustix::stdio::dup2_stdout(io::stderr())?;
        Ok(Self::to(own))
    }

    /// As on Unix; there, children get their own handles and libraries do not print.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(unix))]
    pub fn seal() -> io::Result<Self> {
        Ok(Self::to(io::stdout()))
    }

    fn to(writer: impl Write + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Box::new(writer))))
    }

    /// Writes one frame. False where the reader is gone: the end of input follows.
    pub fn send(&self, message: &impl Serialize) -> bool {
        let mut writer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        send_json(&mut *writer, message).is_ok()
    }
}
