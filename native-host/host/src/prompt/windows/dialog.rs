//! The window itself: the one file that calls Win32.
#![expect(unsafe_code, reason = "windows are Win32's, which has no safe interface")]

use super::form::Form;
use super::layout::{CANCEL, FIRST_FIELD, OK};
use super::template::template;
use crate::prompt::Stop;
use eimza_card::Secret;
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
use zeroize::Zeroizing;

/// The place in a dialog's window for a pointer of its own: behind the result and the procedure (`DWLP_USER` in
/// winuser.h).
const OWN: WINDOW_LONG_PTR_INDEX =
    (DWLP_MSGRESULT as usize + 2 * size_of::<usize>()) as WINDOW_LONG_PTR_INDEX;

/// So often, in milliseconds, it is seen whether the operation was ended or the time is over.
const LOOK: u32 = 100;

/// The icon's number among the program's resources (`build.rs`).
const ICON: usize = 1;

/// A field takes so many digits: more than any card's code has, so that a too long one is told as such.
const LONGEST: usize = 64;

/// How a window ended.
pub(super) enum Ended {
    /// With what was typed, field by field.
    Given(Vec<Secret>),
    /// The user gave up, or the operation was ended.
    Cancelled,
    /// Nobody answered.
    TimedOut,
    /// There was no window.
    Failed,
}

/// What a window's procedure knows.
struct State<'a> {
    fields: u16,
    stop: &'a Stop,
    until: Instant,
    ended: RefCell<Ended>,
}

/// Shows a form and returns when it is closed, at the latest after `limit`.
pub(super) fn show(form: &Form<'_>, stop: &Stop, limit: Duration) -> Ended {
    let state = State {
        fields: u16::try_from(form.fields.len()).unwrap_or(0),
        stop,
        until: Instant::now() + limit,
        ended: RefCell::new(Ended::Failed),
    };
    let template = template(form);
    let own: *const State<'_> = &raw const state;
    // SAFETY: the template is whole, begins at a multiple of four bytes and outlives the call, as does the state, which
    // the procedure alone gets; the procedure has the signature that is wanted.
    unsafe {
        DialogBoxIndirectParamW(
            null_mut(),
            template.as_ptr().cast::<DLGTEMPLATE>(),
            null_mut(),
            Some(procedure),
            own as LPARAM,
        );
    }
    state.ended.into_inner()
}

/// Whether this process can show a window.
pub(super) fn has_desktop() -> bool {
    let mut flags = USEROBJECTFLAGS { fInherit: 0, fReserved: 0, dwFlags: 0 };
    let size = u32::try_from(size_of_val(&flags)).unwrap_or(0);
    // SAFETY: the station's handle needs no closing, and the structure is as large as is said.
    let told = unsafe {
        let place = (&raw mut flags).cast::<c_void>();
        GetUserObjectInformationW(GetProcessWindowStation(), UOI_FLAGS, place, size, null_mut())
    };
    told != 0 && flags.dwFlags & WSF_VISIBLE.cast_unsigned() != 0
}

/// Called by Windows for every message to the window; 1 where that is all there is to do about it.
extern "system" fn procedure(window: HWND, message: u32, what: WPARAM, own: LPARAM) -> isize {
    if message == WM_INITDIALOG {
        // SAFETY: the window is there, and the place is one that a dialog has.
        unsafe { SetWindowLongPtrW(window, OWN, own) };
    }
    // SAFETY: as above; nobody else writes to that place, so it holds the state of `show`, which waits, or nothing yet.
    let state = unsafe { (GetWindowLongPtrW(window, OWN) as *const State<'_>).as_ref() };
    let Some(state) = state else { return 0 };
    match message {
        WM_INITDIALOG => isize::from(state.begin(window)),
        WM_TIMER if state.stop.is_stopped() => state.end(window, Ended::Cancelled),
        WM_TIMER if Instant::now() > state.until => state.end(window, Ended::TimedOut),
        WM_COMMAND if what as u16 == OK => {
            let codes = state.ids().map(|id| read(window, id)).collect();
            state.end(window, Ended::Given(codes))
        }
        WM_COMMAND if what as u16 == CANCEL => state.end(window, Ended::Cancelled),
        _ => 0,
    }
}

impl State<'_> {
    /// The numbers of the fields.
    fn ids(&self) -> impl Iterator<Item = i32> {
        (0..self.fields).map(|field| i32::from(FIRST_FIELD + field))
    }

    /// Prepares the window; whether Windows may choose what has the focus.
    fn begin(&self, window: HWND) -> bool {
        for id in self.ids() {
            // SAFETY: the window is there; neither message carries a pointer.
            unsafe { SendDlgItemMessageW(window, id, EM_SETLIMITTEXT, LONGEST, 0) };
        }
        // Chromium starts the host hidden, and Windows takes that for the first window to be shown: the second time it is
        // the window's own will that counts (Microsoft Learn, ShowWindow).
        for _ in 0..2 {
            // SAFETY: the window is there.
            unsafe { ShowWindow(window, SW_SHOWNORMAL) };
        }
        // SAFETY: the window is there, the timer tells it by a message and calls nothing, and the icon is the program's
        // own, which is never unloaded; where it has none, none is set. A number stands for a name of resources.
        unsafe {
            let icon = LoadIconW(GetModuleHandleW(null()), ICON as *const u16);
            for size in [ICON_SMALL, ICON_BIG] {
                SendMessageW(window, WM_SETICON, size as usize, icon as LPARAM);
            }
            SetTimer(window, 1, LOOK, None);
            SetForegroundWindow(window);
        }
        if self.fields == 0 {
            // The space bar is no yes either.
            // SAFETY: the window and its button are there.
            unsafe { SetFocus(GetDlgItem(window, CANCEL.into())) };
        }
        self.fields > 0
    }

    /// Empties the fields and closes the window.
    fn end(&self, window: HWND, ended: Ended) -> isize {
        for id in self.ids() {
            wipe(window, id);
        }
        self.ended.replace(ended);
        // SAFETY: the window is there and a dialog.
        unsafe { EndDialog(window, 0) };
        1
    }
}

/// What a field holds. A letter that is no ASCII becomes a byte that is no digit either.
fn read(window: HWND, id: i32) -> Secret {
    let mut text = Zeroizing::new([0_u16; LONGEST + 1]);
    let length = get(window, id, &mut text);
    text[..length].iter().map(|&letter| u8::try_from(letter).unwrap_or(u8::MAX)).collect()
}

/// Writes zeros over what a field holds, in its own memory, and empties it.
fn wipe(window: HWND, id: i32) {
    let mut text = Zeroizing::new([0_u16; LONGEST + 1]);
    let length = get(window, id, &mut text);
    text[..length].fill(u16::from(b'0'));
    // SAFETY: the window is there; both texts end with a zero and outlive the calls, and the message carries nothing.
    unsafe {
        SetDlgItemTextW(window, id, text.as_ptr());
        SetDlgItemTextW(window, id, [0].as_ptr());
        SendDlgItemMessageW(window, id, EM_EMPTYUNDOBUFFER, 0, 0);
    }
}

fn get(window: HWND, id: i32, text: &mut [u16; LONGEST + 1]) -> usize {
    let room = i32::try_from(text.len()).unwrap_or(0);
    // SAFETY: the window is there, and the buffer has the room that is said.
    let length = unsafe { GetDlgItemTextW(window, id, text.as_mut_ptr(), room) };
    usize::try_from(length).unwrap_or(0).min(LONGEST)
}
