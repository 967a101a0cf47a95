//! pcscd, the service of pcsc-lite.
//!
//! Its library reports a refusal in several ways (pcsc-lite, `src/winscard_clnt.c`): without permission for
//! the socket as "no service", and a client that polkit refuses, whose connection pcscd closes, as
//! "communication error", since pcsc-lite 2.3 as "security violation". Connecting once more tells them from
//! a service that does not run.

use eimza_card::TransportError;
use eimza_session::Error;
use std::io::{ErrorKind, Read};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The socket that Debian's and most other builds of pcsc-lite use (`PCSCLITE_CSOCK_NAME` in `config.h`).
const SOCKET: &str = "/run/pcscd/pcscd.comm";

/// How long pcscd may take to close the connection of a client that it refuses: it asks polkit first.
const REFUSAL_TIMEOUT: Duration = Duration::from_secs(2);

/// Returns the path of the service's socket. The library accepts another one in the environment.
fn socket() -> PathBuf {
    std::env::var_os("PCSCLITE_CSOCK_NAME").map_or_else(|| PathBuf::from(SOCKET), PathBuf::from)
}

/// Returns why the service is unavailable.
pub(crate) fn stopped_reason() -> Error {
    reason_at(&socket(), REFUSAL_TIMEOUT)
}

/// Returns why the connection to the service was lost.
pub(crate) fn lost_reason() -> Error {
    stopped_reason()
}

/// Returns the error of a card whose service has gone.
pub(crate) fn error_of_connected_card() -> TransportError {
    TransportError::ServiceGone
}

fn reason_at(socket: &Path, timeout: Duration) -> Error {
    match UnixStream::connect(socket) {
        Ok(connection) if closes(&connection, timeout) => Error::ServiceRefused,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            Error::SocketDenied { path: socket.display().to_string() }
        }
        Ok(_) | Err(_) => Error::NoService,
    }
}

/// Returns whether the other side closes a connection on which nothing was sent.
fn closes(mut connection: &UnixStream, timeout: Duration) -> bool {
    if connection.set_read_timeout(Some(timeout)).is_err() {
        return false;
    }
    match connection.read(&mut [0]) {
        Ok(length) => length == 0,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;
    use std::thread;

    fn reason(socket: &Path) -> Error {
        reason_at(socket, Duration::from_millis(50))
    }

    #[test]
    fn closed_connection_is_a_refusal() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("pcscd.comm");
        let listener = UnixListener::bind(&socket).unwrap();
        let service = thread::spawn(move || drop(listener.accept().unwrap()));
        assert_eq!(reason_at(&socket, REFUSAL_TIMEOUT), Error::ServiceRefused);
        service.join().unwrap();
    }

    #[test]
    fn service_that_is_missing_stopped_or_silent_does_not_run() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("pcscd.comm");
        assert_eq!(reason(&socket), Error::NoService);
        let listener = UnixListener::bind(&socket).unwrap();
        assert_eq!(reason(&socket), Error::NoService, "accepts nobody");
        drop(listener);
        assert_eq!(reason(&socket), Error::NoService, "a socket that nobody listens on");
    }
}
