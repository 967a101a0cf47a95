//! The card: executes commands.

use crate::apdu::{Command, Expected};
use crate::codes::Codes;
use crate::file_selection::FileSelection;
use crate::profile::{Profile, ResponseMode};
use crate::reference_data::{Code, MAX_TRIES, ReferenceData};
use crate::status_word::StatusWord;
use crate::validity::Validity;

/// A card in a reader.
pub struct Card {
    profile: &'static Profile,
    selection: FileSelection,
    codes: Codes,
    /// Response data for GET RESPONSE.
    pending: Vec<u8>,
}

/// The settings of a card that are independent of its profile.
#[derive(Clone)]
pub struct Settings {
    /// The PIN.
    pub pin: Code,
    /// The PUK that unblocks it.
    pub puk: Code,
    /// PIN tries left, at most [`MAX_TRIES`](crate::MAX_TRIES); 0 means blocked.
    pub pin_tries: u8,
    /// PUK tries left, at most [`MAX_TRIES`](crate::MAX_TRIES); 0 means blocked.
    pub puk_tries: u8,
    /// The validity period of the certificate, if there is one.
    pub validity: Validity,
}

impl Settings {
    /// Returns settings with all tries left and the validity period of the certificate template.
    #[must_use]
    pub fn new(pin: Code, puk: Code) -> Self {
        Self { pin, puk, pin_tries: MAX_TRIES, puk_tries: MAX_TRIES, validity: Validity::TEMPLATE }
    }
}

impl Card {
    /// Creates a card that was just inserted.
    #[must_use]
    pub fn new(profile: &'static Profile, settings: Settings) -> Self {
        let codes = Codes {
            pin: ReferenceData::new(settings.pin, settings.pin_tries),
            puk: ReferenceData::new(settings.puk, settings.puk_tries),
            profile,
        };
        let selection = FileSelection::new(profile.files, settings.validity, profile.select_mode);
        Self { profile, selection, codes, pending: Vec::new() }
    }

    /// Returns the answer to reset.
    #[must_use]
    pub fn atr(&self) -> &'static [u8] {
        self.profile.atr
    }

    /// Returns "authenticated" or "not authenticated", see [`Self::is_authenticated`].
    #[must_use]
    pub fn security_status(&self) -> &'static str {
        if self.is_authenticated() { "authenticated" } else { "not authenticated" }
    }

    /// Returns PIN and tries left, such as "pin=123456 pin-tries=3 puk-tries=3", for tests. A real card never
    /// reveals its PIN.
    #[must_use]
    pub fn code_summary(&self) -> String {
        let Codes { pin, puk, .. } = &self.codes;
        format!("pin={} pin-tries={} puk-tries={}", pin.digits(), pin.tries_left(), puk.tries_left())
    }

    /// Returns whether these are its codes, for tests.
    #[must_use]
    pub fn has_codes(&self, pin: &Code, puk: &Code) -> bool {
        self.codes.pin.is(pin) && self.codes.puk.is(puk)
    }

    /// Returns whether a code was verified since the last reset, for tests: another program could use the card
    /// with it.
    #[must_use]
    pub fn is_authenticated(&self) -> bool {
        self.codes.pin.is_verified() || self.codes.puk.is_verified()
    }

    /// Resets the card, like a loss of power: ends selection and verified states; values and counters of the
    /// codes remain.
    pub fn reset(&mut self) {
        self.selection.reset();
        self.codes.end_verified_state();
        self.pending.clear();
    }

    /// Executes a command APDU and returns the response, status word included.
    pub fn transmit(&mut self, command: &[u8]) -> Vec<u8> {
        // Only the next command can fetch pending data.
        let pending = std::mem::take(&mut self.pending);
        let (mut response, StatusWord(status)) = match Command::parse(command) {
            Some(command) => match self.execute(&command, pending) {
                Ok(data) => self.respond(data, &command),
                Err(status) => (Vec::new(), status),
            },
            None => (Vec::new(), StatusWord::WRONG_LENGTH),
        };
        response.extend(status.to_be_bytes());
        response
    }

    fn execute(&mut self, command: &Command<'_>, pending: Vec<u8>) -> Result<Vec<u8>, StatusWord> {
        if command.class != 0x00 {
            return Err(StatusWord::UNKNOWN_CLASS);
        }
        if !self.profile.instructions.contains(&command.instruction) {
            return Err(StatusWord::UNKNOWN_INSTRUCTION);
        }
        match command.instruction {
            0xA4 => self.selection.select(command, self.codes.wrong_entry_flags()),
            0xB0 => self.selection.read_binary(command),
            0xC0 => get_response(command, pending),
            0x20 => self.local_codes()?.verify(command).map(|()| Vec::new()),
            0x24 => self.local_codes()?.change(command).map(|()| Vec::new()),
            0x2C => self.local_codes()?.unblock(command).map(|()| Vec::new()),
            _ => Err(StatusWord::UNKNOWN_INSTRUCTION),
        }
    }

    /// Returns the codes if their directory is the current one; their references are not valid elsewhere.
    fn local_codes(&mut self) -> Result<&mut Codes, StatusWord> {
        if self.selection.is_in(self.profile.code_directory) {
            Ok(&mut self.codes)
        } else {
            Err(StatusWord::REFERENCE_NOT_FOUND)
        }
    }

    /// Returns as much data as Le requests and the response mode allows; keeps the rest for GET RESPONSE.
    fn respond(
        &mut self,
        mut data: Vec<u8>,
        Command { instruction, expected, .. }: &Command<'_>,
    ) -> (Vec<u8>, StatusWord) {
        let requested = match *expected {
            Expected::Nothing => 0,
            Expected::UpTo(most) | Expected::Exactly(most) => most,
        };
        let most = match self.profile.response_mode {
            ResponseMode::InParts(_) if *instruction != 0xC0 => 0,
            ResponseMode::InParts(most) => requested.min(most),
            ResponseMode::Complete | ResponseMode::Short(_) => requested,
        };
        if let (ResponseMode::Short(most), 0xB0) = (self.profile.response_mode, instruction) {
            data.truncate(most);
        }
        if data.len() <= most {
            return (data, StatusWord::OK);
        }
        self.pending = data.split_off(most);
        let next = match self.profile.response_mode {
            ResponseMode::InParts(most) => self.pending.len().min(most),
            ResponseMode::Complete | ResponseMode::Short(_) => self.pending.len(),
        };
        (data, StatusWord::more_data(next))
    }
}

fn get_response(command: &Command<'_>, pending: Vec<u8>) -> Result<Vec<u8>, StatusWord> {
    if (command.p1, command.p2) != (0x00, 0x00) {
        return Err(StatusWord::WRONG_PARAMETERS);
    }
    if !command.data.is_empty() || command.expected == Expected::Nothing {
        return Err(StatusWord::WRONG_LENGTH);
    }
    if pending.is_empty() { Err(StatusWord::CONDITIONS_NOT_SATISFIED) } else { Ok(pending) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SELECT_APPLICATION: &[u8] = b"\x00\xA4\x04\x0C\x0C\xA0\x00\x00\x00\x63PKCS-15";
    const VERIFY_PIN: &[u8] = b"\x00\x20\x00\x81\x06123456";
    const WRONG_PIN: &[u8] = b"\x00\x20\x00\x81\x06000000";
    const VERIFY_PUK: &[u8] = b"\x00\x20\x00\x82\x0812345678";
    const NEW_PIN: &[u8] = b"\x00\x2C\x02\x81\x06654321";

    fn card(profile: &str) -> Card {
        let code = |digits: &[u8]| Code::parse(digits).unwrap();
        let settings = Settings::new(code(b"123456"), code(b"12345678"));
        Card::new(Profile::named(profile).unwrap(), settings)
    }

    /// Executes commands and returns the status word of the last one.
    fn status(card: &mut Card, commands: &[&[u8]]) -> u16 {
        let response = commands.iter().map(|command| card.transmit(command)).last().unwrap();
        u16::from_be_bytes(*response.last_chunk().unwrap())
    }

    #[test]
    fn selects_the_application_and_verifies_the_pin() {
        assert_eq!(status(&mut card("sanal"), &[SELECT_APPLICATION, VERIFY_PIN]), 0x9000);
    }

    #[test]
    fn codes_do_not_exist_outside_the_application() {
        let mut card = card("sanal");
        for command in [VERIFY_PIN, VERIFY_PUK, NEW_PIN, b"\x00\x24\x00\x81\x0C123456654321"] {
            assert_eq!(status(&mut card, &[command]), 0x6A88, "{command:02X?}");
        }
    }

    #[test]
    fn rejects_other_commands_classes_and_lengths() {
        let mut card = card("sanal");
        assert_eq!(status(&mut card, &[&[0x00, 0xCA, 0x00, 0x00, 0x00]]), 0x6D00);
        assert_eq!(status(&mut card, &[&[0x80, 0xA4, 0x04, 0x00]]), 0x6E00);
        assert_eq!(status(&mut card, &[&[0x00, 0xA4, 0x04, 0x00, 0x05, 0x01]]), 0x6700);
        assert_eq!(status(&mut card, &[&[0x00, 0xA4]]), 0x6700);
    }

    #[test]
    fn without_le_response_data_is_fetched_by_get_response() {
        let mut card = card("sanal");
        assert_eq!(card.transmit(&[0x00, 0xA4, 0x00, 0x00, 0x02, 0x2F, 0x00]), [0x61, 0x0D]);
        assert_eq!(card.transmit(&[0x00, 0xC0, 0x00, 0x00, 0x02]), [0x6F, 0x0B, 0x61, 0x0B]);
        let rest = card.transmit(&[0x00, 0xC0, 0x00, 0x00, 0x00]);
        assert_eq!((rest.len(), &rest[11..]), (13, &[0x90, 0x00][..]));
    }

    #[test]
    fn only_the_next_command_can_fetch_pending_data() {
        let get_response = &[0x00, 0xC0, 0x00, 0x00, 0x00];
        let select: &[u8] = &[0x00, 0xA4, 0x00, 0x00, 0x02, 0x2F, 0x00];
        let read: &[u8] = &[0x00, 0xB0, 0x00, 0x00, 0x00];
        assert_eq!(status(&mut card("sanal"), &[get_response]), 0x6985);
        for between in [read, &[0x00]] {
            assert_eq!(status(&mut card("sanal"), &[select, between, get_response]), 0x6985);
        }
    }

    #[test]
    fn a_reset_ends_selection_and_verification() {
        let mut card = card("sanal");
        status(&mut card, &[SELECT_APPLICATION, VERIFY_PIN, VERIFY_PUK]);
        card.reset();
        assert_eq!(status(&mut card, &[NEW_PIN]), 0x6A88);
        assert_eq!(status(&mut card, &[SELECT_APPLICATION, NEW_PIN]), 0x6982);
        assert_eq!(status(&mut card, &[b"\x00\x20\x00\x81"]), 0x63C3);
    }

    #[test]
    fn a_verified_code_authenticates_the_card_until_its_reset() {
        for (verify, wrong) in [(VERIFY_PIN, WRONG_PIN), (VERIFY_PUK, &b"\x00\x20\x00\x82\x0800000000"[..])] {
            let mut card = card("sanal");
            status(&mut card, &[SELECT_APPLICATION, wrong]);
            assert!(!card.is_authenticated());
            status(&mut card, &[verify]);
            assert!(card.is_authenticated());
            card.reset();
            assert!(!card.is_authenticated());
        }
    }

    #[test]
    fn tells_whether_codes_are_its_own() {
        let code = |digits: &str| Code::parse(digits.as_bytes()).unwrap();
        let mut card = card("sanal");
        assert!(card.has_codes(&code("123456"), &code("12345678")));
        status(&mut card, &[SELECT_APPLICATION, VERIFY_PUK, NEW_PIN]);
        assert!(card.has_codes(&code("654321"), &code("12345678")));
        assert!(!card.has_codes(&code("123456"), &code("12345678")));
        assert!(!card.has_codes(&code("654321"), &code("87654321")));
    }

    #[test]
    fn a_reset_keeps_counters_and_values() {
        let mut card = card("sanal");
        status(&mut card, &[SELECT_APPLICATION, VERIFY_PUK, NEW_PIN, WRONG_PIN]);
        card.reset();
        assert_eq!(status(&mut card, &[SELECT_APPLICATION, WRONG_PIN]), 0x63C1);
        assert_eq!(status(&mut card, &[b"\x00\x20\x00\x81\x06654321"]), 0x9000);
    }

    #[test]
    fn an_identity_card_has_the_commands_but_no_application() {
        let mut card = card("kimlik");
        assert_eq!(status(&mut card, &[SELECT_APPLICATION]), 0x6A82);
        assert_eq!(status(&mut card, &[&[0x00, 0xA4, 0x08, 0x00, 0x02, 0x2F, 0x00]]), 0x6A82);
        assert_eq!(status(&mut card, &[VERIFY_PIN]), 0x6A88);
    }

    #[test]
    fn an_unsupported_card_has_neither_application_nor_commands() {
        let mut card = card("yabanci");
        assert_eq!(status(&mut card, &[SELECT_APPLICATION]), 0x6A82);
        assert_eq!(status(&mut card, &[VERIFY_PIN]), 0x6D00);
        assert_eq!(status(&mut card, &[&[0x00, 0xB0, 0x00, 0x00, 0x00]]), 0x6D00);
    }

    #[test]
    fn response_mode_in_parts_returns_data_through_get_response() {
        let mut card = card("akis-2x-in-parts");
        let select: &[u8] = &[0x00, 0xA4, 0x08, 0x00, 0x02, 0x2F, 0x00, 0x00];
        let read: &[u8] = &[0x00, 0xB0, 0x00, 0x00, 0x00];
        assert_eq!(status(&mut card, &[select]), 0x610D);
        assert_eq!(card.transmit(read), [0x61, 0x10]);
        let first = card.transmit(&[0x00, 0xC0, 0x00, 0x00, 0x10]);
        assert_eq!((first.len(), &first[16..]), (18, &[0x61, 0x0C][..]));
        let rest = card.transmit(&[0x00, 0xC0, 0x00, 0x00, 0x0C]);
        assert_eq!((rest.len(), &rest[12..]), (14, &[0x90, 0x00][..]));
    }

    #[test]
    fn response_mode_short_returns_less_than_requested() {
        let mut card = card("akis-2x-short");
        let select: &[u8] = &[0x00, 0xA4, 0x08, 0x0C, 0x02, 0x2F, 0x00];
        assert_eq!(status(&mut card, &[select]), 0x9000);
        assert_eq!(card.transmit(&[0x00, 0xB0, 0x00, 0x00, 0x00]).len(), 16 + 2);
        assert_eq!(card.transmit(&[0x00, 0xB0, 0x00, 0x10, 0x00]).len(), 12 + 2);
    }

    #[test]
    fn akis_1_reports_wrong_entries_in_select() {
        let mut card = card("akis-1.0");
        let select = b"\x00\xA4\x04\x00\x0C\xA0\x00\x00\x00\x63PKCS-15\x00";
        for flags in [0x00, 0x40, 0xC0, 0xC0] {
            let answer = card.transmit(select);
            assert_eq!(answer[answer.len() - 5..], [0x90, 0x01, flags, 0x90, 0x00]);
            card.transmit(WRONG_PIN);
        }
    }

    #[test]
    fn codes_of_another_directory_exist_only_there() {
        let mut card = card("akis-2x-codes-elsewhere");
        assert_eq!(status(&mut card, &[SELECT_APPLICATION, VERIFY_PIN]), 0x6A88);
        assert_eq!(status(&mut card, &[&[0x00, 0xA4, 0x08, 0x0C, 0x02, 0x3D, 0x00], VERIFY_PIN]), 0x9000);
    }

    #[test]
    fn every_other_profile_is_an_e_signature_card() {
        let others = ["kimlik", "yabanci", "akis-2x-codes-elsewhere"];
        for profile in crate::PROFILES.iter().filter(|profile| !others.contains(&profile.name)) {
            assert_eq!(status(&mut card(profile.name), &[SELECT_APPLICATION, VERIFY_PIN]), 0x9000);
        }
    }
}
