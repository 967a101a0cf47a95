//! Reference data: the value of a code and the counter that guards it (ISO 7816-4, section 7.5).

use std::ops::RangeInclusive;

/// How many digits PIN and PUK have. The PIN objects among the files announce the same.
pub(crate) const DIGITS: RangeInclusive<usize> = 4..=8;

/// So many wrong entries in a row block a code.
pub const MAX_TRIES: u8 = 3;

/// The value of a PIN or a PUK: 4 to 8 ASCII digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Vec<u8>);

impl Code {
    /// The code in these bytes; none where they are not 4 to 8 ASCII digits.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let valid = DIGITS.contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit);
        valid.then(|| Self(bytes.to_vec()))
    }
}

/// A code on the card.
pub(crate) struct ReferenceData {
    value: Code,
    left: u8,
    verified: bool,
}

/// Why an entered code was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CardError {
    /// It is wrong; so many tries are left.
    Wrong(u8),
    /// No try was left before.
    Blocked,
}

impl ReferenceData {
    /// A code with `left` tries left, at most [`MAX_TRIES`]; none left means that it is blocked.
    pub(crate) fn new(value: Code, left: u8) -> Self {
        Self { value, left: left.min(MAX_TRIES), verified: false }
    }

    /// Compares an entry with the value: a right one restores the counter, a wrong one costs a try
    /// and ends the verified state.
    pub(crate) fn compare(&mut self, entry: &[u8]) -> Result<(), CardError> {
        if self.left == 0 {
            return Err(CardError::Blocked);
        }
        if entry == self.value.0 {
            self.left = MAX_TRIES;
            return Ok(());
        }
        self.left -= 1;
        self.verified = false;
        Err(CardError::Wrong(self.left))
    }

    /// Compares, and keeps in mind that the entry was right.
    pub(crate) fn verify(&mut self, entry: &[u8]) -> Result<(), CardError> {
        self.compare(entry)?;
        self.verified = true;
        Ok(())
    }

    /// Sets a new value with all tries; it has to be verified anew.
    pub(crate) fn set(&mut self, value: Code) {
        *self = Self::new(value, MAX_TRIES);
    }

    /// Whether the code was verified since the last [`Self::forget`].
    pub(crate) fn is_verified(&self) -> bool {
        self.verified
    }

    /// Ends the verified state, as a reset of the card does.
    pub(crate) fn forget(&mut self) {
        self.verified = false;
    }

    /// What a wrong entry could still cost: the state without spending a try.
    pub(crate) fn state(&self) -> CardError {
        if self.left == 0 { CardError::Blocked } else { CardError::Wrong(self.left) }
    }

    /// How many tries are left.
    pub(crate) fn left(&self) -> u8 {
        self.left
    }

    /// The value, as text.
    pub(crate) fn digits(&self) -> String {
        String::from_utf8_lossy(&self.value.0).into_owned()
    }

    /// Cuts this code's length off an entry that carries another code behind this one. The two
    /// follow each other without a mark, so only the card knows where the first one ends.
    pub(crate) fn split_off<'a>(&self, both: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
        both.split_at_checked(self.value.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(left: u8) -> ReferenceData {
        ReferenceData::new(Code::parse(b"123456").unwrap(), left)
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
    fn wrong_entries_count_down_and_then_block() {
        let mut pin = pin(3);
        let entries = [(); 4].map(|()| pin.compare(b"0000"));
        let expected = [CardError::Wrong(2), CardError::Wrong(1), CardError::Wrong(0), CardError::Blocked];
        assert_eq!(entries, expected.map(Err));
    }

    #[test]
    fn a_blocked_code_refuses_the_right_entry_too() {
        assert_eq!(pin(0).verify(b"123456"), Err(CardError::Blocked));
    }

    #[test]
    fn a_right_entry_restores_the_counter() {
        let mut pin = pin(1);
        pin.verify(b"123456").unwrap();
        assert_eq!(pin.state(), CardError::Wrong(MAX_TRIES));
    }

    #[test]
    fn comparing_alone_verifies_nothing() {
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
        assert_eq!(pin.compare(b"123456"), Err(CardError::Wrong(2)));
        assert_eq!(pin.compare(b"9876"), Ok(()));
    }

    #[test]
    fn more_tries_than_the_card_allows_are_cut_down() {
        assert_eq!(pin(200).state(), CardError::Wrong(MAX_TRIES));
    }
}
