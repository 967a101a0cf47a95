//! The type that holds a PIN or a PUK.

use eimza_memory_protection::LockedBuffer;

/// A code, in memory that is not swapped out and wiped on drop. It implements neither `Debug` nor `Clone` nor
/// `Display`, and its buffer never moves.
#[derive(Default)]
pub struct Secret(LockedBuffer);

/// The maximum length in bytes. It is far above the limit of any card, so that an entry that is too long is
/// still recognized as such.
const CAPACITY: usize = 256;

impl Secret {
    /// Returns an empty code.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a byte; returns whether it fitted.
    pub fn push(&mut self, byte: u8) -> bool {
        self.bytes().len() < CAPACITY && self.0.append(&[byte])
    }

    /// Concatenates parts for a command with two codes; returns `None` if they exceed the data field of a
    /// short command (ISO 7816-4, section 5.1: Lc up to 255).
    pub(crate) fn concatenated(parts: &[&[u8]]) -> Option<Self> {
        let mut secret = Self::new();
        let fits = parts.iter().copied().flatten().all(|&byte| secret.push(byte));
        (fits && secret.bytes().len() <= usize::from(u8::MAX)).then_some(secret)
    }

    /// Returns the bytes. Not public, because only commands to the card may use them; see
    /// [`Self::lend_to_route`] for other routes.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }

    /// Lends the bytes to a route that sends the code without commands of this crate, such as a PKCS#11 module.
    /// Whatever `send` copies of them has to be wiped by it.
    pub fn lend_to_route<T>(&self, send: impl FnOnce(&[u8]) -> T) -> T {
        send(self.bytes())
    }

    /// Returns whether the bytes end with `end`; for replies of a prompt program that are not codes.
    #[must_use]
    pub fn ends_with(&self, end: &[u8]) -> bool {
        self.bytes().ends_with(end)
    }

    /// Compares two codes without stopping at the first difference.
    #[must_use]
    pub fn constant_time_eq(&self, other: &Self) -> bool {
        let (one, other) = (self.bytes(), other.bytes());
        one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
    }
}

impl FromIterator<u8> for Secret {
    /// Drops bytes beyond the capacity; [`CodeFormat::check`](crate::CodeFormat::check) rejects such codes as
    /// too long.
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Self {
        let mut secret = Self::new();
        for byte in bytes {
            if !secret.push(byte) {
                break;
            }
        }
        secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        text.bytes().collect()
    }

    #[test]
    fn compares_codes_by_content() {
        assert!(secret("123456").constant_time_eq(&secret("123456")));
        assert!(!secret("123456").constant_time_eq(&secret("123457")));
        assert!(!secret("123456").constant_time_eq(&secret("1234567")));
        // The differences of the single digits cancel each other out.
        assert!(!secret("123456").constant_time_eq(&secret("213456")));
    }

    #[test]
    fn the_buffer_never_reallocates() {
        let mut code = Secret::new();
        let before = code.bytes().as_ptr();
        while code.push(b'7') {}
        assert_eq!(code.bytes().as_ptr(), before);
        assert_eq!(code.bytes().len(), CAPACITY);
    }

    #[test]
    fn parts_that_exceed_a_short_command_are_not_concatenated() {
        for (length, fits) in [(0, true), (255, true), (256, false), (257, false), (600, false)] {
            let bytes = alloc::vec![b'7'; length];
            let joined = Secret::concatenated(&[&bytes[..length / 2], &bytes[length / 2..]]);
            assert_eq!(joined.map(|code| code.bytes().len()), fits.then_some(length), "{length}");
        }
    }

    #[test]
    fn compares_its_end() {
        for (end, expected) in
            [("", true), ("456", true), ("123456", true), ("123", false), ("0123456", false)]
        {
            assert_eq!(secret("123456").ends_with(end.as_bytes()), expected, "{end}");
        }
    }
}
