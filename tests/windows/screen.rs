//! What is on the display, and a person's keys.

use crate::wine::{root, wait_for, wine};
use std::io::Read;
use std::process::{Child, ChildStdin, Command, Stdio};

/// The name of every window of the host.
const TITLE: &str = "e-İmza Yardımcısı";

fn xdotool(arguments: &[&str]) -> String {
    let output = Command::new("xdotool").args(arguments).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// The windows that are seen.
pub fn windows() -> Vec<String> {
    xdotool(&["search", "--onlyvisible", "--name", TITLE]).lines().map(str::to_owned).collect()
}

/// An operation in the host's own windows.
pub struct Asking {
    program: Child,
    browser: Option<ChildStdin>,
    /// The window that was answered last.
    seen: String,
}

impl Asking {
    /// Starts it, with the arguments of `window.rs`.
    pub fn about(arguments: &[&str]) -> Self {
        let program = root().join("target/x86_64-pc-windows-gnu/debug/examples/window.exe");
        let mut program =
            wine(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let browser = program.stdin.take();
        Self { program, browser, seen: String::new() }
    }

    /// Waits for the next window, and until it has the keys.
    pub fn window(&mut self) -> &mut Self {
        self.seen = wait_for("a window", || {
            let new = windows().into_iter().find(|window| *window != self.seen)?;
            (xdotool(&["getwindowfocus"]) == new).then_some(new)
        });
        self
    }

    /// Types codes, each into the next field.
    pub fn type_codes(&mut self, codes: &[&str]) -> &mut Self {
        for (at, code) in codes.iter().enumerate() {
            if at > 0 {
                self.press("Tab");
            }
            xdotool(&["type", code]);
        }
        self
    }

    /// Presses a key, by its X11 name, with others that are held.
    pub fn press(&mut self, key: &str) -> &mut Self {
        xdotool(&["key", key]);
        self
    }

    /// Leaves a picture of the display.
    pub fn picture(&mut self, name: &str) -> &mut Self {
        let file = root().join("target/windows").join(name);
        assert!(Command::new("import").args(["-window", &self.seen]).arg(file).status().unwrap().success());
        self
    }

    /// The browser goes away.
    pub fn leave(&mut self) {
        self.browser = None;
    }

    /// How it ended, and the commands with codes that the card got.
    pub fn end(mut self) -> (String, Vec<String>) {
        let mut said = String::new();
        self.program.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        let mut lines = said.lines().map(str::to_owned);
        (lines.next().unwrap_or_default(), lines.collect())
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.browser = None; // which ends it, under Wine too
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
