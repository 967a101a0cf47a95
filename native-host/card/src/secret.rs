//! The one type that holds a PIN or a PUK.

use zeroize::Zeroizing;

/// A code, wiped when dropped. It has no `Debug`, no `Clone` and no `Display`, and its buffer never
/// moves: what was pushed over the fixed capacity is refused.
pub struct Secret(Zeroizing<Vec<u8>>);

/// The longest code in bytes that a prompt may hand over: far above any card's limit, so that a
/// too long entry is still told from a truncated one.
const CAPACITY: usize = 256;

impl Secret {
    /// An empty code to push bytes into.
    #[must_use]
    pub fn new() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(CAPACITY)))
    }

    /// Appends a byte; false, and nothing appended, where the buffer is full.
    pub fn push(&mut self, byte: u8) -> bool {
        let fits = self.0.len() < CAPACITY;
        if fits {
            self.0.push(byte);
        }
        fits
    }

    /// Parts in one, as a command with two codes carries them; none where a short command has no
    /// room for them (ISO 7816-4, section 5.1: Lc up to 255).
    pub(crate) fn joined(parts: &[&[u8]]) -> Option<Self> {
        let mut all = Self::new();
        let fits = parts.iter().copied().flatten().all(|&byte| all.push(byte));
        (fits && all.0.len() <= usize::from(u8::MAX)).then_some(all)
    }

    /// The bytes, for the card alone.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether the bytes end so: for what a prompt's program says of itself.
    #[must_use]
    pub fn ends_with(&self, end: &[u8]) -> bool {
        self.0.ends_with(end)
    }

    /// Whether both hold the same bytes, without stopping at the first difference.
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
    /// Bytes beyond the capacity are dropped; the length check of the card's rule refuses such codes.
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
    fn equal_codes_are_the_same_and_others_are_not() {
        assert!(secret("123456").constant_time_eq(&secret("123456")));
        assert!(!secret("123456").constant_time_eq(&secret("123457")));
        assert!(!secret("123456").constant_time_eq(&secret("1234567")));
    }

    #[test]
    fn the_buffer_never_grows_so_no_copy_stays_behind() {
        let mut code = Secret::new();
        let before = code.bytes().as_ptr();
        while code.push(b'7') {}
        assert_eq!(code.bytes().as_ptr(), before);
        assert_eq!(code.bytes().len(), CAPACITY);
    }
}
