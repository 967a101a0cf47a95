//! The kinds of card that this one can be, a row each.

use crate::files::{self, Directory};
use crate::status_word::StatusWord;

/// A kind of card.
#[derive(Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name on the command line.
    pub name: &'static str,
    /// What sets it apart, for people.
    pub about: &'static str,
    /// The answer to reset, check byte included.
    pub atr: &'static [u8],
    /// The master file.
    pub files: &'static Directory,
    /// The instruction bytes of the commands that exist.
    pub instructions: &'static [u8],
    /// The shapes of RESET RETRY COUNTER that exist.
    pub unblock: Unblock,
    /// What a VERIFY without data does.
    pub empty_verify: EmptyVerify,
    /// The directory that the codes belong to.
    pub codes_in: u16,
    /// The shape of CHANGE REFERENCE DATA.
    pub change: Change,
    /// The PUK cannot be changed, and its PIN object says so.
    pub fixed_puk: bool,
    /// How response data comes.
    pub answers: Answers,
    /// How SELECT names files.
    pub selecting: Selecting,
    /// The status word of a blocked code.
    pub blocked: StatusWord,
}

/// How a code is changed by who knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// `00 24 00` with old‖new (ISO 7816-4, section 7.5.7).
    Joined,
    /// `00 24 02` with a length before each code, and a reference without bit 80: the first AKİS, as
    /// OpenSC's driver speaks to it.
    WithLengths,
}

/// How SELECT names files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selecting {
    /// An identifier is any file's; paths leave the master file out (ISO 7816-4, section 7.1.1).
    Iso,
    /// An identifier is a directory's (P1 = 00) or a file's (02); paths begin with the master file;
    /// control information has a tag 90. So OpenSC's driver, written by the card's maker, has it.
    FirstAkis,
}

/// How response data comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// As Le asks for it.
    Whole,
    /// None at once: all through GET RESPONSE, at most so many bytes at a time.
    InParts(usize),
    /// READ BINARY gives at most so many bytes, however many are asked for.
    Short(usize),
}

/// How a PIN is unblocked (ISO 7816-4, section 7.5.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unblock {
    /// Both shapes.
    Both,
    /// `00 2C 00` with PUK‖PIN only; the PUK cannot be verified by itself.
    Combined,
    /// VERIFY of the PUK, then `00 2C 02` with the new PIN, only.
    TwoSteps,
    /// No shape: such a card is unblocked with its maker's own commands.
    Neither,
}

/// What a VERIFY without data does. ISO 7816-4, section 7.5.6, makes it a question; OpenSC's
/// sources know cards that count it as a wrong entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyVerify {
    /// It tells the state and costs nothing.
    TellsState,
    /// It is a wrong entry.
    CostsTry,
}

const SELECT: u8 = 0xA4;
const ALL: &[u8] = &[SELECT, 0xB0, 0xC0, 0x20, 0x24, 0x2C];

/// An ATR of AKİS 2.x as published lists have it.
const AKIS_2X_ATR: &[u8] =
    b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65\x54\x43\xD2\x21\x08\x31\xC0\x73\xF6\x21\x80\x81\x05\x5B";

/// Published lists give it for the Turkish identity card.
const IDENTITY_CARD_ATR: &[u8] =
    b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65\x54\x43\x12\x21\x08\x31\xC0\x73\xF6\x21\x80\x81\x05\x9B";

/// What most rows share: the generation that is issued today, with the less convenient answer
/// wherever the answer is not known.
const AKIS_2X: Profile = Profile {
    name: "akis-2x",
    about: "ATR of AKİS 2.x; both unblock shapes; a VERIFY without data costs a try",
    atr: AKIS_2X_ATR,
    files: &files::SIGNATURE_CARD,
    instructions: ALL,
    unblock: Unblock::Both,
    empty_verify: EmptyVerify::CostsTry,
    codes_in: files::APPLICATION,
    change: Change::Joined,
    fixed_puk: false,
    answers: Answers::Whole,
    selecting: Selecting::Iso,
    blocked: StatusWord::BLOCKED,
};

/// Every profile; the first is the default.
pub static PROFILES: &[Profile] = &[
    Profile {
        name: "sanal",
        about: "this project's own ATR (\"TC\" \"SNL\"); both unblock shapes; VERIFY without data tells the tries left",
        // The layout of AKİS 2.x, marked so that no program can take it for a real card.
        atr: b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65TCSNL1\xC0\x73\xF6\x21\x80\x81\x05\xF1",
        empty_verify: EmptyVerify::TellsState,
        ..AKIS_2X
    },
    AKIS_2X,
    Profile {
        name: "akis-2x-combined",
        about: "as akis-2x, but only the combined unblock shape; the PUK cannot be verified",
        unblock: Unblock::Combined,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-two-step",
        about: "as akis-2x, but only the two-step unblock shape",
        unblock: Unblock::TwoSteps,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-neither",
        about: "as akis-2x, but no standard unblock shape; the PUK cannot be verified",
        unblock: Unblock::Neither,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-aodf-unreadable",
        about: "as akis-2x, but the PIN objects may not be read",
        files: &files::AODF_PROTECTED,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-no-certificate",
        about: "as akis-2x, before a certificate was put on it",
        files: &files::WITHOUT_CERTIFICATE,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-fixed-puk",
        about: "as akis-2x, but the PUK cannot be changed",
        files: &files::FIXED_PUK,
        fixed_puk: true,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-codes-elsewhere",
        about: "as akis-2x, but PIN and PUK belong to a directory beside the application",
        files: &files::CODES_ELSEWHERE,
        codes_in: files::CODES,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-in-parts",
        about: "as akis-2x, but all response data comes through GET RESPONSE, 16 bytes at a time",
        answers: Answers::InParts(16),
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-short",
        about: "as akis-2x, but READ BINARY gives 16 bytes at most",
        answers: Answers::Short(16),
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-extended",
        about: "as akis-2x, but the ATR says that it takes extended lengths",
        // Invented: bit 40 of the third capability byte (ISO 7816-4, section 8.1.1.2.7) set.
        atr: b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65\x54\x43\xD2\x21\x08\x31\xC0\x73\xF6\x21\xC0\x81\x05\x1B",
        ..AKIS_2X
    },
    Profile {
        name: "kimlik",
        about: "ATR of the Turkish identity card; no e-signature application",
        atr: IDENTITY_CARD_ATR,
        files: &files::BARE_CARD,
        ..AKIS_2X
    },
    Profile {
        name: "kimlik-pkcs15",
        about: "ATR of the Turkish identity card; a PKCS#15 application with a certificate for login only",
        atr: IDENTITY_CARD_ATR,
        files: &files::IDENTITY_CARD,
        ..AKIS_2X
    },
    Profile {
        name: "yabanci",
        about: "some other card: no AKİS ATR, no files, no command but SELECT",
        // Invented: T=1, historical bytes "YABANCI".
        atr: b"\x3B\x87\x81\x31\xFE\x45YABANCI\xD3",
        files: &files::BARE_CARD,
        instructions: &[SELECT],
        ..AKIS_2X
    },
    Profile {
        name: "akis-1x-6984",
        about: "ATR of AKİS 1.2; a blocked code answers 6984 instead of 6983",
        // Published lists give it for AKİS 1.2.
        atr: b"\x3B\x9F\x96\x81\x31\xFE\x45\x80\x67UEKAE\x12\x12\x31\x80\x73\xB3\xA1\x80\xEA",
        blocked: StatusWord::NOT_USABLE,
        ..AKIS_2X
    },
    Profile {
        name: "akis-1.0",
        about: "ATR of the first AKİS; its own CHANGE REFERENCE DATA and paths; SELECT tells of wrong entries",
        // Known to OpenSC's driver.
        atr: b"\x3B\xBA\x11\x00\x81\x31\xFE\x4DUEKAE V1.0\xAE",
        change: Change::WithLengths,
        selecting: Selecting::FirstAkis,
        blocked: StatusWord::NOT_USABLE,
        ..AKIS_2X
    },
];

impl Profile {
    /// The profile with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.name == name)
    }
}

impl Unblock {
    /// Whether the PUK can be verified and then lets a new PIN in.
    pub(crate) fn in_two_steps(self) -> bool {
        matches!(self, Self::Both | Self::TwoSteps)
    }

    /// Whether PUK and new PIN can be sent in one command.
    pub(crate) fn combined(self) -> bool {
        matches!(self, Self::Both | Self::Combined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check byte makes the exclusive-or of everything from T0 on zero (ISO 7816-3, section 8.2.5).
    fn check_byte(atr: &[u8]) -> u8 {
        atr[1..atr.len() - 1].iter().fold(0, |sum, byte| sum ^ byte)
    }

    fn historical_bytes(atr: &[u8]) -> &[u8] {
        let count = usize::from(atr[1] & 0x0F);
        &atr[atr.len() - 1 - count..atr.len() - 1]
    }

    #[test]
    fn every_atr_ends_with_its_check_byte() {
        for Profile { name, atr, .. } in PROFILES {
            assert_eq!(atr[atr.len() - 1], check_byte(atr), "{name}: should be {:02X}", check_byte(atr));
        }
    }

    #[test]
    fn every_atr_begins_its_historical_bytes_where_its_interface_bytes_end() {
        for Profile { name, atr, .. } in PROFILES {
            // TS T0, what the upper half of T0 announces, TD2 TA3 TB3, as all these cards have them.
            let interface = 5 + (atr[1] >> 4).count_ones() as usize;
            assert_eq!(atr.len(), interface + historical_bytes(atr).len() + 1, "{name}");
        }
    }

    #[test]
    fn the_virtual_card_cannot_be_taken_for_a_real_one() {
        assert_eq!(&historical_bytes(PROFILES[0].atr)[..7], b"\x80\x65TCSNL");
        assert!(PROFILES[1..].iter().all(|other| !historical_bytes(other.atr).starts_with(b"\x80\x65TCSNL")));
    }

    #[test]
    fn the_foreign_card_has_no_akis_mark() {
        let foreign = historical_bytes(Profile::named("yabanci").unwrap().atr);
        for mark in [&b"UEKAE"[..], b"TC"] {
            assert!(!foreign.windows(mark.len()).any(|part| part == mark));
        }
    }

    #[test]
    fn names_are_unique_and_found() {
        for profile in PROFILES {
            assert_eq!(Profile::named(profile.name), Some(profile));
        }
        assert_eq!(Profile::named("akis-3x"), None);
    }
}
