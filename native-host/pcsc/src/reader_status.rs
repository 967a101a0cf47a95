//! What the smart-card service says about a reader.

/// A reader with its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReaderStatus<Name> {
    pub(crate) name: Name,
    /// Bits of `SCARD_STATE_…`, with the count of insertions and removals in the upper half: as the caller knows
    /// them, and once the service was asked, as they are.
    pub(crate) state: u32,
    /// The answer to reset of the card in it; empty without one.
    pub(crate) atr: Vec<u8>,
}

/// The bits of a state (winscard.h, `pcsclite.h`).
const UNKNOWN: u32 = 0x0004;
const UNAVAILABLE: u32 = 0x0008;
const EMPTY: u32 = 0x0010;
const PRESENT: u32 = 0x0020;
const EXCLUSIVE: u32 = 0x0080;
const IN_USE: u32 = 0x0100;
const MUTE: u32 = 0x0200;

/// What is different for another card, or none: above these bits, also the count.
const CARD: u32 = 0xFFFF_0000 | UNKNOWN | UNAVAILABLE | EMPTY | PRESENT | MUTE;

impl<Name> ReaderStatus<Name> {
    /// Returns a reader of whose state nothing is known.
    pub(crate) fn unknown(name: Name) -> Self {
        Self { name, state: 0, atr: Vec::new() }
    }

    /// Returns whether it holds no card.
    pub(crate) fn is_empty(&self) -> bool {
        self.state & EMPTY != 0
    }

    /// Returns whether it holds a card.
    pub(crate) fn holds_card(&self) -> bool {
        self.state & PRESENT != 0
    }

    /// Returns how many insertions and removals the service has counted.
    pub(crate) fn count(&self) -> u32 {
        self.state >> 16
    }

    /// Returns whether a program is connected to the card.
    pub(crate) fn is_used(&self) -> bool {
        self.state & (EXCLUSIVE | IN_USE) != 0
    }

    /// Notes that no program is connected to the card.
    pub(crate) fn set_unused(&mut self) {
        self.state &= !(EXCLUSIVE | IN_USE);
    }

    /// Returns whether this is about another card or insertion than `new`, or nothing is known of it.
    pub(crate) fn differs_in_card_from(&self, new: &Self) -> bool {
        self.state == 0 || self.state & CARD != new.state & CARD || self.atr != new.atr
    }
}
