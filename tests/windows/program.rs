//! Tests of the program itself: how browsers start it, and its resources.

use crate::screen::windows;
use crate::support::{Host, READERS, origin};
use crate::wine::{Portable, built, wine};
use serde_json::json;
use std::fs;

/// Starts a host as browsers do, and receives its hello message.
pub fn start_as_browser(host: &str) -> Host {
    Host::start_and_greet(wine(host).args([&origin(), "--parent-window=0"]))
}

/// Starts a host through `cmd.exe`, as older browsers do.
fn start_through_cmd(host: &str) -> Host {
    Host::start_and_greet(wine("cmd").args(["/d", "/c", host, &origin(), "--parent-window=131844"]))
}

#[test]
fn host_answers_directly_and_through_cmd_without_a_window() {
    let portable = Portable::new();
    for start in [start_as_browser, start_through_cmd] {
        let mut host = start(&portable.host());
        // In text mode, a line feed in the length or the message would become two bytes.
        host.send_text(&format!("{:10}", "\n"));
        assert_eq!(host.receive().unwrap()["error"]["code"], "bad-request");
        host.send(&json!({"id": 3, "command": "status"}));
        let answer = host.receive().unwrap();
        assert_eq!(
            (&answer["id"], &answer["result"]["status"]["readers"][0]["name"]),
            (&json!(3), &json!(READERS[0]))
        );
        assert!(windows().is_empty());
        let (rest, status) = host.end();
        assert!(rest.is_empty() && status.success());
    }
}

#[test]
fn output_is_utf_8() {
    let (output, status) = Portable::new().run(&["status"]);
    assert!(output.contains("Virtual PCD 00 00") && output.contains("Okuyucuda kart yok."), "{output}");
    assert_eq!(status, Some(0));
}

#[test]
fn program_has_version_resources_and_no_symbols() {
    let program = fs::read(built("eimza-host.exe")).unwrap();
    let holds = |bytes: &[u8]| program.windows(bytes.len()).any(|part| part == bytes);
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for text in ["e-İmza Yardımcısı kart programı", "FileVersion", env!("CARGO_PKG_VERSION")] {
        assert!(holds(&wide(text)), "{text}");
    }
    assert!(holds(b"PerMonitorV2"));
    // The number of symbols in the COFF header is 16 bytes after "PE".
    let number = |at: usize| u32::from_le_bytes(program[at..at + 4].try_into().unwrap());
    let header = usize::try_from(number(0x3C)).unwrap();
    assert_eq!((&program[header..header + 2], number(header + 16)), (&b"PE"[..], 0));
}
