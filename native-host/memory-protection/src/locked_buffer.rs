//! A buffer for one code.

use crate::page::Page;

/// A buffer for one code, or for data that contains one. It is in memory of its own that is not swapped out,
/// never moves, and is wiped when dropped. It implements neither `Debug` nor `Clone`.
pub struct LockedBuffer {
    page: Page,
    length: usize,
}

impl LockedBuffer {
    /// Returns an empty buffer. If the system allows no more locked memory, the buffer is not locked;
    /// everything else holds.
    #[must_use]
    pub fn new() -> Self {
        Self { page: Page::new(), length: 0 }
    }

    /// Returns a buffer of `length` zeros; `None` if that exceeds its capacity, at least 4,096 bytes.
    #[must_use]
    pub fn zeroed(length: usize) -> Option<Self> {
        let mut page = Page::new();
        page.bytes_mut(length)?;
        Some(Self { page, length })
    }

    /// Appends bytes, all or none; returns whether they fitted.
    pub fn append(&mut self, bytes: &[u8]) -> bool {
        let end = self.length.saturating_add(bytes.len());
        let Some(used) = self.page.bytes_mut(end) else {
            return false;
        };
        used[self.length..].copy_from_slice(bytes);
        self.length = end;
        true
    }

    /// Returns the bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.page.bytes()[..self.length]
    }

    /// Overwrites the bytes with zeros, even while they are borrowed by a call that never returned.
    pub(crate) fn wipe(&self) {
        self.page.wipe();
    }

    /// Returns the bytes for writing.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        self.page.bytes_mut(self.length).unwrap_or_default() // it fits
    }
}

impl Default for LockedBuffer {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_appended() {
        let mut buffer = LockedBuffer::new();
        assert!(buffer.append(b"12") && buffer.append(b"") && buffer.append(b"34"));
        assert_eq!(buffer.bytes(), b"1234");
        buffer.bytes_mut().fill(b'0');
        assert_eq!(buffer.bytes(), b"0000");
    }

    #[test]
    fn never_moves_and_refuses_what_does_not_fit() {
        let mut buffer = LockedBuffer::new();
        let start = buffer.bytes().as_ptr();
        while buffer.append(&[7; 100]) {}
        assert_eq!(buffer.bytes().as_ptr(), start);
        assert!(buffer.bytes().len() >= 4000 && buffer.bytes().iter().all(|&byte| byte == 7));
        assert!(LockedBuffer::zeroed(usize::MAX).is_none());
    }
}
