//! The controls of a window.

use windows::Win32::Foundation::{HWND, LPARAM, RECT, WPARAM};
use windows::Win32::UI::Accessibility::IUIAutomation;
use windows::Win32::UI::WindowsAndMessaging::{
    GW_CHILD, GW_HWNDNEXT, GetClassNameW, GetClientRect, GetWindow, IsWindowVisible, SendMessageW, WM_GETTEXT,
};
use windows::core::Result;

/// What a control is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Field,
    Button,
}

/// A visible control.
pub struct Control {
    pub handle: HWND,
    pub kind: Kind,
    /// What a screen reader says.
    pub name: String,
    /// Its text, as its own process tells it: with the mark of the accelerator. Empty for a field: an entry is not read.
    pub text: String,
    /// Its width and height in pixels.
    pub size: [i32; 2],
}

/// Returns the visible controls of a window, in tab order.
pub fn of(window: HWND, automation: &IUIAutomation) -> Result<Vec<Control>> {
    let mut controls = Vec::new();
    // SAFETY: a window that is gone has no child.
    let mut next = unsafe { GetWindow(window, GW_CHILD) };
    while let Ok(handle) = next {
        // SAFETY: as above.
        let is_visible = unsafe { IsWindowVisible(handle) }.as_bool();
        if let Some(kind) = kind(handle).filter(|_| is_visible) {
            controls.push(Control {
                handle,
                kind,
                name: name(handle, automation)?,
                text: if kind == Kind::Field { String::new() } else { text(handle) },
                size: size(handle)?,
            });
        }
        // SAFETY: as above.
        next = unsafe { GetWindow(handle, GW_HWNDNEXT) };
    }
    Ok(controls)
}

fn kind(handle: HWND) -> Option<Kind> {
    let mut name = [0; 64];
    // SAFETY: the buffer is as long as is said.
    let length = unsafe { GetClassNameW(handle, &mut name) };
    match String::from_utf16_lossy(&name[..usize::try_from(length).unwrap_or(0)]).as_str() {
        "Static" => Some(Kind::Text),
        "Edit" => Some(Kind::Field),
        "Button" => Some(Kind::Button),
        _ => None,
    }
}

/// Returns the name that UI Automation tells of a window or control.
pub fn name(handle: HWND, automation: &IUIAutomation) -> Result<String> {
    // SAFETY: a window that is gone is an error.
    let name = unsafe { automation.ElementFromHandle(handle)?.CurrentName()? };
    Ok(name.to_string().replace("\r\n", "\n"))
}

fn text(handle: HWND) -> String {
    let mut text = vec![0_u16; 4096];
    let (length, buffer) = (WPARAM(text.len()), LPARAM(text.as_mut_ptr() as isize));
    // SAFETY: the buffer is as long as is said, and outlives the call.
    let length = unsafe { SendMessageW(handle, WM_GETTEXT, Some(length), Some(buffer)) };
    String::from_utf16_lossy(&text[..usize::try_from(length.0).unwrap_or(0)]).replace("\r\n", "\n")
}

fn size(handle: HWND) -> Result<[i32; 2]> {
    let mut area = RECT::default();
    // SAFETY: the area is written to a variable.
    unsafe { GetClientRect(handle, &raw mut area)? };
    Ok([area.right, area.bottom])
}
