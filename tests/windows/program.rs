//! The program itself: how browsers start it, and what Windows shows of it.

use crate::screen::windows;
use crate::wine::{Portable, built, wine};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The extension's origin, from the manifest that allows it.
fn origin() -> String {
    let manifest: Value = serde_json::from_str(include_str!("../../manifest/native-host.json")).unwrap();
    manifest["allowed_origins"][0].as_str().unwrap().to_owned()
}

/// A host that a browser has started and that has introduced itself.
pub struct Held {
    child: Child,
    input: Option<ChildStdin>,
    output: ChildStdout,
}

impl Held {
    /// Started by the browser itself.
    pub fn by_browser(host: &str) -> Self {
        Self::start(wine(host).args([&origin(), "--parent-window=0"]))
    }

    /// Started through `cmd.exe`, as older browsers do.
    fn through_cmd(host: &str) -> Self {
        Self::start(wine("cmd").args(["/d", "/c", host, &origin(), "--parent-window=131844"]))
    }

    fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        let mut held = Self { child, input, output };
        assert_eq!(held.hear()["hello"]["protocol"], 1);
        held
    }

    /// Sends a message.
    pub fn send(&mut self, text: &str) {
        let length = u32::try_from(text.len()).unwrap().to_le_bytes();
        let input = self.input.as_mut().unwrap();
        input.write_all(&length).and_then(|()| input.write_all(text.as_bytes())).unwrap();
    }

    /// The next message.
    pub fn hear(&mut self) -> Value {
        let mut length = [0; 4];
        self.output.read_exact(&mut length).unwrap();
        let mut text = vec![0; u32::from_le_bytes(length) as usize];
        self.output.read_exact(&mut text).unwrap();
        serde_json::from_slice(&text).unwrap()
    }

    /// The browser goes; whether nothing more was said, and the program ended well.
    fn end(mut self) -> bool {
        self.input = None;
        let mut rest = Vec::new();
        self.output.read_to_end(&mut rest).unwrap();
        rest.is_empty() && self.child.wait().unwrap().success()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_answers_directly_and_through_cmd_and_shows_no_window() {
    let portable = Portable::new();
    for start in [Held::by_browser, Held::through_cmd] {
        let mut held = start(&portable.host());
        // A length of ten would become two bytes, were the output text.
        held.send("{      }");
        assert_eq!(held.hear()["error"]["code"], "bad-request");
        held.send(r#"{"id": 3, "command": "status"}"#);
        let answer = held.hear();
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&3.into(), &"no-service".into()));
        assert!(windows().is_empty());
        assert!(held.end());
    }
}

#[test]
fn what_it_prints_is_utf_8() {
    let (said, status) = Portable::new().run(&["status"]);
    assert!(said.starts_with("Akıllı kart servisi çalışmıyor."), "{said}");
    assert_eq!(status, Some(1));
}

#[test]
fn it_tells_windows_what_it_is_and_carries_no_symbols() {
    let program = fs::read(built("eimza-host.exe")).unwrap();
    let holds = |bytes: &[u8]| program.windows(bytes.len()).any(|part| part == bytes);
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for text in ["e-İmza Yardımcısı kart programı", "FileVersion", env!("CARGO_PKG_VERSION")] {
        assert!(holds(&wide(text)), "{text}");
    }
    assert!(holds(b"PerMonitorV2"));
    // COFF's header: how many symbols there are stands 16 bytes behind "PE".
    let number = |at: usize| u32::from_le_bytes(program[at..at + 4].try_into().unwrap());
    let header = usize::try_from(number(0x3C)).unwrap();
    assert_eq!((&program[header..header + 2], number(header + 16)), (&b"PE"[..], 0));
}
