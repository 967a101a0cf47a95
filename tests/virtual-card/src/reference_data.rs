//! Reference data: the value of a code and its retry counter (ISO 7816-4, section 7.5).

use std::ops::RangeInclusive;

/// The number of digits of PIN and PUK. The PIN objects in [`crate::files`] declare the same.
pub(crate) const DIGITS: RangeInclusive<usize> = 4..=8;

/// The number of consecutive wrong entries that block a code.
pub const MAX_TRIES: u8 = 3;

/// The value of a PIN or a PUK: 4 to 8 ASCII digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Vec<u8>);

impl Code {
    /// Returns the code with these bytes; `None` unless they are 4 to 8 ASCII digits.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let valid = DIGITS.contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit);
        valid.then(|| Self(bytes.to_vec()))
    }
}

/// A code on the card.
pub(crate) struct ReferenceData {
    value: Code,
    tries_left: u8,
    is_verified: bool,
}

/// Why an entered code was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VerifyError {
    /// The code is wrong; with the tries left.
    Wrong(u8),
    /// The code was already blocked.
    Blocked,
}

impl ReferenceData {
    /// Creates a code with this many tries left, at most [`MAX_TRIES`]; 0 means blocked.
    pub(crate) fn new(value: Code, tries_left: u8) -> Self {
        Self { value, tries_left: tries_left.min(MAX_TRIES), is_verified: false }
    }

    /// Compares an entry with the value. A right entry resets the counter; a wrong one uses a try and ends
    /// the verified state.
    pub(crate) fn compare(&mut self, entry: &[u8]) -> Result<(), VerifyError> {
        if self.tries_left == 0 {
            return Err(VerifyError::Blocked);
        }
        if entry == self.value.0 {
            self.tries_left = MAX_TRIES;
            return Ok(());
        }
        self.tries_left -= 1;
        self.is_verified = false;
        Err(VerifyError::Wrong(self.tries_left))
    }

    /// Compares an entry and starts the verified state if it is right.
    pub(crate) fn verify(&mut self, entry: &[u8]) -> Result<(), VerifyError> {
        self.compare(entry)?;
        self.is_verified = true;
        Ok(())
    }

    /// Sets a new value, resets the counter and ends the verified state.
    pub(crate) fn set(&mut self, value: Code) {
        *self = Self::new(value, MAX_TRIES);
    }

    /// Returns whether the code was verified since the last [`Self::end_verified_state`].
    pub(crate) fn is_verified(&self) -> bool {
        self.is_verified
    }

    /// Ends the verified state, like a reset of the card.
    pub(crate) fn end_verified_state(&mut self) {
        self.is_verified = false;
    }

    /// Returns the state without using a try, in the form of an error.
    pub(crate) fn state(&self) -> VerifyError {
        if self.tries_left == 0 { VerifyError::Blocked } else { VerifyError::Wrong(self.tries_left) }
    }

    /// Returns whether this is its value.
    pub(crate) fn is(&self, value: &Code) -> bool {
        self.value == *value
    }

    /// Returns the tries left.
    pub(crate) fn tries_left(&self) -> u8 {
        self.tries_left
    }

    /// Returns the value as text.
    pub(crate) fn digits(&self) -> String {
        String::from_utf8_lossy(&self.value.0).into_owned()
    }

    /// Splits a data field with this code and another one. They are concatenated without a separator, so only
    /// the card knows where the first one ends.
    pub(crate) fn split_off<'a>(&self, both: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
        both.split_at_checked(self.value.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(tries_left: u8) -> ReferenceData {
        ReferenceData::new(Code::parse(b"123456").unwrap(), tries_left)
    }

    #[test]
    fn a_code_has_4_to_8_digits() {
        for right in ["1234", "12345678"] {
            assert!(Code::parse(right.as_bytes()).is_some(), "{right}");
        }
        for wrong in ["", "123", "123456789", "12a4", "12 4", "١٢٣٤"] {
            assert!(Code::parse(wrong.as_bytes()).is_none(), "{wrong}");
        }
    }

    #[test]
    fn wrong_entries_decrement_the_counter_and_block() {
        let mut pin = pin(3);
        let entries = [(); 4].map(|()| pin.compare(b"0000"));
        let expected =
            [VerifyError::Wrong(2), VerifyError::Wrong(1), VerifyError::Wrong(0), VerifyError::Blocked];
        assert_eq!(entries, expected.map(Err));
    }

    #[test]
    fn a_blocked_code_rejects_the_right_entry() {
        assert_eq!(pin(0).verify(b"123456"), Err(VerifyError::Blocked));
    }

    #[test]
    fn a_right_entry_resets_the_counter() {
        let mut pin = pin(1);
        pin.verify(b"123456").unwrap();
        assert_eq!(pin.state(), VerifyError::Wrong(MAX_TRIES));
    }

    #[test]
    fn comparing_does_not_start_the_verified_state() {
        let mut pin = pin(3);
        pin.compare(b"123456").unwrap();
        assert!(!pin.is_verified());
    }

    #[test]
    fn a_wrong_entry_ends_the_verified_state() {
        let mut pin = pin(3);
        pin.verify(b"123456").unwrap();
        assert!(pin.is_verified());
        pin.compare(b"654321").unwrap_err();
        assert!(!pin.is_verified());
    }

    #[test]
    fn a_new_value_unblocks_and_replaces_the_old_one() {
        let mut pin = pin(0);
        pin.set(Code::parse(b"9876").unwrap());
        assert_eq!(pin.compare(b"123456"), Err(VerifyError::Wrong(2)));
        assert_eq!(pin.compare(b"9876"), Ok(()));
    }

    #[test]
    fn limits_the_initial_tries() {
        assert_eq!(pin(200).state(), VerifyError::Wrong(MAX_TRIES));
    }
}
