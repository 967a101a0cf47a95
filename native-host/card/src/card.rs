//! An e-signature card: found, described, unblocked.

use crate::apdu::{Command, transmit};
use crate::application::Application;
use crate::atr::takes_extended_lengths;
use crate::certificate::{self, Certificate};
use crate::change::{Shape, change};
use crate::codes::Code;
use crate::files::{ReadError, in_control_information};
use crate::unblock::unblock;
use crate::walk::Listed;
use crate::{Cardholder, CodeError, CodeFormat, Family, Secret, StatusWord, Transport, TransportError};

/// A card with an e-signature application.
pub struct Card {
    family: &'static Family,
    application: Application,
    certificates: Vec<Certificate>,
    holder: Cardholder,
}

/// One of the two codes of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// What signs.
    Pin,
    /// What unblocks the PIN.
    Puk,
}

/// Why a card is not one for us. It received no VERIFY, CHANGE or RESET command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardError {
    /// Its ATR is of no AKİS family.
    UnsupportedCard,
    /// No e-signature application, or certificates of which none is for signing, on a card whose
    /// ATR identity cards have too.
    IdentityCard,
    /// Certificates that cannot be read, on a card whose ATR identity cards have too: it may be either.
    Unrecognised,
    /// No e-signature application.
    NoApplication,
    /// The application describes no PIN that a PUK unblocks.
    NoPuk,
    /// It describes several, and not which of them signs.
    SeveralPins,
    /// The card could not say what is on it.
    Failed(StatusWord),
    /// No answer.
    Transport(TransportError),
}

impl From<ReadError> for CardError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Transport(error) => Self::Transport(error),
            ReadError::Failed(status) => Self::Failed(status),
        }
    }
}

impl From<TransportError> for CardError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// What is known of a code without trying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeState {
    /// It can be entered; tries left where the card says so.
    Usable(Option<u8>),
    /// Too many wrong entries.
    Blocked,
    /// The card does not say, or it is not known that asking is free.
    Unknown,
}

impl Card {
    /// Looks at a card with nothing but SELECT and READ BINARY.
    ///
    /// # Errors
    /// The reason why this is no e-signature card.
    pub fn open(card: &mut dyn Transport, atr: &[u8]) -> Result<Self, CardError> {
        let family = Family::from_atr(atr).ok_or(CardError::UnsupportedCard)?;
        let shared = family.shares_with_identity_card;
        let mut card = Bounded { card, left: MOST_COMMANDS };
        let (mut certificates, mut holder) = (Vec::new(), Cardholder::default());
        let mut judge = |listed: &[Listed]| {
            let parsed: Vec<_> = listed.iter().map(|one| certificate::parse(one.file.as_deref()?)).collect();
            let all_understood = parsed.iter().all(Option::is_some);
            for parsed in parsed.into_iter().flatten().filter(|parsed| !parsed.is_authority) {
                holder.identity_number = holder.identity_number.take().or(parsed.holder.identity_number);
                holder.birth_date = holder.birth_date.or(parsed.holder.birth_date);
                certificates.push(parsed.certificate);
            }
            if !shared || listed.is_empty() || certificates.iter().any(|one| one.is_for_signing) {
                Ok(())
            } else if all_understood {
                Err(CardError::IdentityCard)
            } else {
                Err(CardError::Unrecognised)
            }
        };
        let application = Application::find(&mut card, takes_extended_lengths(atr), &mut judge)?
            .ok_or(if shared { CardError::IdentityCard } else { CardError::NoApplication })?;
        certificates.sort_by_key(|one| (!one.is_for_signing, std::cmp::Reverse(one.not_after)));
        Ok(Self { family, application, certificates, holder })
    }

    /// A card of another kind, for tests of the commands against cards that others wrote: the application's
    /// identifier, and the references of its PIN and of the code that unblocks it.
    #[cfg(feature = "third-party-cards")]
    #[must_use]
    pub fn third_party(application: &[u8], pin: u8, puk: u8) -> Self {
        let application = Application::third_party(application, pin, puk);
        Self {
            family: Family::third_party(),
            application,
            certificates: Vec::new(),
            holder: Cardholder::default(),
        }
    }

    /// The holder's certificates that can be read: those for signing first, of these the one that
    /// holds longest.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// What the certificates tell of the holder, to judge a new code by.
    #[must_use]
    pub fn cardholder(&self) -> &Cardholder {
        &self.holder
    }

    /// The card's family.
    #[must_use]
    pub fn family(&self) -> &'static Family {
        self.family
    }

    /// Whether references and lengths come from the card's own PIN objects, or are assumed.
    #[must_use]
    pub fn codes_are_from_card(&self) -> bool {
        self.application.codes.from_card
    }

    /// What may be entered as a code.
    #[must_use]
    pub fn code_format(&self, code: CodeKind) -> &CodeFormat {
        &self.code(code).format
    }

    /// Whether the card lets whoever knows a code change it.
    #[must_use]
    pub fn is_changeable(&self, code: CodeKind) -> bool {
        self.code(code).changeable
    }

    fn code(&self, code: CodeKind) -> &Code {
        match code {
            CodeKind::Pin => &self.application.codes.pin,
            CodeKind::Puk => &self.application.codes.puk,
        }
    }

    /// The state of a code; spends no try.
    ///
    /// # Errors
    /// Where the card does not answer.
    pub fn code_state(&self, card: &mut dyn Transport, code: CodeKind) -> Result<CodeState, TransportError> {
        let selected = self.application.select(card, self.code(code))?;
        if selected.status != StatusWord::Ok {
            return Ok(CodeState::Unknown);
        }
        self.code_state_in_directory(card, code, &selected.data)
    }

    /// The state of a code, in the same turn in which the card was opened: its directory is then mostly the
    /// current one.
    ///
    /// # Errors
    /// Where the card does not answer.
    pub fn code_state_after_open(
        &self,
        card: &mut dyn Transport,
        code: CodeKind,
    ) -> Result<CodeState, TransportError> {
        let known = if self.family.empty_verify_is_free {
            self.application.was_left_in_directory_of(self.code(code))
        } else {
            // What the application said when it was selected, unless the code belongs elsewhere and its
            // directory tells.
            !self.tells_when_selected(code) || self.code(code).path.is_none()
        };
        if known {
            self.code_state_in_directory(card, code, self.application.control_information())
        } else {
            self.code_state(card, code)
        }
    }

    fn code_state_in_directory(
        &self,
        card: &mut dyn Transport,
        code: CodeKind,
        control_information: &[u8],
    ) -> Result<CodeState, TransportError> {
        if self.family.empty_verify_is_free {
            return ask_state(card, self.code(code).reference);
        }
        // AKİS 1.0 tells of the PIN when its directory is selected (CERTAIN: OpenSC's driver).
        const LAST_TRY: u8 = 0x80;
        let told = self.tells_when_selected(code).then(|| wrong_entries(control_information)).flatten();
        Ok(match told {
            Some(wrong) if wrong & LAST_TRY != 0 => CodeState::Usable(Some(1)),
            _ => CodeState::Unknown,
        })
    }

    fn tells_when_selected(&self, code: CodeKind) -> bool {
        self.family.control_information_tells_tries && code == CodeKind::Pin
    }

    /// Unblocks the PIN. The codes must have passed [`Self::code_format`], `known` is the state of the PUK that the
    /// user was told, and the card must be the one that was opened: on the same handle, not reset since.
    ///
    /// # Errors
    /// See [`CodeError`]; after each of them both codes are gone.
    pub fn unblock(
        &self,
        card: &mut dyn Transport,
        known: CodeState,
        puk: Secret,
        new_pin: Secret,
    ) -> Result<(), CodeError> {
        self.prepare(card, CodeKind::Puk, known)?;
        let Application { codes, .. } = &self.application;
        let select_pin = |card: &mut dyn Transport| Ok(self.application.select(card, &codes.pin)?.status);
        unblock(card, codes, puk, new_pin, select_pin)
    }

    /// Changes a code, under the same conditions.
    ///
    /// # Errors
    /// See [`CodeError`]; after each of them both codes are gone.
    pub fn change(
        &self,
        card: &mut dyn Transport,
        code: CodeKind,
        known: CodeState,
        old: Secret,
        new: Secret,
    ) -> Result<(), CodeError> {
        self.prepare(card, code, known)?;
        let shape = if self.family.change_has_lengths { Shape::WithLengths } else { Shape::Joined };
        change(card, shape, self.code(code), old, new)
    }

    /// Makes a code's directory the current one, and sees that nobody has used up tries since the user was
    /// told of them.
    fn prepare(&self, card: &mut dyn Transport, code: CodeKind, known: CodeState) -> Result<(), CodeError> {
        let selected = self.application.select(card, self.code(code))?;
        if selected.status != StatusWord::Ok {
            return Err(CodeError::Failed(selected.status));
        }
        match (known, self.code_state_in_directory(card, code, &selected.data)?) {
            (_, CodeState::Blocked) => Err(CodeError::Blocked),
            // The user has said yes to not knowing.
            (CodeState::Unknown | CodeState::Usable(None), _) => Ok(()),
            // Verified by another program: no try is missing.
            (CodeState::Usable(Some(_)), CodeState::Usable(None)) => Ok(()),
            (CodeState::Usable(Some(told)), CodeState::Usable(Some(left))) if left >= told => Ok(()),
            _ => Err(CodeError::StateChanged),
        }
    }
}

/// Tag 90 of the control information, where a family tells of wrong entries by it.
fn wrong_entries(control_information: &[u8]) -> Option<u8> {
    in_control_information(control_information, 0x90)?.first().copied()
}

/// No card needs so many commands to describe itself.
const MOST_COMMANDS: u32 = 2000;

/// A card that is given up as nonsense when it was asked too often.
struct Bounded<'a> {
    card: &'a mut dyn Transport,
    left: u32,
}

impl Transport for Bounded<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.left = self.left.checked_sub(1).ok_or(TransportError::Silent)?;
        self.card.transmit(command)
    }
}

/// VERIFY without data asks for the tries left (ISO 7816-4, section 7.5.6). Some cards count it as a
/// wrong entry, so only families get it that are known to answer.
fn ask_state(card: &mut dyn Transport, reference: u8) -> Result<CodeState, TransportError> {
    let ask = Command { ins: 0x20, p1: 0, p2: reference, data: &[], le: None };
    // As it is: repeated with a length, on 6Cxx, it would be another command.
    Ok(match transmit(card, ask)?.status {
        StatusWord::Ok => CodeState::Usable(None),
        status if status.is_blocked() => CodeState::Blocked,
        StatusWord::WrongCode(left) => CodeState::Usable(Some(left)),
        _ => CodeState::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::{Script, unhex};

    const AKIS_2: &str = "3B9F978131FE4580655443D2210831C073F6218081055B";
    const AKIS_1: &str = "3B9F968131FE45806755454B41451212318073B3A180EA";
    const VIRTUAL: &str = "3B9F978131FE4580655443534E4C31C073F62180810500";
    const NO_APPLICATION: [(&str, &str); 4] = [
        ("00A404000CA000000063504B43532D313500", "6A82"),
        ("00A4040007504B43532D313500", "6A82"),
        ("00A40800022F0000", "6A82"),
        ("00A40800043F002F0000", "6A82"),
    ];
    const ASSUMED_CODES: [(&str, &str); 3] = [
        ("00A404000CA000000063504B43532D313500", "9000"),
        ("00A40000025031 00", "6A82"),
        ("00A40200025031 00", "6A82"),
    ];

    fn refusal(atr: &str, lines: &[(&str, &str)]) -> Option<CardError> {
        Card::open(&mut Script::new(lines), &unhex(atr)).err()
    }

    #[test]
    fn a_foreign_card_gets_no_command_at_all() {
        assert_eq!(refusal("3B951381018073FF01000B", &[]), Some(CardError::UnsupportedCard));
    }

    #[test]
    fn without_an_application_the_identity_cards_family_is_named() {
        assert_eq!(refusal(AKIS_2, &NO_APPLICATION), Some(CardError::IdentityCard));
        assert_eq!(refusal(AKIS_1, &NO_APPLICATION), Some(CardError::NoApplication));
    }

    #[test]
    fn a_family_that_may_count_an_empty_verify_is_not_asked() {
        let mut script = Script::new(&ASSUMED_CODES);
        let card = Card::open(&mut script, &unhex(AKIS_2)).unwrap();
        assert_eq!(card.code_state_after_open(&mut script, CodeKind::Pin), Ok(CodeState::Unknown));
        assert_eq!(card.code_state_after_open(&mut script, CodeKind::Puk), Ok(CodeState::Unknown));
    }

    #[test]
    fn a_family_that_tells_is_asked() {
        for (answer, state) in [
            ("63C2", CodeState::Usable(Some(2))),
            ("63C0", CodeState::Blocked),
            ("6983", CodeState::Blocked),
            ("6984", CodeState::Blocked),
            ("9000", CodeState::Usable(None)),
            ("6985", CodeState::Unknown),
            ("6C08", CodeState::Unknown), // was repeated with a length, which a card may take for a code's
        ] {
            let mut lines = ASSUMED_CODES.to_vec();
            lines.push((ASSUMED_CODES[0].0, "9000"));
            lines.push(("00200081", answer));
            let mut script = Script::new(&lines);
            let card = Card::open(&mut script, &unhex(VIRTUAL)).unwrap();
            assert_eq!(card.code_state(&mut script, CodeKind::Pin), Ok(state), "{answer}");
        }
    }

    #[test]
    fn the_application_is_selected_again_before_the_puk_goes_out() {
        let mut lines = ASSUMED_CODES.to_vec();
        lines.push(("00A404000CA000000063504B43532D313500", "6A82"));
        let mut script = Script::new(&lines);
        let card = Card::open(&mut script, &unhex(AKIS_2)).unwrap();
        let code = |text: &str| text.bytes().collect();
        let outcome = card.unblock(&mut script, CodeState::Unknown, code("12345678"), code("654321"));
        assert_eq!(outcome, Err(CodeError::Failed(StatusWord::FileNotFound)));
    }

    /// Another program used up tries while the user was typing, and the last one went without a yes.
    #[test]
    fn codes_do_not_go_out_where_the_tries_are_no_longer_those_that_the_user_saw() {
        let mut lines = ASSUMED_CODES.to_vec();
        lines.extend([(ASSUMED_CODES[0].0, "9000"), ("00200082", "63C1")]);
        let mut script = Script::new(&lines);
        let card = Card::open(&mut script, &unhex(VIRTUAL)).unwrap();
        let code = |text: &str| text.bytes().collect();
        let known = CodeState::Usable(Some(3));
        let outcome = card.unblock(&mut script, known, code("12345678"), code("654321"));
        assert_eq!(outcome, Err(CodeError::StateChanged));
    }

    #[test]
    fn as_many_tries_as_the_user_saw_or_more_are_well_and_none_is_blocked() {
        for (answer, expected) in [
            ("63C3", None),
            ("63C2", None),
            ("9000", None), // another program has just entered it
            ("63C1", Some(CodeError::StateChanged)),
            ("6985", Some(CodeError::StateChanged)),
            ("6983", Some(CodeError::Blocked)),
        ] {
            let mut lines = ASSUMED_CODES.to_vec();
            lines.extend([(ASSUMED_CODES[0].0, "9000"), ("00200082", answer)]);
            let mut script = Script::new(&lines);
            let card = Card::open(&mut script, &unhex(VIRTUAL)).unwrap();
            let prepared = card.prepare(&mut script, CodeKind::Puk, CodeState::Usable(Some(2)));
            assert_eq!(prepared.err(), expected, "{answer}");
        }
    }

    #[test]
    fn a_card_that_never_ends_describing_itself_is_given_up() {
        struct Endless(usize);
        impl Transport for Endless {
            fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
                self.0 += 1;
                // A byte of a directory of certificates at a time.
                let at = usize::from(u16::from_be_bytes([command[2], command[3]])) % 8;
                let directory = [0xA4, 0x06, 0x30, 0x04, 0x04, 0x02, 0x44, 0x01];
                Ok(if command[1] == 0xB0 { vec![directory[at], 0x90, 0x00] } else { vec![0x90, 0x00] })
            }
        }
        let mut card = Endless(0);
        assert!(Card::open(&mut card, &unhex(AKIS_2)).is_err());
        assert!(card.0 <= MOST_COMMANDS as usize);
    }

    #[test]
    fn the_first_akis_tells_of_the_last_try_of_its_pin() {
        const AKIS_1_0: &str = "3BBA11008131FE4D55454B41452056312E30AE";
        for (bits, state) in [
            ("80", CodeState::Usable(Some(1))),
            ("C0", CodeState::Usable(Some(1))),
            ("40", CodeState::Unknown),
            ("00", CodeState::Unknown),
        ] {
            let selected = format!("6F039001{bits}9000");
            let mut script =
                Script::new(&[(ASSUMED_CODES[0].0, &selected), ASSUMED_CODES[1], ASSUMED_CODES[2]]);
            let card = Card::open(&mut script, &unhex(AKIS_1_0)).unwrap();
            assert_eq!(card.code_state_after_open(&mut script, CodeKind::Pin), Ok(state), "{bits}");
            assert_eq!(
                card.code_state_after_open(&mut script, CodeKind::Puk),
                Ok(CodeState::Unknown),
                "{bits}"
            );
        }
    }

    #[test]
    fn certificates_of_which_none_is_known_to_sign_are_an_identity_cards() {
        let signing: &[u8] = include_bytes!("../../../tests/virtual-card/data/imza.der");
        let login: &[u8] = include_bytes!("../../../tests/virtual-card/data/kimlik.der");
        let broken = &signing[..signing.len() / 2];
        for (file, expected) in
            [(signing, None), (login, Some(CardError::IdentityCard)), (broken, Some(CardError::Unrecognised))]
        {
            let mut card = OneCertificate { file, pins: "", selected: Vec::new() };
            assert_eq!(Card::open(&mut card, &unhex(AKIS_2)).err(), expected);
        }
        let mut card = OneCertificate { file: login, pins: "", selected: Vec::new() };
        assert!(Card::open(&mut card, &unhex(AKIS_1)).is_ok(), "a family that no identity card has");
    }

    /// It was called a card with several PINs, which tells its holder nothing.
    #[test]
    fn an_identity_card_is_called_one_whatever_codes_it_has() {
        const TWO_PAIRS: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200810401FF300604043F005015\
                                 303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200820401FF300604043F005015\
                                 3036300C0C0350494E030206C00401043003040103A121301F030203480A0101020104020108020110800200830401FF300604043F005015\
                                 303330090C0350554B030206C03003040104A121301F0302014A0A0101020104020108020110800200840401FF300604043F005015";
        let login: &[u8] = include_bytes!("../../../tests/virtual-card/data/kimlik.der");
        let mut card = OneCertificate { file: login, pins: TWO_PAIRS, selected: Vec::new() };
        assert_eq!(Card::open(&mut card, &unhex(AKIS_2)).err(), Some(CardError::IdentityCard));
        let mut card = OneCertificate { file: login, pins: TWO_PAIRS, selected: Vec::new() };
        assert_eq!(Card::open(&mut card, &unhex(AKIS_1)).err(), Some(CardError::SeveralPins));
    }

    /// A card whose ODF names a directory with one certificate, and PIN objects; unreadable where empty.
    struct OneCertificate {
        file: &'static [u8],
        pins: &'static str,
        selected: Vec<u8>,
    }

    impl Transport for OneCertificate {
        fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            let ok = |data: &[u8]| Ok([data, &[0x90, 0x00]].concat());
            if command[1] == 0xA4 {
                self.selected = command[5..command.len() - 1].to_vec();
                return ok(&[]);
            }
            assert_eq!(command[1], 0xB0, "only SELECT and READ BINARY");
            let content = match self.selected[..] {
                [0x50, 0x31] => unhex("A80A300804063F0050154401 A406300404024402"),
                [0x44, 0x02] => unhex("30143003 0C0141 3003040145 A108300630040402 4301"),
                [0x43, 0x01] => self.file.to_vec(),
                [0x50, 0x15, 0x44, 0x01] if !self.pins.is_empty() => unhex(self.pins),
                _ => return Ok(vec![0x69, 0x82]),
            };
            let offset = usize::from(u16::from_be_bytes([command[2], command[3]]));
            match content.get(offset..).filter(|rest| !rest.is_empty()) {
                Some(rest) => ok(&rest[..rest.len().min(256)]),
                None => Ok(vec![0x6B, 0x00]),
            }
        }
    }
}
