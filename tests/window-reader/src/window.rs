//! Finds the window and describes it.

use crate::controls::{self, Kind};
use crate::room;
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};
use std::iter;
use windows::Win32::Foundation::{HANDLE, HWND};
use windows::Win32::System::Com::{
    CLSCTX_INPROC_SERVER, COINIT_MULTITHREADED, CoCreateInstance, CoInitializeEx,
};
use windows::Win32::System::Threading::GetCurrentProcessId;
use windows::Win32::UI::Accessibility::{CUIAutomation, IUIAutomation};
use windows::Win32::UI::HiDpi::{DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2, SetProcessDpiAwarenessContext};
use windows::Win32::UI::WindowsAndMessaging::{
    FindWindowExW, GUITHREADINFO, GetForegroundWindow, GetGUIThreadInfo, GetPropW, GetWindowThreadProcessId,
    IsWindowVisible, SetPropW,
};
use windows::core::{PCWSTR, Result, w};

/// The title of every window of the product.
const TITLE: PCWSTR = w!("e-İmza Yardımcısı");
/// Marks a window that was reported.
const REPORTED: PCWSTR = w!("eimza-window-reader");

/// Answers the lines of standard input.
pub fn run() -> Result<()> {
    // SAFETY: the first calls of the only thread.
    let automation: IUIAutomation = unsafe {
        SetProcessDpiAwarenessContext(DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2)?;
        CoInitializeEx(None, COINIT_MULTITHREADED).ok()?;
        CoCreateInstance(&CUIAutomation, None, CLSCTX_INPROC_SERVER)?
    };
    for line in io::stdin().lock().lines() {
        line?;
        // A window that is closed meanwhile is none.
        let shown = windows().find_map(|window| describe(window, &automation).ok());
        writeln!(io::stdout(), "{}", shown.unwrap_or(Value::Null))?;
        io::stdout().flush()?;
    }
    Ok(())
}

/// Returns the visible windows of the product.
fn windows() -> impl Iterator<Item = HWND> {
    // SAFETY: the title ends with NUL; a window that is gone is followed by none.
    let next = |after| unsafe { FindWindowExW(None, after, None, TITLE) }.ok();
    iter::successors(next(None), move |&window| next(Some(window))).filter(|&window| {
        let mut process = 0;
        // SAFETY: the process is written to a variable; a window that is gone is not visible.
        unsafe {
            GetWindowThreadProcessId(window, Some(&raw mut process));
            IsWindowVisible(window).as_bool() && process != GetCurrentProcessId()
        }
    })
}

fn describe(window: HWND, automation: &IUIAutomation) -> Result<Value> {
    let name = controls::name(window, automation)?;
    let controls = controls::of(window, automation)?;
    let of_kind = |kind: Kind| controls.iter().filter(move |control| control.kind == kind);
    let fields: Vec<_> = of_kind(Kind::Field).map(|field| &field.name).collect();
    let is_label = |text: &&String| fields.contains(text);
    let texts: Vec<_> = of_kind(Kind::Text).map(|text| &text.name).filter(|text| !is_label(text)).collect();
    let buttons: Vec<_> = of_kind(Kind::Button).map(|button| &button.text).collect();
    let focus = focus(window);
    let focus = controls.iter().find(|control| Some(control.handle) == focus).map(|control| &control.name);
    Ok(json!({
        "is_new": is_new(window)?,
        // SAFETY: takes nothing.
        "is_in_front": unsafe { GetForegroundWindow() } == window,
        "name": name,
        "texts": texts,
        "fields": fields,
        "buttons": buttons,
        "focus": focus,
        "cut_off": room::cut_off(&controls),
    }))
}

/// Returns whether the window was not reported yet, and marks it.
fn is_new(window: HWND) -> Result<bool> {
    // SAFETY: the name ends with NUL; the value is only compared with null.
    unsafe {
        let is_new = GetPropW(window, REPORTED).is_invalid();
        SetPropW(window, REPORTED, Some(HANDLE(1 as _)))?;
        Ok(is_new)
    }
}

/// Returns the control with the focus in the thread of a window.
fn focus(window: HWND) -> Option<HWND> {
    let mut info = GUITHREADINFO {
        cbSize: u32::try_from(size_of::<GUITHREADINFO>()).unwrap_or(0),
        ..GUITHREADINFO::default()
    };
    // SAFETY: the structure has the size that it says.
    let answered = unsafe {
        let thread = GetWindowThreadProcessId(window, None);
        GetGUIThreadInfo(thread, &raw mut info)
    };
    answered.ok().map(|()| info.hwndFocus)
}
