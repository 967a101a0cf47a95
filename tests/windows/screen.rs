//! The windows on the display, and simulated keyboard input.

use crate::wine::{root, wait_for, wine};
use std::io::Read;
use std::process::{Child, ChildStdin, Command, Stdio};

/// The title of every dialog of the host.
const TITLE: &str = "e-İmza Yardımcısı";

fn xdotool(arguments: &[&str]) -> String {
    let output = Command::new("xdotool").args(arguments).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// Returns the visible dialogs of the host.
pub fn windows() -> Vec<String> {
    xdotool(&["search", "--onlyvisible", "--name", TITLE]).lines().map(str::to_owned).collect()
}

/// A running operation with dialogs.
pub struct RunningOperation {
    program: Child,
    browser: Option<ChildStdin>,
    /// The dialog that was answered last.
    last_window: String,
}

impl RunningOperation {
    /// Starts an operation with these arguments of `window.rs`.
    pub fn start(arguments: &[&str]) -> Self {
        let program = root().join("target/x86_64-pc-windows-gnu/debug/examples/window.exe");
        let mut program =
            wine(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let browser = program.stdin.take();
        Self { program, browser, last_window: String::new() }
    }

    /// Waits for the next dialog to be shown and focused.
    pub fn window(&mut self) -> &mut Self {
        self.last_window = wait_for("a window", || {
            let new = windows().into_iter().find(|window| *window != self.last_window)?;
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

    /// Presses a key or key combination, by its X11 name.
    pub fn press(&mut self, key: &str) -> &mut Self {
        xdotool(&["key", key]);
        self
    }

    /// Saves a screenshot of the dialog.
    pub fn screenshot(&mut self, name: &str) -> &mut Self {
        let file = root().join("target/windows").join(name);
        assert!(
            Command::new("import").args(["-window", &self.last_window]).arg(file).status().unwrap().success()
        );
        self
    }

    /// Returns the width of the dialog in pixels.
    pub fn width(&self) -> u32 {
        let geometry = xdotool(&["getwindowgeometry", "--shell", &self.last_window]);
        let width = geometry.lines().find_map(|line| line.strip_prefix("WIDTH="));
        width.and_then(|width| width.parse().ok()).unwrap()
    }

    /// Closes the program's input, as a closed browser does.
    pub fn close_input(&mut self) {
        self.browser = None;
    }

    /// Returns the outcome, and the commands with codes that the card received.
    pub fn end(mut self) -> (String, Vec<String>) {
        let mut output = String::new();
        self.program.stdout.take().unwrap().read_to_string(&mut output).unwrap();
        let mut lines = output.lines().map(str::to_owned);
        (lines.next().unwrap_or_default(), lines.collect())
    }
}

impl Drop for RunningOperation {
    fn drop(&mut self) {
        self.browser = None; // which ends the program, under Wine too
        let _ = self.program.kill();
        let _ = self.program.wait();
        // The display may show its window for a moment longer.
        if !std::thread::panicking() {
            wait_for("the end of its window", || windows().is_empty().then_some(()));
        }
    }
}
