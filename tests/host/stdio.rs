//! Tests of native messaging and the command line without a smart-card service.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

#[path = "support/browser.rs"]
mod browser;

use browser::{HOST, Host, origin};
use serde_json::{Value, json};
use std::process::Command;

fn started_by_browser() -> Command {
    let mut command = Command::new(HOST);
    command.arg(origin());
    command
}

fn code(message: &Value) -> &str {
    message["error"]["code"].as_str().unwrap_or_default()
}

#[test]
fn host_sends_hello_first() {
    let mut host = Host::start(&mut started_by_browser());
    let hello = host.receive().unwrap();
    assert_eq!(hello["hello"]["protocol"], 1);
    assert!(hello["hello"]["version"].is_string());
}

#[test]
fn host_exits_at_the_end_of_input() {
    let (rest, status) = Host::start_and_greet(&mut started_by_browser()).end();
    assert!(status.success() && rest.is_empty());
}

#[test]
fn truncated_frame_ends_the_host_cleanly() {
    for bytes in [&[5][..], &[5, 0, 0, 0], &[5, 0, 0, 0, b'{']] {
        let mut host = Host::start_and_greet(&mut started_by_browser());
        host.send_raw(bytes);
        let (rest, status) = host.end();
        assert!(status.success() && rest.is_empty(), "{bytes:?}");
    }
}

#[test]
fn invalid_request_is_refused_and_the_next_one_is_read() {
    let mut host = Host::start_and_greet(&mut started_by_browser());
    for text in [
        "",
        "nonsense",
        "[]",
        "null",
        "{}",
        r#"{"id":1}"#,
        r#"[1,"status","tr",null]"#,
        r#"{"id":-1,"command":"status"}"#,
        r#"{"id":1,"command":"format"}"#,
        r#"{"id":1,"command":"unlock","pin":"1234"}"#,
        r#"{"id":1,"command":"status","lang":"de"}"#,
        &"[".repeat(8000),
    ] {
        host.send_text(text);
        assert_eq!(code(&host.receive().unwrap()), "bad-request", "{text:.40}");
    }
    host.send(&json!({"id": 7, "command": "status"}));
    assert_eq!(host.receive().unwrap()["id"], 7);
}

#[test]
fn refused_request_gets_its_id_back() {
    let mut host = Host::start_and_greet(&mut started_by_browser());
    host.send(&json!({"id": 42, "command": "format"}));
    assert_eq!(host.receive().unwrap()["id"], 42);
}

#[test]
fn invalid_utf8_is_refused() {
    let mut host = Host::start_and_greet(&mut started_by_browser());
    host.send_raw(&[2, 0, 0, 0, 0xFF, 0xFE]);
    assert_eq!(code(&host.receive().unwrap()), "bad-request");
}

#[test]
fn request_over_8_kib_is_refused_and_ends_the_host() {
    let mut host = Host::start_and_greet(&mut started_by_browser());
    host.send_raw(&(8 * 1024 + 1_u32).to_ne_bytes());
    assert_eq!(code(&host.receive().unwrap()), "too-large");
    let (rest, status) = host.end();
    assert!(status.success() && rest.is_empty());
}

#[test]
fn request_of_8_kib_is_read() {
    let mut host = Host::start_and_greet(&mut started_by_browser());
    let request = json!({"id": 1, "command": "status"}).to_string();
    host.send_text(&format!("{request:<8192}"));
    assert_eq!(host.receive().unwrap()["id"], 1);
}

/// Even if a program starts the host with another extension's origin and sends its request immediately.
#[test]
fn other_extensions_are_refused() {
    for stranger in ["chrome-extension://abcdefghijklmnopabcdefghijklmnop/", "moz-extension://x/"] {
        for arguments in [&[stranger][..], &[stranger, "--parent-window=0"], &[&origin(), stranger]] {
            let mut host = Host::start(Command::new(HOST).args(arguments));
            host.send(&json!({"id": 1, "command": "unlock"}));
            assert_eq!(code(&host.receive().unwrap()), "origin-refused", "{arguments:?}");
            assert!(host.receive().is_none(), "{arguments:?}");
        }
    }
}

#[test]
fn parent_window_and_missing_origin_are_accepted() {
    Host::start_and_greet(started_by_browser().arg("--parent-window=0"));
    Host::start_and_greet(&mut Command::new(HOST));
}

#[test]
fn missing_service_is_reported() {
    let mut host =
        Host::start_and_greet(started_by_browser().env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm"));
    for command in ["status", "unlock"] {
        host.send(&json!({"id": 1, "command": command}));
        assert_eq!(code(&host.receive().unwrap()), "no-service", "{command}");
    }
}

#[test]
fn wrong_usage_exits_with_2_and_prints_nothing_to_stdout() {
    for arguments in [
        &["unlock", "--pin", "1234"][..],
        &["format"],
        &["status", "--reader", "x"],
        &["watch", "--json", "x"],
    ] {
        let output = Command::new(HOST).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn failure_exits_with_1_and_a_reason_as_json() {
    let mut command = Command::new(HOST);
    let output =
        command.args(["status", "--json"]).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(1));
    let failure: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(code(&failure), "no-service");
    assert_eq!(failure["error"]["message"], "Akıllı kart servisi çalışmıyor.");
    let service = if cfg!(windows) { "Akıllı Kart" } else { "pcscd" };
    assert!(failure["error"]["remedy"].as_str().unwrap().contains(service));
}

/// Returns a number of `/proc/PID/status`.
#[cfg(target_os = "linux")]
fn process_number(process: u32, name: &str) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// Regression: every request got a thread; 18,000 made 15,905 threads and a panic.
#[test]
#[cfg(target_os = "linux")] // counts threads in /proc
fn flood_of_requests_is_answered_with_few_threads_and_little_memory() {
    const FLOOD: u32 = 20_000;
    let mut host =
        Host::start_and_greet(started_by_browser().env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm"));
    let process = host.process();
    let mut input = host.take_input();
    let writer = std::thread::spawn(move || {
        for id in 0..FLOOD {
            let command = ["status", "doctor", "unlock", "watch", "status"][id as usize % 5];
            let text = json!({"id": id, "command": command}).to_string();
            let length = u32::try_from(text.len()).unwrap().to_ne_bytes();
            std::io::Write::write_all(&mut input, &[&length, text.as_bytes()].concat()).unwrap();
        }
        input
    });
    let mut answered = vec![0; FLOOD as usize];
    let (mut codes, mut most_threads) = (std::collections::BTreeSet::new(), 0);
    let mut left = FLOOD;
    while left > 0 {
        let message = host.receive().expect("an answer to every request");
        let Some(id) = message["id"].as_u64() else { continue }; // an event
        answered[usize::try_from(id).unwrap()] += 1;
        codes.insert(code(&message).to_owned());
        if left.is_multiple_of(100) {
            most_threads = most_threads.max(process_number(process, "Threads"));
        }
        left -= 1;
    }
    assert!(answered.iter().all(|&times| times == 1));
    assert!(codes.contains("busy") && codes.contains("no-service"), "{codes:?}");
    assert!(!codes.contains("internal"), "{codes:?}");
    assert!(most_threads <= 16, "{most_threads} threads");
    let kilobytes = process_number(process, "VmHWM");
    assert!(kilobytes < 64 * 1024, "{kilobytes} KiB");

    let mut input = writer.join().unwrap();
    let text = json!({"id": FLOOD, "command": "unlock"}).to_string();
    let length = u32::try_from(text.len()).unwrap().to_ne_bytes();
    std::io::Write::write_all(&mut input, &[&length, text.as_bytes()].concat()).unwrap();
    while host.receive().unwrap()["id"] != FLOOD {}
    drop(input);
    assert!(host.end().1.success());
}

/// Regression: a thread that the system refused was a panic.
#[test]
#[cfg(target_os = "linux")]
fn host_without_a_thread_to_spare_answers_busy() {
    // A limit of threads holds for a user that no other process runs as, and not for root.
    const USER: [&str; 5] = ["--reuid", "64123", "--regid", "64123", "--clear-groups"];
    if !Command::new("setpriv").args(USER).arg("true").status().unwrap().success() {
        return; // in a user namespace there is no second user
    }
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("eimza-host");
    std::fs::copy(HOST, &program).unwrap();
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut limited = Command::new("prlimit");
    limited.args(["--nproc=1:1", "setpriv"]).args(USER).arg(program).arg(origin());
    let mut host = Host::start_and_greet(&mut limited);
    for (id, command) in ["status", "watch", "unlock", "doctor"].iter().enumerate() {
        host.send(&json!({"id": id, "command": command}));
        let answer = host.receive_reply();
        assert_eq!((&answer["id"], code(&answer)), (&json!(id), "busy"), "{command}");
    }
    assert!(host.end().1.success());
}
