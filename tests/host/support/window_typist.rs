//! Answers the window of the Windows program, as `tests/host/pinentry.cjs` answers for a prompt program: with the same
//! answers, and with the same record of what was asked. The codes are typed on a simulated keyboard.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use serde_json::Value;
use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The environment variable that says that the host is the Windows program, and with which command to run
/// `tests/window-reader`.
const READER: &str = "EIMZA_WINDOW_READER";

/// Returns whether the host under test is the Windows program.
pub fn host_has_windows() -> bool {
    std::env::var_os(READER).is_some()
}

/// The program that tells what the window shows.
struct Reader {
    child: Child,
    output: BufReader<ChildStdout>,
}

/// Started once: a program under Wine takes a while.
static WINDOW_READER: Mutex<Option<Reader>> = Mutex::new(None);

/// Returns what the window shows; null without a window.
pub fn window() -> Value {
    let mut reader = WINDOW_READER.lock().unwrap_or_else(PoisonError::into_inner);
    let reader = reader.get_or_insert_with(|| {
        let command = std::env::var(READER).unwrap();
        let mut child =
            Command::new("wine").arg(command).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Reader { child, output }
    });
    writeln!(reader.child.stdin.as_mut().unwrap()).unwrap();
    let mut line = String::new();
    reader.output.read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

/// Has the next [`window`] see the screen as it is then.
pub fn forget_screen() {
    let reader = WINDOW_READER.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(Reader { mut child, output }) = reader {
        drop((child.stdin.take(), output)); // which ends it
        child.wait().unwrap();
    }
}

/// The number of the last typist. There is one user: the last one answers.
static LAST: AtomicUsize = AtomicUsize::new(0);

/// Types answers into windows until it is dropped, or another one is started.
pub struct WindowTypist {
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl WindowTypist {
    /// Answers the windows that appear from now on. `folder` gets the record, in the file `commands`.
    pub fn start(answers: &Value, folder: &Path) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let mut typing = Typing {
            answers: answers.as_object().unwrap().clone().into_iter().collect(),
            folder: folder.to_owned(),
            is_over: Arc::clone(&is_over),
            number: 1 + LAST.fetch_add(1, Ordering::AcqRel),
        };
        window(); // what is open now is not for these answers
        let thread = thread::spawn(move || {
            while !typing.is_over() {
                let shown = window();
                if shown["is_new"] == true {
                    typing.answer(&shown);
                }
                thread::sleep(Duration::from_millis(30));
            }
        });
        Self { is_over, thread: Some(thread) }
    }
}

impl Drop for WindowTypist {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// The answers that are left, and where what was asked is recorded.
struct Typing {
    answers: HashMap<String, Value>,
    folder: PathBuf,
    is_over: Arc<AtomicBool>,
    number: usize,
}

/// How a field or question was answered.
enum Answer {
    Typed,
    Cancelled,
    /// The window stays as it is.
    Left,
}

impl Typing {
    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Acquire) || LAST.load(Ordering::Acquire) != self.number
    }

    fn record(&self, line: &str) {
        let mut file =
            OpenOptions::new().create(true).append(true).open(self.folder.join("commands")).unwrap();
        writeln!(file, "{line}").unwrap();
    }

    /// Returns the next answer for this label; the last one is repeated.
    fn next(&mut self, label: &str) -> String {
        let answers = self.answers.get_mut(label).and_then(Value::as_array_mut);
        let Some(answers) = answers else { return "<cancel>".to_owned() };
        let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        answer.as_str().unwrap().to_owned()
    }

    fn answer(&mut self, window: &Value) {
        let texts = |key: &str| -> Vec<String> {
            let all = window[key].as_array().unwrap().iter();
            all.map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let (shown, fields, buttons) = (texts("texts"), texts("fields"), texts("buttons"));
        self.record(&format!("SETDESC {}", shown[0]));
        shown[1..].iter().for_each(|error| self.record(&format!("SETERROR {error}")));
        wait_for_focus();
        if fields.is_empty() {
            self.record("CONFIRM");
            let key = match self.next_when_due("CONFIRM").as_deref() {
                Some("yes") => format!("alt+{}", accelerator(&buttons[0])),
                Some(_) => "Escape".to_owned(),
                None => return,
            };
            return self.press_until_answered(&key, &window["texts"]);
        }
        let mut last = String::new();
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                press("Tab");
            }
            if let Some(label) = field.strip_suffix(" (tekrar)") {
                self.record(&format!("SETREPEAT {label}"));
                xdotool(&["type", &last]);
                continue;
            }
            self.record(&format!("SETPROMPT {field}"));
            self.record("GETPIN");
            match self.fill(field, &mut last) {
                Answer::Typed => {}
                Answer::Cancelled => return press("Escape"),
                Answer::Left => return,
            }
        }
        press("Return");
    }

    /// Presses the key that answers the question in a window, which loses it if it has just appeared.
    fn press_until_answered(&mut self, key: &str, question: &Value) {
        while !self.is_over() {
            press(key);
            for _ in 0..40 {
                let shown = window();
                if shown["is_new"] == true {
                    return self.answer(&shown);
                }
                if shown["texts"] != *question {
                    return;
                }
                thread::sleep(Duration::from_millis(25));
            }
        }
    }

    /// Types the next answer for a field.
    fn fill(&mut self, label: &str, typed: &mut String) -> Answer {
        match self.next_when_due(label).as_deref() {
            Some("<cancel>") => Answer::Cancelled,
            Some(code) => {
                xdotool(&["type", code]);
                code.clone_into(typed);
                Answer::Typed
            }
            None => Answer::Left,
        }
    }

    /// Returns the next answer, after its pause; `None` if the window is to be left as it is.
    fn next_when_due(&mut self, label: &str) -> Option<String> {
        loop {
            match self.next(label).as_str() {
                "<wait>" => return None,
                "<pause>" => {
                    while !self.folder.join("go").exists() {
                        if self.is_over() {
                            return None;
                        }
                        thread::sleep(Duration::from_millis(20));
                    }
                }
                answer => return Some(answer.to_owned()),
            }
        }
    }
}

/// Returns the letter that presses a button together with Alt.
fn accelerator(button: &str) -> String {
    let letter = button.split_once('&').and_then(|(_, rest)| rest.chars().next());
    letter.unwrap_or_else(|| panic!("no accelerator: {button}")).to_lowercase().collect()
}

/// Waits until the window that was found has the keyboard.
fn wait_for_focus() {
    for _ in 0..200 {
        let visible = xdotool(&["search", "--onlyvisible", "--name", "^e-İmza Yardımcısı$"]);
        let focused = xdotool(&["getwindowfocus"]);
        if visible.lines().any(|window| window == focused) {
            return;
        }
        thread::sleep(Duration::from_millis(25));
    }
    panic!("the window did not get the focus");
}

fn press(key: &str) {
    xdotool(&["key", key]);
}

fn xdotool(arguments: &[&str]) -> String {
    let output = Command::new("xdotool").args(arguments).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}
