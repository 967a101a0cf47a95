//! The type that holds a PIN or a PUK.

use alloc::vec::Vec;
use zeroize::Zeroizing;

/// A code, zeroed on drop. It implements neither `Debug` nor `Clone` nor `Display`, and its buffer never
/// moves: it has a fixed capacity.
pub struct Secret(Zeroizing<Vec<u8>>);

/// The capacity in bytes. It is far above the limit of any card, so that an entry that is too long is still
/// recognized as such.
const CAPACITY: usize = 256;

impl Secret {
    /// Returns an empty code.
    #[must_use]
    pub fn new() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(CAPACITY)))
    }

    /// Appends a byte; returns whether it fitted.
    pub fn push(&mut self, byte: u8) -> bool {
        let fits = self.0.len() < CAPACITY;
        if fits {
            self.0.push(byte);
        }
        fits
    }

    /// Concatenates parts for a command with two codes; returns `None` if they exceed the data field of a
    /// short command (ISO 7816-4, section 5.1: Lc up to 255).
    pub(crate) fn concatenated(parts: &[&[u8]]) -> Option<Self> {
        let mut secret = Self::new();
        let fits = parts.iter().copied().flatten().all(|&byte| secret.push(byte));
        (fits && secret.0.len() <= usize::from(u8::MAX)).then_some(secret)
    }

    /// Returns the bytes. Not public, because only commands to the card may use them.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns whether the bytes end with `end`; for replies of a prompt program that are not codes.
    #[must_use]
    pub fn ends_with(&self, end: &[u8]) -> bool {
        self.0.ends_with(end)
    }

    /// Compares two codes without stopping at the first difference.
    #[must_use]
    pub fn constant_time_eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().zip(other.0.iter()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
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
    }

    #[test]
    fn the_buffer_never_reallocates() {
        let mut code = Secret::new();
        let before = code.bytes().as_ptr();
        while code.push(b'7') {}
        assert_eq!(code.bytes().as_ptr(), before);
        assert_eq!(code.bytes().len(), CAPACITY);
    }
}
