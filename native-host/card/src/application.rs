//! The e-signature application on a card: is it there, and which PIN and PUK guard it.

use crate::files::{Name, read, read_large, select, select_with_answer};
use crate::pin_object::{self, CodeRule, PinObject};
use crate::tlv::{find, objects};
use crate::{LinkError, Refusal, StatusWord, Transport};

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

/// Kinds of directory in an ODF (ISO 7816-15, section 8.3): `[8]` authentication objects, `[4]`
/// certificates.
const AUTHENTICATION: u16 = 0xA8;
const CERTIFICATES: u16 = 0xA4;
/// More certificates than these are not read: each takes a card up to a second.
const MOST_CERTIFICATES: usize = 4;

/// A selected PKCS#15 application.
pub(crate) struct Application {
    /// How to select it again.
    name: Vec<u8>,
    by_path: bool,
    /// The user's PIN and the PUK that unblocks it.
    pub codes: Codes,
    /// Paths of the directories of certificates.
    certificates: Vec<Vec<u8>>,
    /// What SELECT said of the application.
    control_information: Vec<u8>,
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
    /// Whoever knows it can change it.
    pub changeable: bool,
    /// The directory that it belongs to, where its object names one.
    pub path: Option<Vec<u8>>,
}

impl Code {
    /// Makes the code's directory the current one; the reference of a local code means another code
    /// elsewhere (ISO 7816-4, section 7.5.1). None where it is the application's.
    pub(crate) fn select(&self, card: &mut dyn Transport) -> Option<Result<StatusWord, LinkError>> {
        self.path.as_deref().map(|path| select(card, file_at(path)))
    }
}

impl Application {
    /// Looks for the application and its codes; none where the card has no such application. An
    /// application that describes no PIN with a PUK is refused.
    pub(crate) fn find(card: &mut dyn Transport) -> Result<Option<Self>, Refusal> {
        for name in [PKCS15_AID, PKCS15_NAME] {
            let selected = select_with_answer(card, Name::Directory(name))?;
            if selected.status == StatusWord::Ok {
                return Self::describe(card, name.to_vec(), false, selected.data).map(Some);
            }
        }
        let Some(path) = path_in_ef_dir(card)? else {
            return Ok(None);
        };
        let selected = select_with_answer(card, Name::Path(&path))?;
        if selected.status != StatusWord::Ok {
            return Ok(None);
        }
        Self::describe(card, path, true, selected.data).map(Some)
    }

    /// Reads what the selected application says of itself.
    fn describe(
        card: &mut dyn Transport,
        name: Vec<u8>,
        by_path: bool,
        control_information: Vec<u8>,
    ) -> Result<Self, Refusal> {
        let odf = read(card, Name::Id(EF_ODF))?;
        let codes = Codes::read(card, odf.as_deref())?;
        let certificates = odf
            .as_deref()
            .map_or_else(Vec::new, |odf| directories(odf, CERTIFICATES).map(<[u8]>::to_vec).collect());
        Ok(Self { name, by_path, codes, certificates, control_information })
    }

    #[cfg(feature = "foreign-cards")]
    pub(crate) fn foreign(name: &[u8], pin: u8, puk: u8) -> Self {
        let (name, codes) = (name.to_vec(), Codes::assumed(pin, puk));
        Self { name, by_path: false, codes, certificates: Vec::new(), control_information: Vec::new() }
    }

    /// The certificates of the application that can be read, each as the card stores it; `extended`
    /// where the card takes extended lengths.
    pub(crate) fn certificates(
        &self,
        card: &mut dyn Transport,
        extended: bool,
    ) -> Result<Vec<Vec<u8>>, LinkError> {
        let read_certificate = if extended { read_large } else { read };
        let mut found = Vec::new();
        for directory in &self.certificates {
            let Some(directory) = read(card, file_at(directory))? else { continue };
            for path in certificate_files(&directory).take(MOST_CERTIFICATES - found.len()) {
                found.extend(read_certificate(card, file_at(path))?);
            }
        }
        Ok(found)
    }

    /// Tag 90 of the control information, where a family tells of wrong entries by it.
    pub(crate) fn wrong_entries(&self) -> Option<u8> {
        let template = objects(&self.control_information).find(|object| matches!(object.tag, 0x6F | 0x62))?;
        find(template.value, 0x90)?.first().copied()
    }

    /// Makes the directory of one of its codes the current one: other files were read, or another program has
    /// selected its own.
    pub(crate) fn select(&self, card: &mut dyn Transport, code: &Code) -> Result<StatusWord, LinkError> {
        let name = if self.by_path { Name::Path(&self.name) } else { Name::Directory(&self.name) };
        code.select(card).unwrap_or_else(|| select(card, name))
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
    Ok(path.map(below_master_file).filter(|path| !path.is_empty()).map(<[u8]>::to_vec))
}

/// A path without the master file's own identifier, as SELECT by path wants it.
fn below_master_file(path: &[u8]) -> &[u8] {
    path.strip_prefix(&[0x3F, 0x00]).unwrap_or(path)
}

impl Codes {
    /// From the current application's ODF and AODFs; as assumed only where these cannot be read. A
    /// card that tells its codes is believed: where none has a PUK, there is nothing to guess.
    fn read(card: &mut dyn Transport, odf: Option<&[u8]>) -> Result<Self, Refusal> {
        let Some(odf) = odf else {
            return Ok(Self::assumed(ASSUMED_PIN, ASSUMED_PUK));
        };
        let mut found = Vec::new();
        for path in directories(odf, AUTHENTICATION) {
            let Some(aodf) = read(card, file_at(path))? else {
                return Ok(Self::assumed(ASSUMED_PIN, ASSUMED_PUK));
            };
            found.extend(pin_object::parse(&aodf));
        }
        Self::choose(&found).ok_or(Refusal::NoPuk)
    }

    fn assumed(pin: u8, puk: u8) -> Self {
        let code = |reference| Code { reference, rule: CodeRule::ASSUMED, changeable: true, path: None };
        Self { pin: code(pin), puk: code(puk), from_card: false }
    }

    /// The first code that another code guards and may unblock, with its guard.
    fn choose(found: &[PinObject]) -> Option<Self> {
        found.iter().filter(|object| !object.unblocks && object.unblockable).find_map(|pin| {
            let puk = found.iter().find(|other| Some(&other.id) == pin.guarded_by.as_ref())?;
            let code = |object: &PinObject| Code {
                reference: object.reference,
                rule: object.rule.clone(),
                changeable: object.changeable,
                path: object.path.clone(),
            };
            Some(Self { pin: code(pin), puk: code(puk), from_card: true })
        })
    }
}

/// A path of one identifier is a file of the current application (ISO 7816-15, section 7.3).
fn file_at(path: &[u8]) -> Name<'_> {
    if path.len() == 2 { Name::Id(path) } else { Name::Path(below_master_file(path)) }
}

/// Paths of the directories of one kind that an ODF lists: `[8] { SEQUENCE { OCTET STRING path } }`.
fn directories(odf: &[u8], kind: u16) -> impl Iterator<Item = &[u8]> {
    objects(odf).filter(move |object| object.tag == kind).filter_map(|object| path_in(object.value))
}

/// Paths of the certificates in a CDF (ISO 7816-15, section 8.7): CommonObjectAttributes,
/// CommonCertificateAttributes, [1] { X509CertificateAttributes { path } }. Those of authorities say
/// so and are passed over.
fn certificate_files(cdf: &[u8]) -> impl Iterator<Item = &[u8]> {
    objects(cdf).filter(|object| object.tag == 0x30).filter_map(|object| {
        let own = objects(object.value).nth(1)?;
        let is_authority = find(own.value, 0x01).is_some_and(|value| value != [0]);
        let special = find(object.value, 0xA1).filter(|_| !is_authority)?;
        path_in(find(special, 0x30)?)
    })
}

/// `SEQUENCE { OCTET STRING path, … }`.
fn path_in(object: &[u8]) -> Option<&[u8]> {
    find(find(object, 0x30)?, 0x04).filter(|path| path.len() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::Script;

    const SELECT_AID: &str = "00A404000CA000000063504B43532D313500";
    const SELECT_NAME: &str = "00A4040007504B43532D313500";
    const DIR: &str = "611A4F0CA000000063504B43532D31355004414B495351043F0050156282";
    const ODF: &str = "A80A300804063F00501544016282";
    const AODF_PATH: &str = "00A4080004501544 0100";
    const AODF: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200910401FF300604043F005015\
                        303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200920401FF300604043F0050156282";

    fn find_on(lines: &[(&str, &str)]) -> Option<Application> {
        Application::find(&mut Script::new(lines)).unwrap()
    }

    #[test]
    fn references_come_from_the_card() {
        let codes = find_on(&[
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", ODF),
            (AODF_PATH, "9000"),
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
            (AODF_PATH, "9000"),
            ("00B0000000", "6982"),
        ])
        .unwrap()
        .codes;
        assert_eq!((codes.pin.reference, codes.puk.reference), (0x81, 0x82));
        assert!(!codes.from_card);
    }

    #[test]
    fn certificates_are_found_through_their_directory_and_authorities_are_passed_over() {
        let entry = |authority: &str, file: &str| {
            let own = format!("30{:02X}040145{authority}", 3 + authority.len() / 2);
            let body = format!("30050C03494D5A{own}A10C300A300804063F005015{file}");
            format!("30{:02X}{body}", body.len() / 2)
        };
        let cdf = entry("", "4301") + &entry("0101FF", "4302") + "0000";
        let found: Vec<_> = certificate_files(&crate::scripted::unhex(&cdf)).map(<[u8]>::to_vec).collect();
        assert_eq!(found, [[0x3F, 0x00, 0x50, 0x15, 0x43, 0x01]]);
    }

    #[test]
    fn a_directory_in_the_application_itself_is_selected_by_its_identifier() {
        let codes = find_on(&[
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", "A8063004040244016282"),
            ("00A40000024401 00", "9000"),
            ("00B0000000", AODF),
        ]);
        assert!(codes.is_some());
    }

    /// The likely references were used also where the card says that they are none.
    #[test]
    fn a_card_that_names_no_puk_is_not_guessed_at() {
        let pin_alone = &AODF[..56 * 2];
        for aodf in [pin_alone, ""] {
            let lines = [
                (SELECT_AID, "9000"),
                ("00A40000025031 00", "9000"),
                ("00B0000000", ODF),
                (AODF_PATH, "9000"),
                ("00B0000000", &format!("{aodf}6282")),
            ];
            let found = Application::find(&mut Script::new(&lines));
            assert_eq!(found.err(), Some(Refusal::NoPuk), "{aodf}");
        }
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
            ("00A40200025031 00", "6A82"),
        ]);
        assert!(found.is_some());
    }

    #[test]
    fn a_card_without_the_application_has_none() {
        let found = find_on(&[
            (SELECT_AID, "6A82"),
            (SELECT_NAME, "6A82"),
            ("00A40800022F0000", "6A82"),
            ("00A40800043F002F0000", "6A82"),
        ]);
        assert!(found.is_none());
    }
}
