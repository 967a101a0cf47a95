//! The e-signature application on a card: is it there, and which PIN and PUK guard it.

use crate::files::{Name, read, select};
use crate::pin_object::{self, CodeRule, PinObject};
use crate::tlv::{find, objects};
use crate::{LinkError, StatusWord, Transport};

/// `A0 00 00 00 63 "PKCS-15"`: ISO 7816-15, section 5.
const PKCS15_AID: &[u8] = b"\xA0\x00\x00\x00\x63PKCS-15";
/// The same name without the registered prefix: LIKELY on some AKİS cards.
const PKCS15_NAME: &[u8] = b"PKCS-15";
const EF_DIR: &[u8] = &[0x2F, 0x00];
const EF_ODF: &[u8] = &[0x50, 0x31];

/// References of PIN and PUK, LIKELY on AKİS cards: used only where the application is there and
/// its PIN objects cannot be read.
const ASSUMED_PIN: u8 = 0x81;
const ASSUMED_PUK: u8 = 0x82;

/// A selected PKCS#15 application.
pub(crate) struct Application {
    /// How to select it again.
    name: Vec<u8>,
    by_path: bool,
    /// The user's PIN and the PUK that unblocks it.
    pub codes: Codes,
}

/// A PIN and the PUK that guards it.
pub(crate) struct Codes {
    pub pin: Code,
    pub puk: Code,
    /// False where references and lengths are assumed.
    pub from_card: bool,
}

/// What a command needs to know of a code.
pub(crate) struct Code {
    pub reference: u8,
    pub rule: CodeRule,
}

impl Application {
    /// Looks for the application and its codes; none where the card has no such application.
    pub(crate) fn find(card: &mut dyn Transport) -> Result<Option<Self>, LinkError> {
        for name in [PKCS15_AID, PKCS15_NAME] {
            if select(card, Name::Directory(name))? == StatusWord::Ok {
                let codes = Codes::read(card)?;
                return Ok(Some(Self { name: name.to_vec(), by_path: false, codes }));
            }
        }
        let Some(path) = path_in_ef_dir(card)? else {
            return Ok(None);
        };
        if select(card, Name::Path(&path))? != StatusWord::Ok {
            return Ok(None);
        }
        let codes = Codes::read(card)?;
        Ok(Some(Self { name: path, by_path: true, codes }))
    }

    /// Makes it the current application again: another program may have selected its own.
    pub(crate) fn select(&self, card: &mut dyn Transport) -> Result<StatusWord, LinkError> {
        select(card, if self.by_path { Name::Path(&self.name) } else { Name::Directory(&self.name) })
    }
}

/// The application template of EF.DIR (ISO 7816-15, section 8.3) that names PKCS#15: its path
/// below the master file.
fn path_in_ef_dir(card: &mut dyn Transport) -> Result<Option<Vec<u8>>, LinkError> {
    let Some(dir) = read(card, Name::Path(EF_DIR))? else {
        return Ok(None);
    };
    let path = objects(&dir)
        .filter(|object| object.tag == 0x61)
        .find(|template| find(template.value, 0x4F).is_some_and(|aid| aid.ends_with(PKCS15_NAME)))
        .and_then(|template| find(template.value, 0x51));
    Ok(path.map(|path| path.strip_prefix(&[0x3F, 0x00]).unwrap_or(path).to_vec()))
}

impl Codes {
    /// From the current application's ODF and AODF, else as assumed.
    fn read(card: &mut dyn Transport) -> Result<Self, LinkError> {
        let mut found = Vec::new();
        if let Some(odf) = read(card, Name::Id(EF_ODF))? {
            for path in authentication_directories(&odf) {
                // The last two bytes are the file itself; the rest is the application's own path.
                let file = &path[path.len() - 2..];
                found.extend(read(card, Name::Id(file))?.iter().flat_map(|aodf| pin_object::parse(aodf)));
            }
        }
        Ok(Self::choose(&found).unwrap_or(Self {
            pin: Code { reference: ASSUMED_PIN, rule: CodeRule::ASSUMED },
            puk: Code { reference: ASSUMED_PUK, rule: CodeRule::ASSUMED },
            from_card: false,
        }))
    }

    /// The first code that another code guards, with its guard.
    fn choose(found: &[PinObject]) -> Option<Self> {
        found.iter().filter(|object| !object.unblocks).find_map(|pin| {
            let puk = found.iter().find(|other| Some(&other.id) == pin.guarded_by.as_ref())?;
            let code = |object: &PinObject| Code { reference: object.reference, rule: object.rule.clone() };
            Some(Self { pin: code(pin), puk: code(puk), from_card: true })
        })
    }
}

/// Paths of the AODFs that an ODF lists: `[8] { SEQUENCE { OCTET STRING path } }`.
fn authentication_directories(odf: &[u8]) -> Vec<&[u8]> {
    objects(odf)
        .filter(|object| object.tag == 0xA8)
        .filter_map(|object| find(find(object.value, 0x30)?, 0x04))
        .filter(|path| path.len() >= 2)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::Script;

    const SELECT_AID: &str = "00A404000CA000000063504B43532D313500";
    const SELECT_NAME: &str = "00A4040007504B43532D313500";
    const DIR: &str = "611A4F0CA000000063504B43532D31355004414B495351043F0050159000";
    const ODF: &str = "A80A300804063F00501544019000";
    const AODF: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200910401FF300604043F005015\
                        303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200920401FF300604043F0050159000";

    fn find_on(lines: &[(&str, &str)]) -> Option<Application> {
        Application::find(&mut Script::new(lines)).unwrap()
    }

    #[test]
    fn references_come_from_the_card() {
        let codes = find_on(&[
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", ODF),
            ("00A40000024401 00", "9000"),
            ("00B0000000", AODF),
        ])
        .unwrap()
        .codes;
        assert_eq!((codes.pin.reference, codes.puk.reference), (0x91, 0x92));
        assert!(codes.from_card);
    }

    #[test]
    fn an_unreadable_directory_leads_to_the_assumed_references_and_says_so() {
        let codes = find_on(&[
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", ODF),
            ("00A40000024401 00", "9000"),
            ("00B0000000", "6982"),
        ])
        .unwrap()
        .codes;
        assert_eq!((codes.pin.reference, codes.puk.reference), (0x81, 0x82));
        assert!(!codes.from_card);
    }

    #[test]
    fn the_application_is_also_found_through_ef_dir() {
        let found = find_on(&[
            (SELECT_AID, "6A82"),
            (SELECT_NAME, "6A82"),
            ("00A40800022F0000", "9000"),
            ("00B0000000", DIR),
            ("00A4080002501500", "9000"),
            ("00A40000025031 00", "6A82"),
        ]);
        assert!(found.is_some());
    }

    #[test]
    fn a_card_without_the_application_has_none() {
        let found = find_on(&[(SELECT_AID, "6A82"), (SELECT_NAME, "6A82"), ("00A40800022F0000", "6A82")]);
        assert!(found.is_none());
    }
}
