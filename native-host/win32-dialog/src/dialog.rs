//! Shows a dialog with Win32 calls.
#![expect(unsafe_code, reason = "Win32 has no safe interface")]

use crate::form::Form;
use crate::layout::{CANCEL, FIRST_FIELD, OK};
use crate::template::template;
use eimza_card::Secret;
use eimza_memory_protection::LockedBuffer;
use std::cell::RefCell;
use std::ffi::c_void;
use std::ptr::{null, null_mut};
use std::time::{Duration, Instant};
use windows_sys::Win32::Foundation::{HWND, LPARAM, WPARAM};
use windows_sys::Win32::System::LibraryLoader::GetModuleHandleW;
use windows_sys::Win32::System::StationsAndDesktops::{
    GetProcessWindowStation, GetUserObjectInformationW, UOI_FLAGS, USEROBJECTFLAGS,
};
use windows_sys::Win32::UI::Controls::{EM_EMPTYUNDOBUFFER, EM_SETLIMITTEXT};
use windows_sys::Win32::UI::Input::KeyboardAndMouse::SetFocus;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    DLGTEMPLATE, DWLP_MSGRESULT, DialogBoxIndirectParamW, EndDialog, GetDlgItem, GetDlgItemTextW,
    GetWindowLongPtrW, ICON_BIG, ICON_SMALL, LoadIconW, SW_SHOWNORMAL, SendDlgItemMessageW, SendMessageW,
    SetDlgItemTextW, SetForegroundWindow, SetTimer, SetWindowLongPtrW, ShowWindow, WINDOW_LONG_PTR_INDEX,
    WM_COMMAND, WM_INITDIALOG, WM_SETICON, WM_TIMER, WSF_VISIBLE,
};

/// The offset of application data in a dialog's window memory: after the message result and the dialog
/// procedure (`DWLP_USER` in winuser.h).
const DWLP_USER: WINDOW_LONG_PTR_INDEX =
    (DWLP_MSGRESULT as usize + 2 * size_of::<usize>()) as WINDOW_LONG_PTR_INDEX;

/// Interval in milliseconds at which cancellation and timeout are checked.
const CHECK_INTERVAL: u32 = 100;

/// The identifier of the icon among the program's resources (the host's `build.rs`).
const ICON: usize = 1;

/// The longest entry of a field: longer than any card's code, so that an entry that is too long is reported
/// as such.
const MAX_LENGTH: usize = 64;

/// How a dialog was closed.
pub enum Outcome {
    /// Confirmed, with the entry of each field.
    Confirmed(Vec<Secret>),
    /// Cancelled by the user or by the caller.
    Cancelled,
    /// Not answered in time.
    TimedOut,
    /// The dialog could not be shown.
    Failed,
}

/// The state of an open dialog.
struct State<'a> {
    field_count: u16,
    is_cancelled: &'a dyn Fn() -> bool,
    deadline: Instant,
    outcome: RefCell<Outcome>,
}

/// Shows a form and returns when it is closed: by the user, after the `timeout`, or soon after `is_cancelled`
/// returns true.
pub fn show(form: &Form, is_cancelled: &dyn Fn() -> bool, timeout: Duration) -> Outcome {
    let state = State {
        field_count: u16::try_from(form.fields.len()).unwrap_or(0),
        is_cancelled,
        deadline: Instant::now() + timeout,
        outcome: RefCell::new(Outcome::Failed),
    };
    let template = template(form);
    let data: *const State<'_> = &raw const state;
    // SAFETY: the template is complete, aligned to four bytes and outlives the call, as does the state, which
    // only the procedure receives; the procedure has the required signature.
    unsafe {
        DialogBoxIndirectParamW(
            null_mut(),
            template.as_ptr().cast::<DLGTEMPLATE>(),
            null_mut(),
            Some(procedure),
            data as LPARAM,
        );
    }
    state.outcome.into_inner()
}

/// Returns whether this process can show windows.
#[must_use]
pub fn has_desktop() -> bool {
    let mut flags = USEROBJECTFLAGS { fInherit: 0, fReserved: 0, dwFlags: 0 };
    let size = u32::try_from(size_of_val(&flags)).unwrap_or(0);
    // SAFETY: the handle of the window station must not be closed, and the size is that of the structure.
    let succeeded = unsafe {
        let buffer = (&raw mut flags).cast::<c_void>();
        GetUserObjectInformationW(GetProcessWindowStation(), UOI_FLAGS, buffer, size, null_mut())
    };
    succeeded != 0 && flags.dwFlags & WSF_VISIBLE.cast_unsigned() != 0
}

/// The dialog procedure, called by Windows for every message; returns 1 for messages that need no further
/// processing.
extern "system" fn procedure(window: HWND, message: u32, command: WPARAM, data: LPARAM) -> isize {
    if message == WM_INITDIALOG {
        // SAFETY: the window exists, and every dialog has memory at this offset.
        unsafe { SetWindowLongPtrW(window, DWLP_USER, data) };
    }
    // SAFETY: as above; nothing else writes to this offset, so it holds null or the state of `show`, which is
    // blocked until the dialog is closed.
    let state = unsafe { (GetWindowLongPtrW(window, DWLP_USER) as *const State<'_>).as_ref() };
    let Some(state) = state else { return 0 };
    match message {
        WM_INITDIALOG => isize::from(state.initialize(window)),
        WM_TIMER if (state.is_cancelled)() => state.close(window, Outcome::Cancelled),
        WM_TIMER if Instant::now() > state.deadline => state.close(window, Outcome::TimedOut),
        WM_COMMAND if command as u16 == OK => {
            let codes = state.field_ids().map(|id| read_field(window, id)).collect();
            state.close(window, Outcome::Confirmed(codes))
        }
        WM_COMMAND if command as u16 == CANCEL => state.close(window, Outcome::Cancelled),
        _ => 0,
    }
}

impl State<'_> {
    fn field_ids(&self) -> impl Iterator<Item = i32> {
        (0..self.field_count).map(|field| i32::from(FIRST_FIELD + field))
    }

    /// Prepares the dialog; returns whether Windows may set the initial focus.
    fn initialize(&self, window: HWND) -> bool {
        for id in self.field_ids() {
            // SAFETY: the window exists; the message carries no pointer.
            unsafe { SendDlgItemMessageW(window, id, EM_SETLIMITTEXT, MAX_LENGTH, 0) };
        }
        // Chromium starts the host hidden, and Windows applies that to the first call of ShowWindow; the
        // second call has an effect (Microsoft Learn, ShowWindow).
        for _ in 0..2 {
            // SAFETY: the window exists.
            unsafe { ShowWindow(window, SW_SHOWNORMAL) };
        }
        // SAFETY: the window exists, the timer sends a message and calls nothing, and the icon is a resource
        // of the program, which is never unloaded; without one, no icon is set. A number may be passed as a
        // resource name.
        unsafe {
            let icon = LoadIconW(GetModuleHandleW(null()), ICON as *const u16);
            for size in [ICON_SMALL, ICON_BIG] {
                SendMessageW(window, WM_SETICON, size as usize, icon as LPARAM);
            }
            SetTimer(window, 1, CHECK_INTERVAL, None);
            SetForegroundWindow(window);
        }
        if self.field_count == 0 {
            // The space bar must not confirm either.
            // SAFETY: the window and its button exist.
            unsafe { SetFocus(GetDlgItem(window, CANCEL.into())) };
        }
        self.field_count > 0
    }

    /// Wipes the fields and closes the dialog.
    fn close(&self, window: HWND, outcome: Outcome) -> isize {
        for id in self.field_ids() {
            wipe_field(window, id);
        }
        self.outcome.replace(outcome);
        // SAFETY: the window exists and is a dialog.
        unsafe { EndDialog(window, 0) };
        1
    }
}

/// Reads the entry of a field. Characters above U+00FF become a byte that is not a digit either.
fn read_field(window: HWND, id: i32) -> Secret {
    let text = FieldText::of(window, id);
    text.letters().map(|letter| u8::try_from(letter).unwrap_or(u8::MAX)).collect()
}

/// Overwrites the entry of a field with zeros in the field's own memory, then clears it.
fn wipe_field(window: HWND, id: i32) {
    let zeros = [u16::from(b'0'); MAX_LENGTH];
    let length = FieldText::of(window, id).length;
    let mut text = [0_u16; MAX_LENGTH + 1];
    text[..length].copy_from_slice(&zeros[..length]);
    // SAFETY: the window exists; both texts are null-terminated and outlive the calls; the message carries no
    // pointer.
    unsafe {
        SetDlgItemTextW(window, id, text.as_ptr());
        SetDlgItemTextW(window, id, [0].as_ptr());
        SendDlgItemMessageW(window, id, EM_EMPTYUNDOBUFFER, 0, 0);
    }
}

/// The entry of a field, in memory for codes.
struct FieldText {
    buffer: LockedBuffer,
    /// The number of UTF-16 units.
    length: usize,
}

impl FieldText {
    fn of(window: HWND, id: i32) -> Self {
        const SIZE: usize = MAX_LENGTH + 1;
        let Some(mut buffer) = LockedBuffer::zeroed(size_of::<[u16; SIZE]>()) else {
            return Self { buffer: LockedBuffer::new(), length: 0 }; // never: far below the capacity
        };
        // SAFETY: the window exists, and the buffer has room for this many units; it starts at a page, so it
        // is aligned for them.
        let length = unsafe {
            GetDlgItemTextW(window, id, buffer.bytes_mut().as_mut_ptr().cast::<u16>(), SIZE as i32)
        };
        Self { buffer, length: usize::try_from(length).unwrap_or(0).min(MAX_LENGTH) }
    }

    /// Returns the UTF-16 units.
    fn letters(&self) -> impl Iterator<Item = u16> {
        let units = self.buffer.bytes().chunks_exact(2).take(self.length);
        units.map(|pair| u16::from_ne_bytes([pair[0], pair[1]]))
    }
}
