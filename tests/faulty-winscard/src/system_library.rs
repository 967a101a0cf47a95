//! The WinSCard of the system.

use std::ffi::{CStr, c_void};
use std::mem::transmute_copy;
use std::ptr::null_mut;
use std::sync::OnceLock;
use windows_sys::Win32::System::LibraryLoader::{GetProcAddress, LoadLibraryExW};

/// With its folder, so that it is not this library again.
const PATH: &str = r"C:\windows\system32\winscard.dll";

/// Returns a function of the system's library. `F` is its type.
pub(crate) fn function<F: Copy>(name: &CStr) -> F {
    static LIBRARY: OnceLock<usize> = OnceLock::new();
    let library = *LIBRARY.get_or_init(|| {
        let path: Vec<_> = PATH.encode_utf16().chain([0]).collect();
        // SAFETY: the path ends with NUL.
        unsafe { LoadLibraryExW(path.as_ptr(), null_mut(), 0) as usize }
    });
    // SAFETY: the library is never unloaded; the name ends with NUL.
    let address = unsafe { GetProcAddress(library as *mut c_void, name.as_ptr().cast()) };
    let address = address.expect("a function of WinSCard");
    assert_eq!(size_of::<F>(), size_of_val(&address));
    // SAFETY: the caller names the type of the function; both are pointers.
    unsafe { transmute_copy(&address) }
}
