//! The profiles of the virtual card, one row each.

use crate::files::{self, Directory};
use crate::status_word::StatusWord;

/// The behavior of a kind of card.
#[derive(Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name on the command line.
    pub name: &'static str,
    /// How it differs from other profiles, for the help text.
    pub description: &'static str,
    /// The answer to reset, check byte included.
    pub atr: &'static [u8],
    /// The master file.
    pub files: &'static Directory,
    /// The instruction bytes of the supported commands.
    pub instructions: &'static [u8],
    /// The supported forms of RESET RETRY COUNTER.
    pub unblock_forms: UnblockForms,
    /// The effect of a VERIFY without data.
    pub empty_verify_effect: EmptyVerifyEffect,
    /// The identifier of the directory that the codes belong to.
    pub code_directory: u16,
    /// The data format of CHANGE REFERENCE DATA.
    pub change_format: ChangeFormat,
    /// Whether the PUK cannot be changed, as its PIN object says.
    pub is_puk_fixed: bool,
    /// How response data is returned.
    pub response_mode: ResponseMode,
    /// The supported form of SELECT.
    pub select_mode: SelectMode,
    /// The status word of a blocked code.
    pub blocked_status: StatusWord,
}

/// The data format of CHANGE REFERENCE DATA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeFormat {
    /// `00 24 00` with old‖new (ISO 7816-4, section 7.5.7).
    Concatenated,
    /// `00 24 02` with a length before each code and a reference without bit 80: AKİS 1.0, according to
    /// OpenSC's driver.
    WithLengths,
}

/// The form of SELECT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectMode {
    /// An identifier may be that of any file; paths omit the master file (ISO 7816-4, section 7.1.1).
    Iso,
    /// AKİS 1.0, according to OpenSC's driver, written by the card's maker: an identifier is that of a
    /// directory (P1 = 00) or a file (02); paths start with the master file; control information has a tag
    /// 90.
    Akis1,
}

/// How response data is returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseMode {
    /// As much as Le requests.
    Complete,
    /// Only through GET RESPONSE, at most this many bytes at a time.
    InParts(usize),
    /// READ BINARY returns at most this many bytes, regardless of Le.
    Short(usize),
}

/// The supported forms of RESET RETRY COUNTER (ISO 7816-4, section 7.5.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnblockForms {
    /// Both forms.
    Both,
    /// Only `00 2C 00` with PUK‖PIN; the PUK cannot be verified separately.
    Combined,
    /// Only VERIFY with the PUK, then `00 2C 02` with the new PIN.
    TwoSteps,
    /// Neither form: such a card is unblocked with proprietary commands.
    Neither,
}

/// The effect of a VERIFY without data. According to ISO 7816-4, section 7.5.6, it is a query; OpenSC's
/// sources mention cards that count it as a wrong entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyVerifyEffect {
    /// It reports the state and uses no try.
    ReportsState,
    /// It counts as a wrong entry.
    UsesTry,
}

const SELECT: u8 = 0xA4;
const ALL: &[u8] = &[SELECT, 0xB0, 0xC0, 0x20, 0x24, 0x2C];

/// An ATR of AKİS 2.x from published lists.
const AKIS_2X_ATR: &[u8] =
    b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65\x54\x43\xD2\x21\x08\x31\xC0\x73\xF6\x21\x80\x81\x05\x5B";

/// The ATR of the Turkish identity card from published lists.
const IDENTITY_CARD_ATR: &[u8] =
    b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65\x54\x43\x12\x21\x08\x31\xC0\x73\xF6\x21\x80\x81\x05\x9B";

/// The base of most rows: the generation that is issued today, with the less convenient behavior wherever the
/// actual behavior is unknown.
const AKIS_2X: Profile = Profile {
    name: "akis-2x",
    description: "ATR of AKİS 2.x; both forms of unblocking; a VERIFY without data uses a try",
    atr: AKIS_2X_ATR,
    files: &files::SIGNATURE_CARD,
    instructions: ALL,
    unblock_forms: UnblockForms::Both,
    empty_verify_effect: EmptyVerifyEffect::UsesTry,
    code_directory: files::APPLICATION,
    change_format: ChangeFormat::Concatenated,
    is_puk_fixed: false,
    response_mode: ResponseMode::Complete,
    select_mode: SelectMode::Iso,
    blocked_status: StatusWord::BLOCKED,
};

/// Every profile; the first is the default.
pub static PROFILES: &[Profile] = &[
    Profile {
        name: "sanal",
        description: "this project's own ATR (\"TC\" \"SNL\"); both forms of unblocking; VERIFY without data reports the tries left",
        // The layout of AKİS 2.x, marked so that no program mistakes it for a real card.
        atr: b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65TCSNL1\xC0\x73\xF6\x21\x80\x81\x05\xF1",
        empty_verify_effect: EmptyVerifyEffect::ReportsState,
        ..AKIS_2X
    },
    Profile {
        name: "sanal-officer",
        description: "the same with the security officer's PIN in place of the PUK",
        // The layout of AKİS 2.x, marked so that no program mistakes it for a real card.
        atr: b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65TCSNL1\xC0\x73\xF6\x21\x80\x81\x05\xF1",
        empty_verify_effect: EmptyVerifyEffect::ReportsState,
        files: &files::OFFICER,
        ..AKIS_2X
    },
    Profile {
        name: "sanal-hostile",
        description: "the same with a holder's name of line breaks, controls and escape sequences",
        atr: b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65TCSNL1\xC0\x73\xF6\x21\x80\x81\x05\xF1",
        empty_verify_effect: EmptyVerifyEffect::ReportsState,
        files: &files::HOSTILE,
        ..AKIS_2X
    },
    AKIS_2X,
    Profile {
        name: "akis-2x-combined",
        description: "as akis-2x, but only the combined form of unblocking; the PUK cannot be verified",
        unblock_forms: UnblockForms::Combined,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-two-step",
        description: "as akis-2x, but only the two-step form of unblocking",
        unblock_forms: UnblockForms::TwoSteps,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-neither",
        description: "as akis-2x, but no standard form of unblocking; the PUK cannot be verified",
        unblock_forms: UnblockForms::Neither,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-aodf-unreadable",
        description: "as akis-2x, but the PIN objects are protected",
        files: &files::AODF_PROTECTED,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-no-certificate",
        description: "as akis-2x, without a certificate",
        files: &files::WITHOUT_CERTIFICATE,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-fixed-puk",
        description: "as akis-2x, but the PUK cannot be changed",
        files: &files::FIXED_PUK,
        is_puk_fixed: true,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-codes-elsewhere",
        description: "as akis-2x, but PIN and PUK belong to a directory outside the application",
        files: &files::CODES_ELSEWHERE,
        code_directory: files::CODES,
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-in-parts",
        description: "as akis-2x, but all response data is returned through GET RESPONSE, 16 bytes at a time",
        response_mode: ResponseMode::InParts(16),
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-short",
        description: "as akis-2x, but READ BINARY returns at most 16 bytes",
        response_mode: ResponseMode::Short(16),
        ..AKIS_2X
    },
    Profile {
        name: "akis-2x-extended",
        description: "as akis-2x, but the ATR announces support for extended lengths",
        // Made up: bit 40 of the third capability byte (ISO 7816-4, section 8.1.1.2.7) set.
        atr: b"\x3B\x9F\x97\x81\x31\xFE\x45\x80\x65\x54\x43\xD2\x21\x08\x31\xC0\x73\xF6\x21\xC0\x81\x05\x1B",
        ..AKIS_2X
    },
    Profile {
        name: "kimlik",
        description: "ATR of the Turkish identity card; no e-signature application",
        atr: IDENTITY_CARD_ATR,
        files: &files::BARE_CARD,
        ..AKIS_2X
    },
    Profile {
        name: "kimlik-pkcs15",
        description: "ATR of the Turkish identity card; a PKCS#15 application with a certificate for login only",
        atr: IDENTITY_CARD_ATR,
        files: &files::IDENTITY_CARD,
        ..AKIS_2X
    },
    Profile {
        name: "yabanci",
        description: "an unsupported card: no AKİS ATR, no files, no command but SELECT",
        // Made up: T=1, historical bytes "YABANCI".
        atr: b"\x3B\x87\x81\x31\xFE\x45YABANCI\xD3",
        files: &files::BARE_CARD,
        instructions: &[SELECT],
        ..AKIS_2X
    },
    Profile {
        name: "akis-1x-6984",
        description: "ATR of AKİS 1.2; status 6984 for a blocked code instead of 6983",
        // The ATR of AKİS 1.2 from published lists.
        atr: b"\x3B\x9F\x96\x81\x31\xFE\x45\x80\x67UEKAE\x12\x12\x31\x80\x73\xB3\xA1\x80\xEA",
        blocked_status: StatusWord::NOT_USABLE,
        ..AKIS_2X
    },
    Profile {
        name: "akis-1.0",
        description: "ATR of AKİS 1.0; its own CHANGE REFERENCE DATA and paths; SELECT reports wrong entries",
        // From OpenSC's driver.
        atr: b"\x3B\xBA\x11\x00\x81\x31\xFE\x4DUEKAE V1.0\xAE",
        change_format: ChangeFormat::WithLengths,
        select_mode: SelectMode::Akis1,
        blocked_status: StatusWord::NOT_USABLE,
        ..AKIS_2X
    },
];

impl Profile {
    /// Returns the profile with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.name == name)
    }
}

impl UnblockForms {
    /// Returns whether the PUK can be verified and a new PIN be set after that.
    pub(crate) fn has_two_steps(self) -> bool {
        matches!(self, Self::Both | Self::TwoSteps)
    }

    /// Returns whether PUK and new PIN can be sent in one command.
    pub(crate) fn has_combined(self) -> bool {
        matches!(self, Self::Both | Self::Combined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computes TCK: the exclusive-or of all bytes from T0 to TCK is zero (ISO 7816-3, section 8.2.5).
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
    fn every_atr_has_consistent_lengths() {
        for Profile { name, atr, .. } in PROFILES {
            // TS, T0, the bytes that the upper half of T0 announces, TD2, TA3 and TB3, which all these ATRs
            // have.
            let interface = 5 + (atr[1] >> 4).count_ones() as usize;
            assert_eq!(atr.len(), interface + historical_bytes(atr).len() + 1, "{name}");
        }
    }

    #[test]
    fn the_virtual_card_cannot_be_mistaken_for_a_real_one() {
        assert_eq!(&historical_bytes(PROFILES[0].atr)[..7], b"\x80\x65TCSNL");
        let others = PROFILES.iter().filter(|other| !other.name.starts_with("sanal"));
        for other in others {
            assert!(!historical_bytes(other.atr).starts_with(b"\x80\x65TCSNL"), "{}", other.name);
        }
    }

    #[test]
    fn the_unsupported_card_has_no_akis_mark() {
        let unsupported = historical_bytes(Profile::named("yabanci").unwrap().atr);
        for mark in [&b"UEKAE"[..], b"TC"] {
            assert!(!unsupported.windows(mark.len()).any(|part| part == mark));
        }
    }

    #[test]
    fn finds_profiles_by_unique_names() {
        for profile in PROFILES {
            assert_eq!(Profile::named(profile.name), Some(profile));
        }
        assert_eq!(Profile::named("akis-3x"), None);
    }
}
