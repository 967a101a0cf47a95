//! The handles of this process.

use windows_sys::Win32::Storage::FileSystem::{FILE_TYPE_PIPE, GetFileType};

/// More handles than a process has that has just started.
const MAX_HANDLES: usize = 1024;

/// Returns how many of the handles are pipes. Handles are multiples of four.
pub(crate) fn pipes() -> usize {
    let handles = (1..MAX_HANDLES).map(|index| (4 * index) as *mut core::ffi::c_void);
    // SAFETY: the call takes any number, and fails for one that is no handle.
    handles.filter(|handle| unsafe { GetFileType(*handle) } == FILE_TYPE_PIPE).count()
}
