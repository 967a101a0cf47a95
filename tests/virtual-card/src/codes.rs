//! PIN and PUK: VERIFY and CHANGE REFERENCE DATA (ISO 7816-4, section 7.5).

use crate::apdu::Command;
use crate::profile::{ChangeFormat, EmptyVerifyEffect, Profile};
use crate::reference_data::{Code, DIGITS, MAX_TRIES, ReferenceData, VerifyError};
use crate::status_word::StatusWord;

/// References, as in the PIN objects in [`crate::files`]; bit 80 means specific to the application.
pub(crate) const PIN: u8 = 0x81;
pub(crate) const PUK: u8 = 0x82;
const SPECIFIC: u8 = 0x80;

/// The two codes of the application, and the card profile that they conform to.
pub(crate) struct Codes {
    pub(crate) pin: ReferenceData,
    pub(crate) puk: ReferenceData,
    pub(crate) profile: &'static Profile,
}

impl Codes {
    /// Executes VERIFY. A code with the wrong number of digits uses no try.
    pub(crate) fn verify(&mut self, command: &Command<'_>) -> Result<(), StatusWord> {
        if command.p1 != 0x00 {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        if command.p2 == PUK && !self.profile.unblock_forms.has_two_steps() {
            return Err(StatusWord::REFERENCE_NOT_FOUND);
        }
        let (profile, code) = (self.profile, self.code(command.p2)?);
        match (command.data, profile.empty_verify_effect) {
            ([], EmptyVerifyEffect::ReportsState) if code.is_verified() => Ok(()),
            ([], EmptyVerifyEffect::ReportsState) => Err(status_of(profile, code.state())),
            ([], EmptyVerifyEffect::UsesTry) => code.verify(&[]).map_err(|error| status_of(profile, error)),
            (entry, _) => {
                ensure_not_blocked(profile, code)?;
                Code::parse(entry).ok_or(StatusWord::WRONG_DATA)?;
                code.verify(entry).map_err(|error| status_of(profile, error))
            }
        }
    }

    /// Executes CHANGE REFERENCE DATA, with old‖new or in the format of AKİS 1.0.
    pub(crate) fn change(&mut self, command: &Command<'_>) -> Result<(), StatusWord> {
        let reference = match (self.profile.change_format, command.p1, command.p2) {
            (ChangeFormat::Concatenated, 0x00, reference) => reference,
            (ChangeFormat::WithLengths, 0x02, number @ ..0x80) => number | SPECIFIC,
            _ => return Err(StatusWord::WRONG_PARAMETERS),
        };
        if reference == PUK && self.profile.is_puk_fixed {
            return Err(StatusWord::CONDITIONS_NOT_SATISFIED);
        }
        let (profile, code) = (self.profile, self.code(reference)?);
        let new = match profile.change_format {
            ChangeFormat::Concatenated => compare_first(profile, code, command.data)?,
            ChangeFormat::WithLengths => {
                ensure_not_blocked(profile, code)?;
                let (old, new) = split_with_lengths(command.data).ok_or(StatusWord::WRONG_LENGTH)?;
                code.compare(old).map_err(|error| status_of(profile, error))?;
                Code::parse(new).ok_or(StatusWord::WRONG_DATA)?
            }
        };
        code.set(new);
        Ok(())
    }

    /// Returns the wrong entries of the PIN as AKİS 1.0 reports them: bit 40 after the first, bit 80 at the
    /// last try.
    pub(crate) fn wrong_entry_flags(&self) -> u8 {
        match self.pin.state() {
            VerifyError::Wrong(MAX_TRIES) => 0x00,
            VerifyError::Wrong(2..) => 0x40,
            VerifyError::Wrong(_) | VerifyError::Blocked => 0xC0,
        }
    }

    /// Ends the verified state of both; values and counters remain.
    pub(crate) fn end_verified_state(&mut self) {
        self.pin.end_verified_state();
        self.puk.end_verified_state();
    }

    fn code(&mut self, reference: u8) -> Result<&mut ReferenceData, StatusWord> {
        match reference {
            PIN => Ok(&mut self.pin),
            PUK => Ok(&mut self.puk),
            _ => Err(StatusWord::REFERENCE_NOT_FOUND),
        }
    }
}

/// Compares the first of two concatenated codes and returns the second. A field that cannot be two codes uses
/// no try.
pub(crate) fn compare_first(
    profile: &Profile,
    first: &mut ReferenceData,
    both: &[u8],
) -> Result<Code, StatusWord> {
    ensure_not_blocked(profile, first)?;
    ensure_not_empty(both)?;
    let lengths = 2 * DIGITS.start()..=2 * DIGITS.end();
    if !lengths.contains(&both.len()) || !both.iter().all(u8::is_ascii_digit) {
        return Err(StatusWord::WRONG_DATA);
    }
    let (entry, new) = first.split_off(both).ok_or(StatusWord::WRONG_DATA)?;
    first.compare(entry).map_err(|error| status_of(profile, error))?;
    Code::parse(new).ok_or(StatusWord::WRONG_DATA)
}

/// Splits two codes with a length before each.
fn split_with_lengths(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&length, rest) = data.split_first()?;
    let (old, rest) = rest.split_at_checked(usize::from(length))?;
    let (&length, new) = rest.split_first()?;
    (new.len() == usize::from(length)).then_some((old, new))
}

fn ensure_not_blocked(profile: &Profile, code: &ReferenceData) -> Result<(), StatusWord> {
    if code.state() == VerifyError::Blocked { Err(profile.blocked_status) } else { Ok(()) }
}

pub(crate) fn ensure_not_empty(data: &[u8]) -> Result<(), StatusWord> {
    if data.is_empty() { Err(StatusWord::WRONG_LENGTH) } else { Ok(()) }
}

fn status_of(profile: &Profile, error: VerifyError) -> StatusWord {
    match error {
        VerifyError::Wrong(left) => StatusWord::wrong_code(left),
        VerifyError::Blocked => profile.blocked_status,
    }
}

/// Cards for tests of the commands.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use crate::apdu::Expected;

    pub(crate) use super::{PIN, PUK};
    pub(crate) const VERIFY: u8 = 0x20;
    pub(crate) const CHANGE: u8 = 0x24;
    pub(crate) const UNBLOCK: u8 = 0x2C;
    pub(crate) const OK: u16 = 0x9000;

    pub(crate) fn codes(profile: &str) -> Codes {
        with_tries(profile, 3, 3)
    }

    pub(crate) fn with_tries(profile: &str, pin_tries: u8, puk_tries: u8) -> Codes {
        let data = |value: &[u8], left| ReferenceData::new(Code::parse(value).unwrap(), left);
        let profile = Profile::named(profile).unwrap();
        Codes { pin: data(b"123456", pin_tries), puk: data(b"12345678", puk_tries), profile }
    }

    /// Executes one command and returns its status word.
    pub(crate) fn send(codes: &mut Codes, instruction: u8, p1: u8, p2: u8, data: &[u8]) -> u16 {
        let command = Command { class: 0, instruction, p1, p2, data, expected: Expected::Nothing };
        let result = match instruction {
            VERIFY => codes.verify(&command),
            CHANGE => codes.change(&command),
            _ => codes.unblock(&command),
        };
        result.map_or_else(|status| status.0, |()| OK)
    }

    pub(crate) fn verify_pin(codes: &mut Codes, pin: &[u8]) -> u16 {
        send(codes, VERIFY, 0x00, PIN, pin)
    }
}

#[cfg(test)]
mod tests {
    use super::samples::*;

    #[test]
    fn accepts_the_right_codes() {
        let mut codes = codes("akis-2x");
        assert_eq!(verify_pin(&mut codes, b"123456"), OK);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"12345678"), OK);
    }

    #[test]
    fn wrong_codes_decrement_the_counter_and_block() {
        for reference in [PIN, PUK] {
            let mut codes = codes("akis-2x");
            let answers = [(); 4].map(|()| send(&mut codes, VERIFY, 0x00, reference, b"0000"));
            assert_eq!(answers, [0x63C2, 0x63C1, 0x63C0, 0x6983]);
        }
    }

    #[test]
    fn malformed_codes_use_no_try() {
        let mut codes = codes("akis-2x");
        for entry in [&b"123"[..], b"123456789", b"12a456"] {
            assert_eq!(verify_pin(&mut codes, entry), 0x6A80);
        }
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b"1234567"), 0x6A80);
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b"12345612345678999"), 0x6A80);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678abcdef"), 0x6A80);
        assert_eq!(verify_pin(&mut codes, b"000000"), 0x63C2);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"00000000"), 0x63C2);
    }

    #[test]
    fn missing_data_returns_wrong_length() {
        let mut codes = codes("akis-2x");
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b""), 0x6700);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b""), 0x6700);
        send(&mut codes, VERIFY, 0x00, PUK, b"12345678");
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b""), 0x6700);
    }

    #[test]
    fn distinguishes_unknown_references_from_wrong_parameters() {
        let mut codes = codes("akis-2x");
        for instruction in [VERIFY, CHANGE, UNBLOCK] {
            assert_eq!(send(&mut codes, instruction, 0x00, 0x83, b"12345678"), 0x6A88, "{instruction:02X}");
            assert_eq!(send(&mut codes, instruction, 0x01, PIN, b"12345678"), 0x6A86, "{instruction:02X}");
        }
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PUK, b"1234567812345678"), 0x6A88);
    }

    #[test]
    fn an_empty_verify_uses_no_try_on_the_virtual_card() {
        let mut codes = codes("sanal");
        verify_pin(&mut codes, b"000000");
        assert_eq!([(); 3].map(|()| verify_pin(&mut codes, b"")), [0x63C2; 3]);
        verify_pin(&mut codes, b"123456");
        assert_eq!(verify_pin(&mut codes, b""), OK);
        assert_eq!(verify_pin(&mut with_tries("sanal", 0, 3), b""), 0x6983);
    }

    #[test]
    fn an_empty_verify_uses_a_try_on_cards_with_a_real_atr() {
        for profile in crate::PROFILES.iter().filter(|profile| profile.name.starts_with("akis-")) {
            let mut codes = codes(profile.name);
            let answers = [(); 4].map(|()| verify_pin(&mut codes, b""));
            assert_eq!(answers, [0x63C2, 0x63C1, 0x63C0, profile.blocked_status.0], "{}", profile.name);
        }
    }

    #[test]
    fn changing_a_code_requires_the_old_one() {
        for (reference, old) in [(PIN, &b"123456"[..]), (PUK, b"12345678")] {
            let mut codes = codes("akis-2x");
            assert_eq!(send(&mut codes, CHANGE, 0x00, reference, b"0000000000000000"), 0x63C2);
            assert_eq!(send(&mut codes, CHANGE, 0x00, reference, &[old, b"98765"].concat()), OK);
            assert_eq!(send(&mut codes, VERIFY, 0x00, reference, old), 0x63C2);
            assert_eq!(send(&mut codes, VERIFY, 0x00, reference, b"98765"), OK);
        }
    }

    #[test]
    fn akis_1_expects_lengths_and_p1() {
        let mut codes = codes("akis-1.0");
        let concatenated = send(&mut codes, CHANGE, 0x00, PIN, b"123456777777");
        assert_eq!(concatenated, 0x6A86);
        assert_eq!(send(&mut codes, CHANGE, 0x02, PIN & 0x7F, b"\x06000000\x05777777"), 0x6700);
        assert_eq!(send(&mut codes, CHANGE, 0x02, PIN & 0x7F, b"\x06000000\x06777777"), 0x63C2);
        assert_eq!(send(&mut codes, CHANGE, 0x02, PIN & 0x7F, b"\x06123456\x06777777"), OK);
        assert_eq!(verify_pin(&mut codes, b"777777"), OK);
    }

    #[test]
    fn a_fixed_puk_cannot_be_changed() {
        let mut codes = codes("akis-2x-fixed-puk");
        assert_eq!(send(&mut codes, CHANGE, 0x00, PUK, b"1234567877777777"), 0x6985);
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b"123456777777"), OK);
    }

    #[test]
    fn a_rejected_new_code_keeps_the_old_one() {
        let mut codes = codes("akis-2x");
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b"123456123"), 0x6A80);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678123"), 0x6A80);
        send(&mut codes, VERIFY, 0x00, PUK, b"12345678");
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"123"), 0x6A80);
        assert_eq!(verify_pin(&mut codes, b"123456"), OK);
    }

    #[test]
    fn akis_1x_returns_6984_for_a_blocked_code() {
        let mut codes = with_tries("akis-1x-6984", 0, 0);
        assert_eq!(verify_pin(&mut codes, b"123456"), 0x6984);
        assert_eq!(verify_pin(&mut codes, b""), 0x6984);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"12345678"), 0x6984);
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b"123456654321"), 0x6984);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678654321"), 0x6984);
    }
}
