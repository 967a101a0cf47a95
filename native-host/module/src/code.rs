//! A code on its way into the module.

use cryptoki_sys::{CK_ULONG, CK_UTF8CHAR_PTR};
use eimza_memory_protection::LockedBuffer;

/// A code in locked memory, which is wiped when dropped. A NUL follows it, for modules that read it as a string
/// whatever length they are told.
pub struct Code {
    buffer: LockedBuffer,
    length: usize,
}

impl Code {
    /// Copies a code; `None` if it is longer than any.
    pub(crate) fn new(code: &[u8]) -> Option<Self> {
        let mut buffer = LockedBuffer::new();
        (buffer.append(code) && buffer.append(&[0])).then_some(Self { buffer, length: code.len() })
    }

    /// Returns its address and its length without the NUL. Modules take codes as writable.
    pub(crate) fn as_ptr(&mut self) -> (CK_UTF8CHAR_PTR, CK_ULONG) {
        // Codes are shorter than a page, so the length fits everywhere.
        (self.buffer.bytes_mut().as_mut_ptr(), self.length as CK_ULONG)
    }

    /// Returns its bytes, for modules in this process.
    #[cfg(feature = "in-process")]
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.buffer.bytes()[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_ends_with_a_nul_that_its_length_does_not_count() {
        let mut code = Code::new(b"1234").unwrap();
        assert_eq!((code.as_ptr().1, code.buffer.bytes()), (4, &b"1234\0"[..]));
        assert!(Code::new(&[b'1'; 1 << 20]).is_none());
    }
}
