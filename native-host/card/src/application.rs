//! The e-signature application on a card: is it there, which PIN and PUK guard it, which certificates are in it.

use crate::apdu::Response;
use crate::codes::{Code, Codes};
use crate::files::{Manner, Name, ReadError, read, select};
use crate::path::{MASTER_FILE, Path};
use crate::tlv::{find, objects};
use crate::walk::{Description, Judge, below, describe};
use crate::{CardError, StatusWord, Transport, TransportError};

/// `A0 00 00 00 63 "PKCS-15"`: ISO 7816-15, section 5.
const PKCS15_AID: &[u8] = b"\xA0\x00\x00\x00\x63PKCS-15";
/// The same name without the registered prefix: LIKELY on some AKİS cards.
const PKCS15_NAME: &[u8] = b"PKCS-15";
const EF_DIR: &[u8] = &[0x2F, 0x00];

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
pub(crate) enum Home {
    Named(Vec<u8>),
    /// Below the master file.
    At(Vec<u8>),
}

impl Home {
    /// Its name in SELECT.
    pub(crate) fn name(&self) -> Name<'_> {
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
    ) -> Result<Option<Self>, CardError> {
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
    ) -> Result<Self, CardError> {
        let Description { codes, manner, left_in } = describe(card, &home, manner, extended, judge)?;
        Ok(Self { codes, manner, left_in, control_information: selected.data, home })
    }

    #[cfg(feature = "third-party-cards")]
    pub(crate) fn third_party(name: &[u8], pin: u8, puk: u8) -> Self {
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
    pub(crate) fn select(&self, card: &mut dyn Transport, code: &Code) -> Result<Response, TransportError> {
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

/// The application template of EF.DIR (ISO 7816-15, section 8.3) that names PKCS#15: its path
/// below the master file.
fn path_in_ef_dir(card: &mut dyn Transport, manner: &mut Manner) -> Result<Option<Vec<u8>>, TransportError> {
    let dir = match read(card, Name::Path(EF_DIR), manner) {
        Ok(dir) => dir,
        Err(ReadError::Failed(_)) => None,
        Err(ReadError::Transport(error)) => return Err(error),
    };
    Ok(dir.and_then(|dir| {
        let path = objects(&dir)
            .filter(|object| object.tag == 0x61)
            .find(|template| find(template.value, 0x4F).is_some_and(|aid| aid.ends_with(PKCS15_NAME)))
            .and_then(|template| find(template.value, 0x51))?;
        let below = path.strip_prefix(MASTER_FILE).unwrap_or(path);
        (2..=16).contains(&below.len()).then(|| below.to_vec())
    }))
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
            assert_eq!(found.err(), Some(CardError::NoPuk), "{aodf}");
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
        assert_eq!(found.err(), Some(CardError::Failed(StatusWord::Other(0x6F00))));
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
            ("00B0030000", &parts[3]), // the rest is signature
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
        assert_eq!(found.err(), Some(CardError::SeveralPins));
    }
}
