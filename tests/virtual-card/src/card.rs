//! The card's commands.

use crate::apdu::Command;
use crate::files::{self, APPLICATION, DIRECTORY, EF_AODF, MASTER};
use crate::reference::{Codes, Entry, Reference};
use crate::{Profile, reference};

const OK: u16 = 0x9000;
const WRONG_LENGTH: u16 = 0x6700;
const SECURITY_STATUS: u16 = 0x6982;
const CONDITIONS: u16 = 0x6985;
const WRONG_DATA: u16 = 0x6A80;
const NOT_FOUND: u16 = 0x6A82;
const WRONG_PARAMETERS: u16 = 0x6A86;
const NO_REFERENCE: u16 = 0x6A88;
const WRONG_OFFSET: u16 = 0x6B00;
const UNKNOWN_INSTRUCTION: u16 = 0x6D00;
const UNKNOWN_CLASS: u16 = 0x6E00;

const PIN: u8 = 0x81;
const PUK: u8 = 0x82;

/// A card with its memory.
#[derive(Debug)]
pub struct Card {
    profile: Profile,
    pin: Reference,
    puk: Reference,
    directory: u16,
    file: Option<u16>,
}

/// Data and status word, or a status word alone.
type Answer = Result<Vec<u8>, u16>;

impl Card {
    /// A card of a kind with these codes.
    #[must_use]
    pub fn new(profile: Profile, codes: &Codes) -> Self {
        let pin = Reference::new(&codes.pin, codes.pin_tries);
        let puk = Reference::new(&codes.puk, codes.puk_tries);
        Self { profile, pin, puk, directory: MASTER, file: None }
    }

    /// Forgets who was verified and what was selected; counters and values stay.
    pub fn reset(&mut self) {
        self.pin.verified = false;
        self.puk.verified = false;
        self.directory = MASTER;
        self.file = None;
    }

    /// Answers a command APDU.
    pub fn execute(&mut self, bytes: &[u8]) -> Vec<u8> {
        let answer = match Command::parse(bytes) {
            Some(command) => self.dispatch(&command),
            None => Err(WRONG_LENGTH),
        };
        let (mut data, status) = answer.map_or_else(|status| (Vec::new(), status), |data| (data, OK));
        data.extend(status.to_be_bytes());
        data
    }

    fn dispatch(&mut self, command: &Command<'_>) -> Answer {
        if command.class != 0x00 {
            return Err(UNKNOWN_CLASS);
        }
        match command.instruction {
            0xA4 => self.select(command),
            0xB0 => self.read(command),
            0x20 if self.profile.application => self.verify(command),
            0x24 if self.profile.application => self.change(command),
            0x2C if self.profile.application => self.unblock(command),
            _ => Err(UNKNOWN_INSTRUCTION),
        }
    }

    fn select(&mut self, command: &Command<'_>) -> Answer {
        let answer = match (command.p1, command.data) {
            (0x00, []) => self.select_directory(MASTER),
            (0x04, name) if APPLICATION.starts_with(name) && name.len() >= 5 => {
                self.select_directory(DIRECTORY)
            }
            (0x04, _) => Err(NOT_FOUND),
            (0x00 | 0x02, &[high, low]) => self.select_id(u16::from_be_bytes([high, low])),
            (0x08, path) => {
                self.select_directory(MASTER)?;
                self.select_path(path)
            }
            (0x09, path) => self.select_path(path),
            _ => Err(WRONG_PARAMETERS),
        };
        // P2 = 0C: no file control information is wanted.
        answer.map(|control| if command.p2 & 0x0C == 0x0C { Vec::new() } else { control })
    }

    fn select_path(&mut self, path: &[u8]) -> Answer {
        let ids = path.chunks(2).map(|id| <[u8; 2]>::try_from(id).map(u16::from_be_bytes));
        ids.map(|id| self.select_id(id.map_err(|_| WRONG_DATA)?)).last().unwrap_or(Err(WRONG_DATA))
    }

    fn select_id(&mut self, id: u16) -> Answer {
        if id == MASTER || id == DIRECTORY {
            return self.select_directory(id);
        }
        let content = files::content(self.directory, id).filter(|_| self.profile.application);
        let content = content.ok_or(NOT_FOUND)?;
        self.file = Some(id);
        Ok(files::control_of_file(id, content.len()))
    }

    fn select_directory(&mut self, id: u16) -> Answer {
        if id == DIRECTORY && !self.profile.application {
            return Err(NOT_FOUND);
        }
        self.directory = id;
        self.file = None;
        Ok(files::control_of_directory(id))
    }

    fn read(&self, command: &Command<'_>) -> Answer {
        let file = self.file.ok_or(CONDITIONS)?;
        if file == EF_AODF && !self.profile.aodf_readable {
            return Err(SECURITY_STATUS);
        }
        let content = files::content(self.directory, file).ok_or(NOT_FOUND)?;
        let offset = usize::from(u16::from_be_bytes([command.p1, command.p2]));
        let rest = content.get(offset..).filter(|rest| !rest.is_empty()).ok_or(WRONG_OFFSET)?;
        Ok(rest[..rest.len().min(command.expected.unwrap_or(0))].to_vec())
    }

    fn verify(&mut self, command: &Command<'_>) -> Answer {
        if command.p1 != 0x00 {
            return Err(WRONG_PARAMETERS);
        }
        let Profile { empty_verify_is_free, two_step, .. } = self.profile;
        if command.p2 == PUK && !two_step {
            return Err(NO_REFERENCE);
        }
        let blocked = self.profile.blocked;
        let code = self.code(command.p2)?;
        if command.data.is_empty() && empty_verify_is_free {
            return match code {
                code if code.tries == 0 => Err(blocked),
                code if code.verified => Ok(Vec::new()),
                code => Err(0x63C0 | u16::from(code.tries)),
            };
        }
        outcome(code.enter(command.data), blocked)
    }

    fn change(&mut self, command: &Command<'_>) -> Answer {
        let blocked = self.profile.blocked;
        let code = self.code(command.p2)?;
        let (old, new) = command.data.split_at_checked(code.length()).ok_or(WRONG_LENGTH)?;
        if command.p1 != 0x00 {
            return Err(WRONG_PARAMETERS);
        }
        if !reference::is_code(new) {
            return Err(WRONG_DATA);
        }
        outcome(code.enter(old), blocked)?;
        code.set(new);
        Ok(Vec::new())
    }

    fn unblock(&mut self, command: &Command<'_>) -> Answer {
        if command.p2 != PIN {
            return Err(NO_REFERENCE);
        }
        match command.p1 {
            0x02 if self.profile.two_step => {
                if !self.puk.verified {
                    return Err(SECURITY_STATUS);
                }
                self.set_pin(command.data)
            }
            0x00 if self.profile.combined => {
                let (puk, new) = command.data.split_at_checked(self.puk.length()).ok_or(WRONG_LENGTH)?;
                if !reference::is_code(new) {
                    return Err(WRONG_DATA);
                }
                outcome(self.puk.enter(puk), self.profile.blocked)?;
                self.set_pin(new)
            }
            _ => Err(WRONG_PARAMETERS),
        }
    }

    fn set_pin(&mut self, value: &[u8]) -> Answer {
        if self.pin.set(value) { Ok(Vec::new()) } else { Err(WRONG_DATA) }
    }

    fn code(&mut self, reference: u8) -> Result<&mut Reference, u16> {
        match reference {
            PIN => Ok(&mut self.pin),
            PUK => Ok(&mut self.puk),
            _ => Err(NO_REFERENCE),
        }
    }
}

fn outcome(entry: Entry, blocked: u16) -> Answer {
    match entry {
        Entry::Right => Ok(Vec::new()),
        Entry::Wrong(left) => Err(0x63C0 | u16::from(left)),
        Entry::Blocked => Err(blocked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(profile: &str, codes: &Codes) -> Card {
        Card::new(Profile::named(profile).unwrap(), codes)
    }

    fn status(card: &mut Card, header: [u8; 4], data: &[u8]) -> u16 {
        let mut bytes = header.to_vec();
        if !data.is_empty() {
            bytes.push(u8::try_from(data.len()).unwrap());
            bytes.extend(data);
        }
        let answer = card.execute(&bytes);
        u16::from_be_bytes(answer[answer.len() - 2..].try_into().unwrap())
    }

    const VERIFY_PIN: [u8; 4] = [0, 0x20, 0, PIN];
    const VERIFY_PUK: [u8; 4] = [0, 0x20, 0, PUK];
    const RESET: [u8; 4] = [0, 0x2C, 2, PIN];
    const RESET_WITH_PUK: [u8; 4] = [0, 0x2C, 0, PIN];

    fn blocked() -> Codes {
        Codes { pin_tries: 0, ..Codes::default() }
    }

    #[test]
    fn three_wrong_pins_block_it_and_6984_is_the_old_families_word() {
        for (profile, word) in [("sanal", 0x6983), ("akis-1x-6984", 0x6984)] {
            let mut card = card(profile, &Codes::default());
            for left in [0x63C2, 0x63C1, 0x63C0] {
                assert_eq!(status(&mut card, VERIFY_PIN, b"000000"), left);
            }
            assert_eq!(status(&mut card, VERIFY_PIN, b"123456"), word);
        }
    }

    #[test]
    fn both_shapes_unblock() {
        let mut two = card("akis-2x-two-step", &blocked());
        assert_eq!(status(&mut two, RESET, b"654321"), SECURITY_STATUS);
        assert_eq!(status(&mut two, VERIFY_PUK, b"12345678"), OK);
        assert_eq!(status(&mut two, RESET, b"654321"), OK);
        assert_eq!(status(&mut two, VERIFY_PIN, b"654321"), OK);
        let mut one = card("akis-2x-combined", &blocked());
        assert_eq!(status(&mut one, VERIFY_PUK, b"12345678"), NO_REFERENCE);
        assert_eq!(status(&mut one, RESET_WITH_PUK, b"12345678654321"), OK);
        assert_eq!(status(&mut one, VERIFY_PIN, b"654321"), OK);
    }

    #[test]
    fn a_reset_forgets_the_puk_but_not_the_counters() {
        let mut card = card("sanal", &blocked());
        assert_eq!(status(&mut card, VERIFY_PUK, b"00000000"), 0x63C2);
        assert_eq!(status(&mut card, VERIFY_PUK, b"12345678"), OK);
        card.reset();
        assert_eq!(status(&mut card, RESET, b"654321"), SECURITY_STATUS);
        assert_eq!(status(&mut card, VERIFY_PIN, b"123456"), 0x6983);
    }

    #[test]
    fn an_empty_verify_is_free_on_one_profile_and_costs_on_another() {
        let mut free = card("sanal", &Codes::default());
        let mut dear = card("akis-2x", &Codes::default());
        for left in [0x63C2, 0x63C1] {
            assert_eq!(status(&mut free, VERIFY_PIN, b""), 0x63C3);
            assert_eq!(status(&mut dear, VERIFY_PIN, b""), left);
        }
    }

    #[test]
    fn changing_needs_the_old_code() {
        let mut card = card("sanal", &Codes::default());
        let change = [0, 0x24, 0, PIN];
        assert_eq!(status(&mut card, change, b"000000111111"), 0x63C2);
        assert_eq!(status(&mut card, change, b"123456111111"), OK);
        assert_eq!(status(&mut card, VERIFY_PIN, b"111111"), OK);
    }

    #[test]
    fn files_are_read_along_their_path() {
        let mut card = card("sanal", &Codes::default());
        assert_eq!(status(&mut card, [0, 0xA4, 8, 0], &[0x50, 0x15, 0x50, 0x31]), OK);
        let odf = card.execute(&[0, 0xB0, 0, 0, 0]);
        assert_eq!(odf[..2], [0xA8, 0x0A]);
        assert_eq!(card.execute(&[0, 0xB0, 0, 0x20, 0]), WRONG_OFFSET.to_be_bytes());
    }

    #[test]
    fn cards_without_the_application_know_no_pin_command() {
        for profile in ["kimlik", "yabanci"] {
            let mut card = card(profile, &Codes::default());
            assert_eq!(status(&mut card, [0, 0xA4, 4, 0], APPLICATION), NOT_FOUND);
            assert_eq!(status(&mut card, VERIFY_PIN, b"123456"), UNKNOWN_INSTRUCTION);
        }
    }
}
