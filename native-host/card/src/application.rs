//! The e-signature application on a card: is it there, which PIN and PUK guard it, which certificates are in it.

use crate::apdu::Response;
use crate::codes::{Code, Codes};
use crate::files::{Manner, Name, ReadError, read, read_large, select};
use crate::path::Path;
use crate::pin_object::{self, PinObject};
use crate::tlv::{find, objects};
use crate::{LinkError, Refusal, StatusWord, Transport, certificate};

/// `A0 00 00 00 63 "PKCS-15"`: ISO 7816-15, section 5.
const PKCS15_AID: &[u8] = b"\xA0\x00\x00\x00\x63PKCS-15";
/// The same name without the registered prefix: LIKELY on some AKİS cards.
const PKCS15_NAME: &[u8] = b"PKCS-15";
const EF_DIR: &[u8] = &[0x2F, 0x00];
const EF_ODF: &[u8] = &[0x50, 0x31];

/// Kinds of directory in an ODF (ISO 7816-15, section 8.3): `[0]` private keys, `[8]` authentication
/// objects, `[4]` certificates.
const PRIVATE_KEYS: u16 = 0xA0;
const AUTHENTICATION: u16 = 0xA8;
const CERTIFICATES: u16 = 0xA4;
/// More directories of a kind are not read, nor more certificates: each takes a card up to a second.
const MOST: usize = 4;
const MOST_CERTIFICATES: usize = 8;

/// A PKCS#15 application as it describes itself.
pub(crate) struct Application {
    home: Home,
    /// The user's PIN and the PUK that unblocks it.
    pub codes: Codes,
    /// How the card wants its files to be named.
    manner: Manner,
    /// The directory that was current when everything was read, below the master file.
    left_in: Option<Vec<u8>>,
    /// What SELECT said of the application.
    control_information: Vec<u8>,
}

/// How to select the application.
enum Home {
    Named(Vec<u8>),
    /// Below the master file.
    At(Vec<u8>),
}

impl Home {
    fn name(&self) -> Name<'_> {
        match self {
            Self::Named(name) => Name::Directory(name),
            Self::At(path) => Name::Path(path),
        }
    }
}

impl Application {
    /// Looks for the application, its codes and certificates; none where the card has no such application.
    /// `extended` where the card takes extended lengths. `judge` sees the certificates before the codes are
    /// chosen, so that an identity card is called one whatever codes it has.
    ///
    /// # Errors
    /// What `judge` says; where it describes no PIN with a PUK, or more than one that may sign; where the card
    /// fails.
    pub(crate) fn find(
        card: &mut dyn Transport,
        extended: bool,
        judge: &mut Judge<'_>,
    ) -> Result<Option<Self>, Refusal> {
        let mut manner = Manner::default();
        for name in [PKCS15_AID, PKCS15_NAME] {
            let home = Home::Named(name.to_vec());
            let selected = select(card, home.name(), &mut manner)?;
            if selected.status == StatusWord::Ok {
                return Self::describe(card, home, manner, selected, extended, judge).map(Some);
            }
        }
        let Some(path) = path_in_ef_dir(card, &mut manner)? else {
            return Ok(None);
        };
        let home = Home::At(path);
        let selected = select(card, home.name(), &mut manner)?;
        if selected.status != StatusWord::Ok {
            return Ok(None);
        }
        Self::describe(card, home, manner, selected, extended, judge).map(Some)
    }

    /// Reads what the selected application says of itself.
    fn describe(
        card: &mut dyn Transport,
        home: Home,
        manner: Manner,
        selected: Response,
        extended: bool,
        judge: &mut Judge<'_>,
    ) -> Result<Self, Refusal> {
        let mut walk = Walk { card, home: &home, manner, at: Place::Home };
        let odf = read(walk.card, Name::Id(EF_ODF), &mut walk.manner)?;
        let codes = match odf {
            Some(odf) => {
                let pins = walk.pins(&odf)?;
                let certificates = walk.certificates(&odf, extended)?;
                judge(&certificates)?;
                walk.codes(pins, &odf, &certificates)?
            }
            None => Codes::assumed(),
        };
        let Walk { manner, at, .. } = walk;
        let left_in = if let Place::Directory(path) = at { Some(path) } else { None };
        Ok(Self { codes, manner, left_in, control_information: selected.data, home })
    }

    #[cfg(feature = "foreign-cards")]
    pub(crate) fn foreign(name: &[u8], pin: u8, puk: u8) -> Self {
        Self {
            home: Home::Named(name.to_vec()),
            codes: Codes::described(pin, puk),
            manner: Manner::default(),
            left_in: None,
            control_information: Vec::new(),
        }
    }

    /// Makes a code's directory the current one: other files were read, or another program has selected
    /// its own. The answer carries its control information.
    pub(crate) fn select(&self, card: &mut dyn Transport, code: &Code) -> Result<Response, LinkError> {
        let mut manner = self.manner;
        match code.path.as_ref().map(|path| (path, path.absolute())) {
            Some((_, Some(path))) => select(card, Name::Path(path), &mut manner),
            Some((path, None)) => {
                let home = select(card, self.home.name(), &mut manner)?;
                match home.status {
                    StatusWord::Ok => select(card, below(path), &mut manner),
                    _ => Ok(home),
                }
            }
            None => select(card, self.home.name(), &mut manner),
        }
    }

    /// Whether a code's directory is still the current one, right after everything was read.
    pub(crate) fn was_left_in_directory_of(&self, code: &Code) -> bool {
        self.left_in.is_some() && code.path.as_ref().and_then(Path::absolute) == self.left_in.as_deref()
    }

    /// What SELECT said of the application when it was found.
    pub(crate) fn control_information(&self) -> &[u8] {
        &self.control_information
    }
}

/// PIN objects as far as they were understood.
struct Pins {
    found: Vec<PinObject>,
    /// A directory of them may not be read.
    protected: bool,
    /// There is no other in the directories that were read.
    understood: bool,
}

/// A certificate that an application lists for its holder.
pub(crate) struct Listed {
    /// The same as its key's.
    id: Vec<u8>,
    /// As the card stores it; none where it cannot be read.
    pub file: Option<Vec<u8>>,
}

/// Says whether a card with these certificates is one for us.
pub(crate) type Judge<'a> = dyn FnMut(&[Listed]) -> Result<(), Refusal> + 'a;

/// Reading one file of an application after the other.
struct Walk<'a> {
    card: &'a mut dyn Transport,
    home: &'a Home,
    manner: Manner,
    at: Place,
}

/// The current directory of a card.
enum Place {
    /// The application's.
    Home,
    /// Below the master file.
    Directory(Vec<u8>),
    Elsewhere,
}

impl Walk<'_> {
    /// What the AODFs tell.
    fn pins(&mut self, odf: &[u8]) -> Result<Pins, ReadError> {
        let understood = all_directories(odf, AUTHENTICATION).count() <= MOST;
        let mut pins = Pins { found: Vec::new(), protected: false, understood };
        for path in directories(odf, AUTHENTICATION) {
            match self.read(&path, read)? {
                Some(aodf) => {
                    pins.found.extend(pin_object::parse(&aodf));
                    pins.understood &= pin_object::is_understood(&aodf);
                }
                None => pins.protected = true,
            }
        }
        Ok(pins)
    }

    /// As assumed only where an AODF may not be read and none tells. A card that tells its codes is believed:
    /// where none has a PUK, there is nothing to guess. Of several PINs the one that guards the key of the
    /// certificate for signing is meant. What was chosen while something was not understood counts as assumed
    /// too: it may not be the one that signs.
    fn codes(&mut self, pins: Pins, odf: &[u8], certificates: &[Listed]) -> Result<Codes, Refusal> {
        let Pins { found, protected, understood } = pins;
        let chosen = match Codes::choose(&found) {
            Err(Refusal::NoPuk) if protected && found.is_empty() => return Ok(Codes::assumed()),
            Err(Refusal::SeveralPins) => {
                let guards = self.guards_of_signing_keys(odf, certificates)?;
                let signs = |pin: &&PinObject| guards.contains(&pin.id);
                let guarded: Vec<_> = found.iter().filter(signs).map(|pin| pin.guarded_by.as_ref()).collect();
                let concerned = |object: &&PinObject| signs(object) || guarded.contains(&Some(&object.id));
                let signing: Vec<_> = found.iter().filter(concerned).cloned().collect();
                if guards.is_empty() { Err(Refusal::SeveralPins) } else { Codes::choose(&signing) }
            }
            chosen => chosen,
        };
        Ok(Codes { from_card: understood && !protected, ..chosen? })
    }

    /// Identifiers of the codes that guard the keys of certificates for signing, as the private keys'
    /// directories tell (ISO 7816-15, section 8.4).
    fn guards_of_signing_keys(
        &mut self,
        odf: &[u8],
        certificates: &[Listed],
    ) -> Result<Vec<Vec<u8>>, LinkError> {
        let signs = |listed: &&Listed| {
            let parsed = listed.file.as_deref().and_then(certificate::parse);
            parsed.is_some_and(|parsed| parsed.certificate.signs)
        };
        let keys: Vec<_> = certificates.iter().filter(signs).map(|listed| listed.id.clone()).collect();
        let mut guards = Vec::new();
        for directory in directories(odf, PRIVATE_KEYS) {
            let Some(directory) = self.try_read(&directory, read)? else { continue };
            // An RSA key, or [0] one of an elliptic curve.
            let objects = objects(&directory).filter(|object| matches!(object.tag, 0x30 | 0xA0));
            guards.extend(objects.filter_map(|object| {
                let mut parts = crate::tlv::objects(object.value);
                let (common, own) = (parts.next()?, parts.next()?);
                let guard = find(common.value, 0x04)?;
                keys.iter().any(|key| find(own.value, 0x04) == Some(key)).then(|| guard.to_vec())
            }));
        }
        Ok(guards)
    }

    fn certificates(&mut self, odf: &[u8], extended: bool) -> Result<Vec<Listed>, LinkError> {
        let mut found = Vec::new();
        for directory in directories(odf, CERTIFICATES) {
            let Some(directory) = self.try_read(&directory, read)? else { continue };
            for (id, path) in certificate_files(&directory) {
                if found.len() == MOST_CERTIFICATES {
                    return Ok(found);
                }
                let file = self.try_read(&path, if extended { read_large } else { read })?;
                found.push(Listed { id, file });
            }
        }
        Ok(found)
    }

    /// A file that nobody's code depends on: where the card fails at it, it is passed over.
    fn try_read(&mut self, path: &Path, read: Read) -> Result<Option<Vec<u8>>, LinkError> {
        match self.read(path, read) {
            Ok(file) => Ok(file),
            Err(ReadError::Failed(_)) => Ok(None),
            Err(ReadError::Link(error)) => Err(error),
        }
    }

    fn read(&mut self, path: &Path, read: Read) -> Result<Option<Vec<u8>>, ReadError> {
        let (name, place) = if let Some(absolute) = path.absolute() {
            // Selecting a file makes its directory the current one (ISO 7816-4, section 7.1.1).
            let directory = absolute[..absolute.len().saturating_sub(2)].to_vec();
            (Name::Path(absolute), Place::Directory(directory))
        } else {
            if !matches!(self.at, Place::Home) {
                let home = select(self.card, self.home.name(), &mut self.manner)?;
                if home.status != StatusWord::Ok {
                    return Err(ReadError::Failed(home.status));
                }
            }
            let name = below(path);
            let place = if matches!(name, Name::Id(_)) { Place::Home } else { Place::Elsewhere };
            (name, place)
        };
        // Where it cannot be selected, nobody knows where the card stands.
        self.at = Place::Elsewhere;
        let file = read(self.card, name, &mut self.manner)?;
        if file.is_some() {
            self.at = place;
        }
        Ok(file.and_then(|file| path.part(file)))
    }
}

/// One of the ways to read a file.
type Read = fn(&mut dyn Transport, Name<'_>, &mut Manner) -> Result<Option<Vec<u8>>, ReadError>;

/// A path that begins in the current directory.
fn below(path: &Path) -> Name<'_> {
    let path = path.relative();
    if path.len() == 2 { Name::Id(path) } else { Name::Below(path) }
}

/// The application template of EF.DIR (ISO 7816-15, section 8.3) that names PKCS#15: its path
/// below the master file.
fn path_in_ef_dir(card: &mut dyn Transport, manner: &mut Manner) -> Result<Option<Vec<u8>>, LinkError> {
    let dir = match read(card, Name::Path(EF_DIR), manner) {
        Ok(dir) => dir,
        Err(ReadError::Failed(_)) => None,
        Err(ReadError::Link(error)) => return Err(error),
    };
    Ok(dir.and_then(|dir| {
        let path = objects(&dir)
            .filter(|object| object.tag == 0x61)
            .find(|template| find(template.value, 0x4F).is_some_and(|aid| aid.ends_with(PKCS15_NAME)))
            .and_then(|template| find(template.value, 0x51))?;
        let below = path.strip_prefix(&[0x3F, 0x00]).unwrap_or(path);
        (2..=16).contains(&below.len()).then(|| below.to_vec())
    }))
}

/// Paths of the directories of one kind that an ODF lists: `[8] { SEQUENCE { OCTET STRING path } }`.
fn directories(odf: &[u8], kind: u16) -> impl Iterator<Item = Path> {
    all_directories(odf, kind).take(MOST)
}

fn all_directories(odf: &[u8], kind: u16) -> impl Iterator<Item = Path> {
    let of_kind = objects(odf).filter(move |object| object.tag == kind);
    of_kind.filter_map(|object| Path::in_object(object.value))
}

/// Identifiers and paths of the certificates in a CDF (ISO 7816-15, section 8.7): CommonObjectAttributes,
/// CommonCertificateAttributes, [1] { X509CertificateAttributes { path } }. Those of authorities say
/// so and are passed over.
fn certificate_files(cdf: &[u8]) -> impl Iterator<Item = (Vec<u8>, Path)> {
    objects(cdf).filter(|object| object.tag == 0x30).filter_map(|object| {
        let own = objects(object.value).nth(1)?;
        let is_authority = find(own.value, 0x01).is_some_and(|value| value != [0]);
        let special = find(object.value, 0xA1).filter(|_| !is_authority)?;
        let id = find(own.value, 0x04).unwrap_or_default().to_vec();
        Some((id, Path::in_object(find(special, 0x30)?)?))
    })
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
        Application::find(&mut Script::new(lines), false, &mut |_| Ok(())).unwrap()
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
        let found: Vec<_> = certificate_files(&crate::scripted::unhex(&cdf)).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, [0x45]);
        assert_eq!(found[0].1.absolute(), Some(&[0x50, 0x15, 0x43, 0x01][..]));
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
            let found = Application::find(&mut Script::new(&lines), false, &mut |_| Ok(()));
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

    #[test]
    fn what_one_directory_tells_is_not_thrown_away_because_another_may_not_be_read() {
        let odf = ODF.replace("6282", "") + "A80A300804063F00501544096282";
        let codes = find_on(&[
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", &odf),
            (AODF_PATH, "9000"),
            ("00B0000000", AODF),
            ("00A4080004501544 0900", "6982"),
            ("00A40800063F0050154409 00", "6A82"),
        ])
        .unwrap()
        .codes;
        assert_eq!((codes.pin.reference, codes.puk.reference, codes.from_card), (0x91, 0x92, false));
    }

    #[test]
    fn a_card_that_fails_is_no_reason_to_guess_its_references() {
        let lines = [(SELECT_AID, "9000"), ("00A40000025031 00", "6F00"), ("00A40200025031 00", "6F00")];
        let found = Application::find(&mut Script::new(&lines), false, &mut |_| Ok(()));
        assert_eq!(found.err(), Some(Refusal::Failed(StatusWord::Other(0x6F00))));
    }

    /// It was looked for where the last file was.
    #[test]
    fn a_directory_below_the_application_is_looked_for_there() {
        let codes = find_on(&[
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", "A80A300804063F003D004401 A8063004040244016282"),
            ("00A40800043D004401 00", "9000"),
            ("00B0000000", "006282"),
            (SELECT_AID, "9000"),
            ("00A40000024401 00", "9000"),
            ("00B0000000", AODF),
        ])
        .unwrap()
        .codes;
        assert_eq!(codes.puk.reference, 0x92);
    }

    /// PIN 91 with PUK 92, and PIN 93 with PUK 94.
    fn two_pins() -> String {
        let second = AODF
            .replace("6282", "")
            .replace("06C0040102", "06C0040104")
            .replace("3003040101", "3003040103")
            .replace("3003040102", "3003040104")
            .replace("80020091", "80020093")
            .replace("80020092", "80020094");
        AODF.replace("6282", "") + &second + "6282"
    }

    #[test]
    fn of_several_pins_the_one_that_guards_the_signing_key_is_meant() {
        let signing: &[u8] = include_bytes!("../../../tests/virtual-card/data/imza.der");
        let hex: Vec<_> = signing.iter().map(|byte| format!("{byte:02X}")).collect();
        let parts: Vec<_> = hex.chunks(256).map(|part| part.concat() + "9000").collect();
        let pins = two_pins().replace("6282", "9000");
        let size = format!("6F048002{:04X}9000", pins.len() / 2 - 2);
        let mut lines = vec![
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", "A80A300804063F0050154401 A40A300804063F0050154402 A00A300804063F00501544036282"),
            (AODF_PATH, &size[..]),
            ("00B0000000", &pins[..]),
        ];
        lines.extend([
            ("00A40800045015 440200", "9000"),
            ("00B0000000", "301C30070C05C4B06D7A6130030401 45A10C300A300804063F005015 43016282"),
            ("00A40800045015 430100", "6F048002047B9000"),
            ("00B0000000", &parts[0]),
            ("00B0010000", &parts[1]),
            ("00B0020000", &parts[2]),
            ("00B0030000", &parts[3]),
            ("00B0040000", &parts[4]),
            ("00A40800045015 440300", "9000"),
            // One key for login, guarded by 01, and the signing one, guarded by 03.
            (
                "00B0000000",
                "300E 3007 03020780 040101 3003 040144 300E 3007 03020780 040103 3003 040145 6282",
            ),
        ]);
        let codes = find_on(&lines).unwrap().codes;
        assert_eq!((codes.pin.reference, codes.puk.reference, codes.from_card), (0x93, 0x94, true));
    }

    #[test]
    fn without_a_key_that_tells_none_of_several_pins_is_taken() {
        let pins = two_pins();
        let lines = [
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", ODF),
            (AODF_PATH, "9000"),
            ("00B0000000", &pins[..]),
        ];
        let found = Application::find(&mut Script::new(&lines), false, &mut |_| Ok(()));
        assert_eq!(found.err(), Some(Refusal::SeveralPins));
    }

    #[test]
    fn no_more_than_a_few_directories_are_read() {
        let odf = "A80A300804063F0050154401".repeat(20);
        assert_eq!(directories(&crate::scripted::unhex(&odf), AUTHENTICATION).count(), MOST);
    }
}
