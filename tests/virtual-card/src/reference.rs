//! PIN and PUK: value, tries, and whether each is verified.

/// The codes of a card and how many wrong entries each has left.
#[derive(Debug, Clone)]
pub struct Codes {
    /// The PIN's digits.
    pub pin: String,
    /// Wrong PIN entries left; 0 is blocked.
    pub pin_tries: u8,
    /// The PUK's digits.
    pub puk: String,
    /// Wrong PUK entries left; 0 is blocked for ever.
    pub puk_tries: u8,
}

impl Default for Codes {
    fn default() -> Self {
        Self { pin: "123456".to_owned(), pin_tries: 3, puk: "12345678".to_owned(), puk_tries: 3 }
    }
}

/// Tries after a right entry.
const FULL: u8 = 3;

/// One code on the card.
#[derive(Debug)]
pub(crate) struct Reference {
    value: Vec<u8>,
    pub tries: u8,
    pub verified: bool,
}

/// How an entry went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    Right,
    /// Wrong; so many are left.
    Wrong(u8),
    Blocked,
}

impl Reference {
    pub(crate) fn new(value: &str, tries: u8) -> Self {
        Self { value: value.as_bytes().to_vec(), tries, verified: false }
    }

    /// Compares and counts.
    pub(crate) fn enter(&mut self, entry: &[u8]) -> Entry {
        self.verified = false;
        if self.tries == 0 {
            return Entry::Blocked;
        }
        if entry == self.value {
            self.tries = FULL;
            self.verified = true;
            return Entry::Right;
        }
        self.tries -= 1;
        Entry::Wrong(self.tries)
    }

    /// Sets a new value with all tries; false where it is no code of this card.
    pub(crate) fn set(&mut self, value: &[u8]) -> bool {
        let fits = is_code(value);
        if fits {
            self.value = value.to_vec();
            self.tries = FULL;
        }
        fits
    }

    /// The length of the value: in the combined commands it tells the first code from the second.
    pub(crate) fn length(&self) -> usize {
        self.value.len()
    }
}

/// 4 to 16 digits, as the PIN objects say.
pub(crate) fn is_code(value: &[u8]) -> bool {
    (4..=16).contains(&value.len()) && value.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_entries_count_down_to_blocked_and_a_right_one_counts_up() {
        let mut pin = Reference::new("1234", 2);
        assert_eq!(pin.enter(b"0000"), Entry::Wrong(1));
        assert_eq!(pin.enter(b"1234"), Entry::Right);
        assert_eq!(pin.enter(b"0000"), Entry::Wrong(2));
        assert_eq!(pin.enter(b"0000"), Entry::Wrong(1));
        assert_eq!(pin.enter(b"0000"), Entry::Wrong(0));
        assert_eq!(pin.enter(b"1234"), Entry::Blocked);
    }

    #[test]
    fn only_codes_of_the_card_can_be_set() {
        let mut pin = Reference::new("1234", 0);
        assert!(!pin.set(b"123") && !pin.set(b"12a4") && !pin.set(&[b'1'; 17]));
        assert_eq!(pin.enter(b"1234"), Entry::Blocked);
        assert!(pin.set(b"5678"));
        assert_eq!(pin.enter(b"5678"), Entry::Right);
    }
}
