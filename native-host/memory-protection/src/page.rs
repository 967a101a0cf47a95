//! Pages of memory for codes: locked, used for nothing else, and never returned to the system.
#![expect(unsafe_code, reason = "views of a page as bytes, and one that another thread may wipe meanwhile")]

use region::Protection;
use std::alloc::{Layout, handle_alloc_error};
use std::slice;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering, fence};
use std::sync::{Mutex, PoisonError};

/// Pages that are not in use, all zero. Unlocking a page could unlock another code in it, and locking anew
/// takes two system calls, so pages stay locked.
static FREE: Mutex<Vec<&[AtomicU8]>> = Mutex::new(Vec::new());

/// A page of memory. It is wiped, and free for the next code, when it is dropped.
pub(crate) struct Page {
    memory: &'static [AtomicU8],
    /// The number of bytes at its start that may have been written to.
    used: usize,
}

impl Page {
    /// Returns a page that is all zero. If the system allows no more locked memory, the page is not locked;
    /// everything else holds.
    pub(crate) fn new() -> Self {
        let free = FREE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Self { memory: free.unwrap_or_else(allocate), used: 0 }
    }

    /// Overwrites everything that was written with zeros. Other threads may do so, too, and may still read the page.
    pub(crate) fn wipe(&self) {
        for byte in &self.memory[..self.used] {
            byte.store(0, Ordering::Relaxed);
        }
        // The page outlives the program's use of it, so the compiler cannot drop the stores; the fence keeps
        // them before everything that follows.
        fence(Ordering::SeqCst);
    }

    /// Returns the bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        // SAFETY: the page is never freed, and its bytes are initialized: the system provides zeros. Nobody
        // writes to it meanwhile, with one exception: `LentBytes::wipe` may overwrite bytes that a call which
        // never returned has borrowed. That call has been waiting for a response for seconds and reads them
        // no more.
        unsafe { slice::from_raw_parts(self.memory.as_ptr().cast::<u8>(), self.memory.len()) }
    }

    /// Returns the first `length` bytes for writing; `None` if the page is shorter.
    pub(crate) fn bytes_mut(&mut self, length: usize) -> Option<&mut [u8]> {
        let memory = self.memory.get(..length)?;
        self.used = self.used.max(length);
        // SAFETY: as above; the page belongs to `self`, which is borrowed exclusively, and atomic integers
        // may be written through a shared reference.
        Some(unsafe { slice::from_raw_parts_mut(memory.as_ptr().cast::<u8>().cast_mut(), length) })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.wipe();
        FREE.lock().unwrap_or_else(PoisonError::into_inner).push(self.memory);
    }
}

/// Allocates a page and locks it in memory.
fn allocate() -> &'static [AtomicU8] {
    let size = region::page::size();
    let Ok(allocation) = region::alloc(size, Protection::READ_WRITE) else {
        // Out of memory, as for every other allocation.
        handle_alloc_error(Layout::from_size_align(size, size).unwrap_or(Layout::new::<u8>()));
    };
    let (start, size) = allocation.into_raw_parts::<AtomicU8>();
    match region::lock(start, size) {
        Ok(guard) => std::mem::forget(guard), // its Drop would unlock the page
        Err(error) => report_unlocked(&error),
    }
    // SAFETY: the allocation has this size, is readable, writable and zero, and is never freed.
    unsafe { slice::from_raw_parts(start, size) }
}

/// Logs, once, that memory cannot be locked.
fn report_unlocked(error: &region::Error) {
    static IS_REPORTED: AtomicBool = AtomicBool::new(false);
    if !IS_REPORTED.swap(true, Ordering::Relaxed) {
        log::debug!("memory for codes cannot be locked and may be swapped out: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiped_page_is_zero() {
        let mut page = Page::new();
        page.bytes_mut(100).unwrap().fill(7);
        page.wipe();
        assert!(page.bytes().iter().all(|&byte| byte == 0));
    }

    #[test]
    fn new_page_is_zero_although_it_was_used_before() {
        for _ in 0..10 {
            let mut page = Page::new();
            assert!(page.bytes().iter().all(|&byte| byte == 0));
            page.bytes_mut(100).unwrap().fill(7);
        }
    }

    #[test]
    fn pages_in_use_are_distinct() {
        let (mut one, other) = (Page::new(), Page::new());
        one.bytes_mut(4096).unwrap().fill(7);
        assert!(other.bytes().iter().all(|&byte| byte == 0));
        assert!(one.bytes_mut(usize::MAX).is_none());
    }
}
