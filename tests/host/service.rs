//! Tests that a smart-card service that refuses is told from one that does not run. A socket of the test's own
//! stands for pcscd: the library of pcsc-lite connects to the one that its environment names.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::Value;
use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use support::HOST;
use tempfile::TempDir;

/// `SCARD_W_SECURITY_VIOLATION` in pcsclite.h.
const SECURITY_VIOLATION: u32 = 0x8010_006A;
/// `SCARD_E_NO_ACCESS` in pcsclite.h.
const NO_ACCESS: u32 = 0x8010_0027;

/// A service with its socket.
struct Service(TempDir);

impl Service {
    /// Starts a service that treats each connection like this.
    fn start(treat: impl Fn(UnixStream) + Send + 'static) -> Self {
        let service = Self(tempfile::tempdir().unwrap());
        fs::set_permissions(service.0.path(), Permissions::from_mode(0o755)).unwrap();
        let listener = UnixListener::bind(service.socket()).unwrap();
        fs::set_permissions(service.socket(), Permissions::from_mode(0o666)).unwrap();
        thread::spawn(move || listener.incoming().flatten().for_each(treat));
        service
    }

    fn socket(&self) -> PathBuf {
        self.0.path().join("pcscd.comm")
    }

    /// Returns the output of a command for a user without privileges.
    fn run(&self, arguments: &[&str]) -> Value {
        // A user without privileges may not be able to reach the built program.
        let host = self.0.path().join("eimza-host");
        copy(HOST, &host);
        let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
        let mut command = Command::new(if is_root { "setpriv" } else { "env" });
        if is_root {
            command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
        }
        let output = command
            .arg(host)
            .args(arguments)
            .env("HOME", "/nonexistent")
            .env("PCSCLITE_CSOCK_NAME", self.socket())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Returns the error of `status`.
    fn error(&self) -> Value {
        self.run(&["status", "--json"])["error"].clone()
    }
}

/// Copies a program in another process: a process that another test starts meanwhile would keep a file open that
/// this one is writing, and a program that is open for writing cannot be started.
fn copy(program: &str, to: &Path) {
    assert!(Command::new("cp").arg(program).arg(to).status().unwrap().success());
}

/// Answers the version and the request for a context with an error, as in `winscard_msg.h` of pcsc-lite.
fn answer_context_with(error: u32) -> impl Fn(UnixStream) {
    move |mut client| {
        let mut header = [0; 8];
        while client.read_exact(&mut header).is_ok() {
            let word = |at: usize| u32::from_ne_bytes(header[at..at + 4].try_into().unwrap());
            let (length, command) = (word(0), word(4));
            let mut message = vec![0; length as usize];
            client.read_exact(&mut message).unwrap();
            // The last field of both messages is the return value.
            let value: u32 = if command == 0x11 { 0 } else { error };
            let end = message.len() - 4;
            message[end..].copy_from_slice(&value.to_ne_bytes());
            client.write_all(&message).unwrap();
        }
    }
}

#[test]
fn connection_closed_by_the_service_is_a_refusal() {
    let service = Service::start(drop);
    let error = service.error();
    assert_eq!(error["code"], "service-refused");
    for named in ["org.debian.pcsc-lite.access_pcsc", "oturum"] {
        assert!(error["remedy"].as_str().unwrap().contains(named), "{error}");
    }
    let findings = service.run(&["doctor", "--json"]);
    assert_eq!(findings["findings"][0]["problem"]["code"], "service-refused");
}

#[test]
fn refusals_that_the_service_answers_with_are_refusals() {
    for code in [SECURITY_VIOLATION, NO_ACCESS] {
        assert_eq!(Service::start(answer_context_with(code)).error()["code"], "service-refused", "{code:X}");
    }
}

#[test]
fn socket_without_permission_is_named() {
    let service = Service::start(drop);
    let socket = service.socket().display().to_string();
    let without_permission = [(service.socket(), 0o000), (service.socket(), 0o644)];
    for (path, mode) in without_permission {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        let error = service.error();
        let code = (error["code"].as_str(), error["path"].as_str());
        // The owner of a socket may write to it.
        if code.0 != Some("service-refused") || mode == 0 {
            assert_eq!(code, (Some("service-socket-denied"), Some(socket.as_str())), "{mode:o}");
            assert!(error["remedy"].as_str().unwrap().contains("SocketMode"), "{error}");
        }
    }
}

#[test]
fn service_that_does_not_run_is_not_called_a_refusal() {
    let service = Service(tempfile::tempdir().unwrap());
    fs::set_permissions(service.0.path(), Permissions::from_mode(0o755)).unwrap();
    assert_eq!(service.error()["code"], "no-service", "no socket");
    drop(UnixListener::bind(service.socket()).unwrap());
    fs::set_permissions(service.socket(), Permissions::from_mode(0o666)).unwrap();
    assert_eq!(service.error()["code"], "no-service", "nobody listens");
}
