//! PIN and PUK: VERIFY and CHANGE REFERENCE DATA (ISO 7816-4, section 7.5).

use crate::apdu::Command;
use crate::pins::{CardError, Code, DIGITS, MAX_TRIES, ReferenceData};
use crate::profile::{Change, EmptyVerify, Profile};
use crate::status_word::StatusWord;

/// References as the PIN objects among the files announce them; bit 80 says "local to the application".
pub(crate) const PIN: u8 = 0x81;
pub(crate) const PUK: u8 = 0x82;
const LOCAL: u8 = 0x80;

/// The two codes of the application, and how this kind of card handles them.
pub(crate) struct Codes {
    pub(crate) pin: ReferenceData,
    pub(crate) puk: ReferenceData,
    pub(crate) profile: &'static Profile,
}

impl Codes {
    /// VERIFY. A code that is not made of the right number of digits costs no try.
    pub(crate) fn verify(&mut self, command: &Command<'_>) -> Result<(), StatusWord> {
        if command.p1 != 0x00 {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        if command.p2 == PUK && !self.profile.unblock.in_two_steps() {
            return Err(StatusWord::REFERENCE_NOT_FOUND);
        }
        let (profile, code) = (self.profile, self.at(command.p2)?);
        match (command.data, profile.empty_verify) {
            ([], EmptyVerify::TellsState) if code.is_verified() => Ok(()),
            ([], EmptyVerify::TellsState) => Err(refused(profile, code.state())),
            ([], EmptyVerify::CostsTry) => code.verify(&[]).map_err(|refusal| refused(profile, refusal)),
            (entry, _) => {
                not_blocked(profile, code)?;
                Code::parse(entry).ok_or(StatusWord::WRONG_DATA)?;
                code.verify(entry).map_err(|refusal| refused(profile, refusal))
            }
        }
    }

    /// CHANGE REFERENCE DATA: old‖new, or in the first AKİS's own shape.
    pub(crate) fn change(&mut self, command: &Command<'_>) -> Result<(), StatusWord> {
        let reference = match (self.profile.change, command.p1, command.p2) {
            (Change::Joined, 0x00, reference) => reference,
            (Change::WithLengths, 0x02, number @ ..0x80) => number | LOCAL,
            _ => return Err(StatusWord::WRONG_PARAMETERS),
        };
        if reference == PUK && self.profile.fixed_puk {
            return Err(StatusWord::CONDITIONS_NOT_SATISFIED);
        }
        let (profile, code) = (self.profile, self.at(reference)?);
        let new = match profile.change {
            Change::Joined => compare_first(profile, code, command.data)?,
            Change::WithLengths => {
                not_blocked(profile, code)?;
                let (old, new) = with_lengths(command.data).ok_or(StatusWord::WRONG_LENGTH)?;
                code.compare(old).map_err(|refusal| refused(profile, refusal))?;
                Code::parse(new).ok_or(StatusWord::WRONG_DATA)?
            }
        };
        code.set(new);
        Ok(())
    }

    /// Wrong entries of the PIN as the first AKİS tells of them: bit 40 where there was one, bit 80
    /// at the last try.
    pub(crate) fn wrong_entries(&self) -> u8 {
        match self.pin.state() {
            CardError::Wrong(MAX_TRIES) => 0x00,
            CardError::Wrong(2..) => 0x40,
            CardError::Wrong(_) | CardError::Blocked => 0xC0,
        }
    }

    /// Ends the verified state of both; values and counters stay.
    pub(crate) fn forget(&mut self) {
        self.pin.forget();
        self.puk.forget();
    }

    fn at(&mut self, reference: u8) -> Result<&mut ReferenceData, StatusWord> {
        match reference {
            PIN => Ok(&mut self.pin),
            PUK => Ok(&mut self.puk),
            _ => Err(StatusWord::REFERENCE_NOT_FOUND),
        }
    }
}

/// Compares the first of two codes in one field and returns the second. A field that cannot be two
/// codes costs no try.
pub(crate) fn compare_first(
    profile: &Profile,
    first: &mut ReferenceData,
    both: &[u8],
) -> Result<Code, StatusWord> {
    not_blocked(profile, first)?;
    not_empty(both)?;
    let lengths = 2 * DIGITS.start()..=2 * DIGITS.end();
    if !lengths.contains(&both.len()) || !both.iter().all(u8::is_ascii_digit) {
        return Err(StatusWord::WRONG_DATA);
    }
    let (entry, new) = first.split_off(both).ok_or(StatusWord::WRONG_DATA)?;
    first.compare(entry).map_err(|refusal| refused(profile, refusal))?;
    Code::parse(new).ok_or(StatusWord::WRONG_DATA)
}

/// Two codes with a length before each.
fn with_lengths(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&length, rest) = data.split_first()?;
    let (old, rest) = rest.split_at_checked(usize::from(length))?;
    let (&length, new) = rest.split_first()?;
    (new.len() == usize::from(length)).then_some((old, new))
}

fn not_blocked(profile: &Profile, code: &ReferenceData) -> Result<(), StatusWord> {
    if code.state() == CardError::Blocked { Err(profile.blocked) } else { Ok(()) }
}

pub(crate) fn not_empty(data: &[u8]) -> Result<(), StatusWord> {
    if data.is_empty() { Err(StatusWord::WRONG_LENGTH) } else { Ok(()) }
}

fn refused(profile: &Profile, refusal: CardError) -> StatusWord {
    match refusal {
        CardError::Wrong(left) => StatusWord::wrong_code(left),
        CardError::Blocked => profile.blocked,
    }
}

/// Cards for the tests of the commands.
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

    /// The status word of one command.
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
    fn right_codes_are_accepted() {
        let mut codes = codes("akis-2x");
        assert_eq!(verify_pin(&mut codes, b"123456"), OK);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"12345678"), OK);
    }

    #[test]
    fn wrong_codes_count_down_and_block() {
        for reference in [PIN, PUK] {
            let mut codes = codes("akis-2x");
            let answers = [(); 4].map(|()| send(&mut codes, VERIFY, 0x00, reference, b"0000"));
            assert_eq!(answers, [0x63C2, 0x63C1, 0x63C0, 0x6983]);
        }
    }

    #[test]
    fn malformed_codes_cost_no_try() {
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
    fn missing_data_is_a_wrong_length() {
        let mut codes = codes("akis-2x");
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b""), 0x6700);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b""), 0x6700);
        send(&mut codes, VERIFY, 0x00, PUK, b"12345678");
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b""), 0x6700);
    }

    #[test]
    fn unknown_references_and_parameters_are_told_apart() {
        let mut codes = codes("akis-2x");
        for instruction in [VERIFY, CHANGE, UNBLOCK] {
            assert_eq!(send(&mut codes, instruction, 0x00, 0x83, b"12345678"), 0x6A88, "{instruction:02X}");
            assert_eq!(send(&mut codes, instruction, 0x01, PIN, b"12345678"), 0x6A86, "{instruction:02X}");
        }
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PUK, b"1234567812345678"), 0x6A88);
    }

    #[test]
    fn an_empty_verify_tells_the_state_for_free_on_the_virtual_card() {
        let mut codes = codes("sanal");
        verify_pin(&mut codes, b"000000");
        assert_eq!([(); 3].map(|()| verify_pin(&mut codes, b"")), [0x63C2; 3]);
        verify_pin(&mut codes, b"123456");
        assert_eq!(verify_pin(&mut codes, b""), OK);
        assert_eq!(verify_pin(&mut with_tries("sanal", 0, 3), b""), 0x6983);
    }

    #[test]
    fn an_empty_verify_costs_a_try_on_cards_with_a_real_atr() {
        for profile in crate::PROFILES.iter().filter(|profile| profile.name.starts_with("akis-")) {
            let mut codes = codes(profile.name);
            let answers = [(); 4].map(|()| verify_pin(&mut codes, b""));
            assert_eq!(answers, [0x63C2, 0x63C1, 0x63C0, profile.blocked.0], "{}", profile.name);
        }
    }

    #[test]
    fn a_change_needs_the_old_code_and_takes_the_new_one() {
        for (reference, old) in [(PIN, &b"123456"[..]), (PUK, b"12345678")] {
            let mut codes = codes("akis-2x");
            assert_eq!(send(&mut codes, CHANGE, 0x00, reference, b"0000000000000000"), 0x63C2);
            assert_eq!(send(&mut codes, CHANGE, 0x00, reference, &[old, b"98765"].concat()), OK);
            assert_eq!(send(&mut codes, VERIFY, 0x00, reference, old), 0x63C2);
            assert_eq!(send(&mut codes, VERIFY, 0x00, reference, b"98765"), OK);
        }
    }

    #[test]
    fn the_first_akis_wants_lengths_and_says_whose_code_it_is_in_p1() {
        let mut codes = codes("akis-1.0");
        let joined = send(&mut codes, CHANGE, 0x00, PIN, b"123456777777");
        assert_eq!(joined, 0x6A86);
        assert_eq!(send(&mut codes, CHANGE, 0x02, PIN & 0x7F, b"\x06000000\x05777777"), 0x6700);
        assert_eq!(send(&mut codes, CHANGE, 0x02, PIN & 0x7F, b"\x06000000\x06777777"), 0x63C2);
        assert_eq!(send(&mut codes, CHANGE, 0x02, PIN & 0x7F, b"\x06123456\x06777777"), OK);
        assert_eq!(verify_pin(&mut codes, b"777777"), OK);
    }

    #[test]
    fn a_fixed_puk_is_not_changed() {
        let mut codes = codes("akis-2x-fixed-puk");
        assert_eq!(send(&mut codes, CHANGE, 0x00, PUK, b"1234567877777777"), 0x6985);
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b"123456777777"), OK);
    }

    #[test]
    fn a_refused_new_code_leaves_the_old_one() {
        let mut codes = codes("akis-2x");
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b"123456123"), 0x6A80);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678123"), 0x6A80);
        send(&mut codes, VERIFY, 0x00, PUK, b"12345678");
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"123"), 0x6A80);
        assert_eq!(verify_pin(&mut codes, b"123456"), OK);
    }

    #[test]
    fn akis_1x_says_6984_wherever_others_say_6983() {
        let mut codes = with_tries("akis-1x-6984", 0, 0);
        assert_eq!(verify_pin(&mut codes, b"123456"), 0x6984);
        assert_eq!(verify_pin(&mut codes, b""), 0x6984);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"12345678"), 0x6984);
        assert_eq!(send(&mut codes, CHANGE, 0x00, PIN, b"123456654321"), 0x6984);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678654321"), 0x6984);
    }
}
