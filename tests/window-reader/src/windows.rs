//! Reads the window with Win32 calls.

use serde_json::{Value, json};
use std::io::{self, BufRead, Write};
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{HWND, LPARAM};
use windows_sys::Win32::System::Threading::GetCurrentProcessId;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    FindWindowExW, GUITHREADINFO, GW_CHILD, GW_HWNDNEXT, GetClassNameW, GetGUIThreadInfo, GetPropW,
    GetWindow, GetWindowThreadProcessId, IsWindowVisible, SendMessageW, SetPropW, WM_GETTEXT,
};

/// The title of every window of the product.
const TITLE: &str = "e-İmza Yardımcısı";
/// Marks a window that was reported.
const REPORTED: &str = "eimza-window-reader";

/// Answers the lines of standard input.
pub fn run() -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        line?;
        writeln!(io::stdout(), "{}", window().map_or(Value::Null, describe))?;
        io::stdout().flush()?;
    }
    Ok(())
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// Returns the visible window of the product.
fn window() -> Option<HWND> {
    let title = wide(TITLE);
    let mut window = null_mut();
    loop {
        // SAFETY: the title ends with NUL; a window that is gone is not found again.
        window = unsafe { FindWindowExW(null_mut(), window, null(), title.as_ptr()) };
        if window.is_null() {
            return None;
        }
        let mut process = 0;
        // SAFETY: the process is written to a variable; a window that is gone is not visible.
        let is_visible = unsafe {
            GetWindowThreadProcessId(window, &raw mut process);
            IsWindowVisible(window) != 0 && process != GetCurrentProcessId()
        };
        if is_visible {
            return Some(window);
        }
    }
}

fn describe(window: HWND) -> Value {
    let reported = wide(REPORTED);
    // SAFETY: the name ends with NUL; the value is only compared with null.
    let is_new = unsafe {
        let is_new = GetPropW(window, reported.as_ptr()).is_null();
        SetPropW(window, reported.as_ptr(), 1 as _);
        is_new
    };
    let (mut texts, mut fields, mut buttons, mut handles) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // SAFETY: a window that is gone has no child.
    let mut child = unsafe { GetWindow(window, GW_CHILD) };
    while !child.is_null() {
        // SAFETY: as above.
        let is_visible = unsafe { IsWindowVisible(child) != 0 };
        match class(child).as_str() {
            "Static" if is_visible => texts.push(text(child)),
            "Edit" if is_visible => {
                handles.push(child);
                fields.push(texts.pop().unwrap_or_default());
            }
            "Button" if is_visible => buttons.push(text(child)),
            _ => {}
        }
        // SAFETY: as above.
        child = unsafe { GetWindow(child, GW_HWNDNEXT) };
    }
    let focus = focus(window).and_then(|focused| handles.iter().position(|handle| *handle == focused));
    json!({"is_new": is_new, "texts": texts, "fields": fields, "buttons": buttons, "focus": focus})
}

fn class(window: HWND) -> String {
    let mut name = [0; 64];
    // SAFETY: the buffer is as long as is said.
    let length = unsafe { GetClassNameW(window, name.as_mut_ptr(), 64) };
    String::from_utf16_lossy(&name[..usize::try_from(length).unwrap_or(0)])
}

/// Returns the text of a control, which its own process tells.
fn text(window: HWND) -> String {
    let mut text = vec![0_u16; 4096];
    // SAFETY: the buffer is as long as is said, and outlives the call.
    let length = unsafe { SendMessageW(window, WM_GETTEXT, text.len(), text.as_mut_ptr() as LPARAM) };
    String::from_utf16_lossy(&text[..usize::try_from(length).unwrap_or(0)]).replace("\r\n", "\n")
}

/// Returns the control with the focus in the thread of a window.
fn focus(window: HWND) -> Option<HWND> {
    let mut info = GUITHREADINFO {
        cbSize: u32::try_from(size_of::<GUITHREADINFO>()).unwrap_or(0),
        ..GUITHREADINFO::default()
    };
    // SAFETY: the structure has the size that it says.
    let succeeded = unsafe {
        let thread = GetWindowThreadProcessId(window, null_mut());
        GetGUIThreadInfo(thread, &raw mut info)
    };
    (succeeded != 0).then_some(info.hwndFocus)
}
