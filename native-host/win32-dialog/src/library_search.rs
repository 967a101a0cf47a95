//! Where Windows looks for libraries that are loaded while the program runs.
#![allow(unsafe_code, reason = "calls Win32")]

use std::io;
use windows_sys::Win32::System::LibraryLoader::{LOAD_LIBRARY_SEARCH_SYSTEM32, SetDefaultDllDirectories};

/// Restricts the search for libraries to the system folder: by default Windows searches the program's own folder
/// first, in which a user may have placed a library of a system's name.
///
/// # Errors
/// If Windows is too old for it, which is no version that Rust supports.
pub fn search_libraries_in_system_folder_only() -> io::Result<()> {
    // SAFETY: the call has no requirements on its argument, and the constant is one of its flags.
    let done = unsafe { SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32) };
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
