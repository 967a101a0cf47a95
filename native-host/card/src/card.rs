//! Recognizes an e-signature card and reads its public data.

use crate::certificate::{self, ParsedCertificate};
use crate::command_limit::CommandLimit;
use crate::iso7816::atr::supports_extended_lengths;
use crate::pkcs15::{Application, CodeAttributes, ListedCertificate};
use crate::{CardError, Cardholder, Certificate, CodeFormat, Family, Transport};
use alloc::vec::Vec;
use core::cmp::Reverse;

/// A card with an e-signature application.
pub struct Card {
    pub(crate) family: Family,
    pub(crate) application: Application,
    certificates: Vec<Certificate>,
    cardholder: Cardholder,
}

/// One of the two codes of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// The code that authorizes signatures.
    Pin,
    /// The code that unblocks the PIN.
    Puk,
}

/// The maximum number of commands for opening a card; far more than any valid card needs.
const MAX_COMMANDS: u32 = 2000;

impl Card {
    /// Recognizes a card. Sends SELECT and READ BINARY only.
    ///
    /// # Errors
    /// If the card is not a supported e-signature card, or does not respond.
    pub fn open(transport: &mut dyn Transport, atr: &[u8]) -> Result<Self, CardError> {
        let family = Family::from_atr(atr).ok_or(CardError::UnsupportedCard)?;
        let may_be_identity_card = family.shares_with_identity_card;
        let mut transport = CommandLimit::new(transport, MAX_COMMANDS);
        let (mut certificates, mut cardholder) = (Vec::new(), Cardholder::default());
        let mut filter = |listed: &[ListedCertificate]| {
            let parsed: Vec<_> =
                listed.iter().map(|listed| certificate::parse(listed.file.as_deref()?)).collect();
            let all_parsed = parsed.iter().all(Option::is_some);
            for parsed in parsed.into_iter().flatten().filter(|parsed| !parsed.is_authority) {
                let ParsedCertificate { certificate, cardholder: details, .. } = parsed;
                cardholder.identity_number = cardholder.identity_number.take().or(details.identity_number);
                cardholder.birth_date = cardholder.birth_date.or(details.birth_date);
                certificates.push(certificate);
            }
            let any_for_signing = certificates.iter().any(|certificate| certificate.is_for_signing);
            if !may_be_identity_card || listed.is_empty() || any_for_signing {
                Ok(())
            } else if all_parsed {
                Err(CardError::IdentityCard)
            } else {
                Err(CardError::Unrecognised)
            }
        };
        let application = Application::find(&mut transport, supports_extended_lengths(atr), &mut filter)?
            .ok_or(if may_be_identity_card { CardError::IdentityCard } else { CardError::NoApplication })?;
        certificates.sort_by_key(|certificate: &Certificate| {
            (!certificate.is_for_signing, Reverse(certificate.not_after))
        });
        Ok(Self { family, application, certificates, cardholder })
    }

    /// Returns a card with the given application identifier and code references, for tests with third-party
    /// cards that have no supported PKCS#15 directories.
    #[cfg(feature = "third-party-cards")]
    #[must_use]
    pub fn third_party(application: &[u8], pin: u8, puk: u8) -> Self {
        let application = Application::third_party(application, pin, puk);
        let cardholder = Cardholder::default();
        Self { family: Family::third_party(), application, certificates: Vec::new(), cardholder }
    }

    /// Returns the cardholder's readable certificates, signing certificates first, latest expiry first.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Returns the cardholder's details from the certificates, for checking new codes.
    #[must_use]
    pub fn cardholder(&self) -> &Cardholder {
        &self.cardholder
    }

    /// Returns the card's family.
    #[must_use]
    pub fn family(&self) -> &Family {
        &self.family
    }

    /// Returns whether the references and formats of the codes were read from the card; otherwise they are
    /// assumed.
    #[must_use]
    pub fn codes_are_from_card(&self) -> bool {
        self.application.codes.from_card
    }

    /// Returns the format that the card requires for a code.
    #[must_use]
    pub fn code_format(&self, code: CodeKind) -> &CodeFormat {
        &self.code(code).format
    }

    /// Returns whether a code can be changed by entering the current one.
    #[must_use]
    pub fn is_changeable(&self, code: CodeKind) -> bool {
        self.code(code).is_changeable
    }

    pub(crate) fn code(&self, code: CodeKind) -> &CodeAttributes {
        match code {
            CodeKind::Pin => &self.application.codes.pin,
            CodeKind::Puk => &self.application.codes.puk,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TransportError;
    use crate::scripted_transport::{ScriptedTransport, unhex};
    use alloc::vec;

    const AKIS_2: &str = "3B9F978131FE4580655443D2210831C073F6218081055B";
    const AKIS_1: &str = "3B9F968131FE45806755454B41451212318073B3A180EA";
    const NO_APPLICATION: [(&str, &str); 4] = [
        ("00A404000CA000000063504B43532D313500", "6A82"),
        ("00A4040007504B43532D313500", "6A82"),
        ("00A40800022F0000", "6A82"),
        ("00A40800043F002F0000", "6A82"),
    ];

    fn open_error(atr: &str, lines: &[(&str, &str)]) -> Option<CardError> {
        Card::open(&mut ScriptedTransport::new(lines), &unhex(atr)).err()
    }

    #[test]
    fn sends_no_command_to_an_unsupported_card() {
        assert_eq!(open_error("3B951381018073FF01000B", &[]), Some(CardError::UnsupportedCard));
    }

    #[test]
    fn a_card_without_application_may_be_an_identity_card_by_its_family() {
        assert_eq!(open_error(AKIS_2, &NO_APPLICATION), Some(CardError::IdentityCard));
        assert_eq!(open_error(AKIS_1, &NO_APPLICATION), Some(CardError::NoApplication));
    }

    #[test]
    fn gives_up_on_a_card_with_endless_directories() {
        struct Endless(usize);
        impl Transport for Endless {
            fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
                self.0 += 1;
                // A certificate directory, one byte per command.
                let offset = usize::from(u16::from_be_bytes([command[2], command[3]])) % 8;
                let directory = [0xA4, 0x06, 0x30, 0x04, 0x04, 0x02, 0x44, 0x01];
                Ok(if command[1] == 0xB0 { vec![directory[offset], 0x90, 0x00] } else { vec![0x90, 0x00] })
            }
        }
        let mut card = Endless(0);
        assert!(Card::open(&mut card, &unhex(AKIS_2)).is_err());
        assert!(card.0 <= MAX_COMMANDS as usize);
    }

    #[test]
    fn a_card_without_signing_certificate_is_an_identity_card() {
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
        assert!(Card::open(&mut card, &unhex(AKIS_1)).is_ok(), "identity cards do not share this ATR");
    }

    /// Regression: `SeveralPins` was returned for an identity card.
    #[test]
    fn recognizes_an_identity_card_whatever_codes_it_has() {
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

    /// A card with one certificate, and with these PIN objects; an empty string means that they are
    /// protected.
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
