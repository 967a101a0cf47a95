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
    use crate::certificate_samples::{AUTHORITY, FOR_SIGNING, LOGIN, SIGNING, replaced, with_extensions};
    use crate::scripted_transport::{ScriptedTransport, unhex};
    use alloc::string::String;
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

    /// A PIN and its PUK, and those of another PIN.
    const PIN: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200810401FF300604043F005015";
    const PUK: &str = "303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200820401FF300604043F005015";
    const OTHER_PAIR: &str = "3036300C0C0350494E030206C00401043003040103A121301F030203480A0101020104020108020110800200830401FF300604043F005015\
                              303330090C0350554B030206C03003040104A121301F0302014A0A0101020104020108020110800200840401FF300604043F005015";

    fn open(atr: &str, certificates: &[&[u8]], pins: &str) -> Result<Card, CardError> {
        Card::open(&mut CardWithFiles::new(certificates, pins), &unhex(atr))
    }

    fn holders(certificates: &[&[u8]]) -> Vec<String> {
        let card = open(AKIS_2, certificates, "").unwrap_or_else(|error| panic!("{error}"));
        card.certificates().iter().map(|certificate| certificate.holder.clone().into_string()).collect()
    }

    #[test]
    fn a_card_without_signing_certificate_is_an_identity_card() {
        let broken = &SIGNING[..SIGNING.len() / 2];
        let (unrestricted, authority) = (with_extensions(&[]), with_extensions(&[AUTHORITY]));
        for (certificates, expected) in [
            (&[SIGNING][..], None),
            (&[&unrestricted], None),
            (&[LOGIN], Some(CardError::IdentityCard)),
            (&[LOGIN, &authority], Some(CardError::IdentityCard)),
            (&[LOGIN, &unrestricted], None),
            (&[broken], Some(CardError::Unrecognised)),
            (&[LOGIN, broken], Some(CardError::Unrecognised)),
        ] {
            assert_eq!(open(AKIS_2, certificates, "").err(), expected);
        }
        assert!(open(AKIS_1, &[LOGIN], "").is_ok(), "identity cards do not share this ATR");
    }

    /// Regression: `SeveralPins` was returned for an identity card.
    #[test]
    fn recognizes_an_identity_card_whatever_codes_it_has() {
        let two_pairs = [PIN, PUK, OTHER_PAIR].concat();
        assert_eq!(open(AKIS_2, &[LOGIN], &two_pairs).err(), Some(CardError::IdentityCard));
        assert_eq!(open(AKIS_1, &[LOGIN], &two_pairs).err(), Some(CardError::SeveralPins));
    }

    #[test]
    fn the_first_certificate_is_the_one_for_signing_that_expires_last() {
        let named = |certificate: &[u8], holder| replaced(certificate, "ÖRNEK", holder);
        let expiring = |certificate: &[u8], year: &str| {
            replaced(certificate, "290101000000Z", &alloc::format!("{year}0101000000Z"))
        };
        let login = expiring(&named(LOGIN, "OTURUM")[..], "35");
        let [older, newer] = [("ÖNCEK", "28"), ("SONRAK", "32")]
            .map(|(holder, year)| expiring(&named(SIGNING, holder)[..], year));
        let [older, newer, login]: [&[u8]; 3] = [&older, &newer, &login];
        for certificates in [[older, newer, login], [newer, login, older], [login, older, newer]] {
            let first_names: Vec<_> = holders(&certificates)
                .iter()
                .map(|holder| holder.replace(" İMZA SAHİBİ ĞÜŞIÇ", ""))
                .collect();
            assert_eq!(first_names, ["SONRAK", "ÖNCEK", "OTURUM"]);
        }
    }

    #[test]
    fn certificates_of_authorities_are_not_the_cardholders() {
        let authority = replaced(&with_extensions(&[AUTHORITY]), "ÖRNEK", "KURUMU");
        assert_eq!(holders(&[&authority, SIGNING]), ["ÖRNEK İMZA SAHİBİ ĞÜŞIÇ"]);
    }

    #[test]
    fn cardholder_details_come_from_any_certificate() {
        let without_birth_date = with_extensions(&[FOR_SIGNING]);
        let card =
            open(AKIS_2, &[&without_birth_date, SIGNING], "").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(card.cardholder().birth_date, Some((1980, 5, 23)));
        assert_eq!(card.cardholder().identity_number.as_deref(), Some("10000000146"));
    }

    #[test]
    fn reports_what_the_card_says_about_its_codes() {
        let fixed_puk = PUK.replace("0302014A", "0302016A");
        for (pins, from_card, changeable) in [
            ([PIN, PUK].concat(), true, [true, true]),
            ([PIN, &fixed_puk].concat(), true, [true, false]),
            (String::new(), false, [true, true]), // protected
        ] {
            let card = open(AKIS_2, &[SIGNING], &pins).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(card.codes_are_from_card(), from_card, "{pins}");
            assert_eq!(
                [CodeKind::Pin, CodeKind::Puk].map(|code| card.is_changeable(code)),
                changeable,
                "{pins}"
            );
        }
    }

    /// The directory says where in a file a certificate begins.
    #[test]
    fn finds_a_certificate_behind_another_in_the_same_file() {
        let entry =
            alloc::format!("3018 3003 0C0141 3003 040145 A10C 300A 3008 0402 4301 0202 {:04X}", LOGIN.len());
        let mut card = CardWithFiles::new(&[&[LOGIN, SIGNING].concat()], "");
        card.files[0].1 = unhex(&entry);
        let card = Card::open(&mut card, &unhex(AKIS_2)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(card.certificates().len(), 1);
        assert!(card.certificates()[0].is_for_signing);
    }

    /// A card with a PKCS#15 application in 3F00 5015.
    struct CardWithFiles {
        /// Files by the last identifier of their path. All others are protected.
        files: Vec<([u8; 2], Vec<u8>)>,
        selected: [u8; 2],
    }

    impl CardWithFiles {
        /// Returns a card with these certificates and PIN objects; an empty string means that the PIN objects
        /// are protected.
        fn new(certificates: &[&[u8]], pins: &str) -> Self {
            let entry = |number| {
                unhex(&alloc::format!(
                    "3014 3003 0C0141 3003 0401{number:02} A108 3006 3004 0402 43{number:02}"
                ))
            };
            let directory = (1..=certificates.len()).flat_map(entry).collect();
            let objects = unhex("A80A300804063F0050154401 A406300404024402");
            let mut files = vec![([0x44, 0x02], directory), ([0x50, 0x31], objects)];
            files.extend((1..).zip(certificates).map(|(number, file)| ([0x43, number], file.to_vec())));
            if !pins.is_empty() {
                files.push(([0x44, 0x01], unhex(pins)));
            }
            Self { files, selected: [0, 0] }
        }
    }

    impl Transport for CardWithFiles {
        fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            let ok = |data: &[u8]| Ok([data, &[0x90, 0x00]].concat());
            if command[1] == 0xA4 {
                self.selected = [command[command.len() - 3], command[command.len() - 2]];
                return ok(&[]);
            }
            assert_eq!(command[1], 0xB0, "only SELECT and READ BINARY");
            let Some((_, content)) = self.files.iter().find(|(id, _)| *id == self.selected) else {
                return Ok(vec![0x69, 0x82]);
            };
            let offset = usize::from(u16::from_be_bytes([command[2], command[3]]));
            match content.get(offset..).filter(|rest| !rest.is_empty()) {
                Some(rest) => ok(&rest[..rest.len().min(256)]),
                None => Ok(vec![0x6B, 0x00]),
            }
        }
    }
}
