//! Finds the PKCS#15 application on a card.

use super::code_pair::{CodeAttributes, CodePair};
use super::directory::{ApplicationContents, CardFilter, read_contents};
use super::location::ApplicationLocation;
use super::path::Path;
use crate::iso7816::apdu::Response;
use crate::iso7816::read_binary::{ReadError, read};
use crate::iso7816::select::{FileName, MASTER_FILE, SelectMode, select};
use crate::iso7816::tlv::{find, objects};
use crate::{CardError, StatusWord, Transport, TransportError};
use alloc::vec::Vec;

/// The application identifier `A0 00 00 00 63 "PKCS-15"` (ISO 7816-15, section 5).
const PKCS15_AID: &[u8] = b"\xA0\x00\x00\x00\x63PKCS-15";
/// The same name without the registered prefix: LIKELY on some AKİS cards.
const PKCS15_NAME: &[u8] = b"PKCS-15";
/// The file below the master file that lists the applications.
const EF_DIR: &[u8] = &[0x2F, 0x00];

/// The PKCS#15 application of a card.
pub(crate) struct Application {
    location: ApplicationLocation,
    /// The user's PIN and the PUK that unblocks it.
    pub codes: CodePair,
    /// The form of SELECT that the card accepts.
    select_mode: SelectMode,
    /// The path below the master file of the directory that was current after the application was read.
    current_directory: Option<Vec<u8>>,
    /// The control information that SELECT returned for the application.
    control_information: Vec<u8>,
}

impl Application {
    /// Finds the application and reads its codes and certificates; returns `None` if the card has no such
    /// application. `extended` says whether the card supports extended lengths. `filter` gets the
    /// certificates before the codes are selected, so that it can report an identity card regardless of its
    /// codes.
    ///
    /// # Errors
    /// The error of `filter`; [`CardError::NoPuk`] or [`CardError::SeveralPins`] if the signing PIN or its
    /// PUK is not known; [`CardError::Failed`] or [`CardError::Transport`] if a command fails.
    pub(crate) fn find(
        transport: &mut dyn Transport,
        extended: bool,
        filter: &mut CardFilter<'_>,
    ) -> Result<Option<Self>, CardError> {
        let mut mode = SelectMode::default();
        for name in [PKCS15_AID, PKCS15_NAME] {
            let location = ApplicationLocation::DfName(name.to_vec());
            let selected = select(transport, location.name(), &mut mode)?;
            if selected.status == StatusWord::Ok {
                return Self::read(transport, location, mode, selected, extended, filter).map(Some);
            }
        }
        let Some(path) = path_in_ef_dir(transport, &mut mode)? else {
            return Ok(None);
        };
        let location = ApplicationLocation::Path(path);
        let selected = select(transport, location.name(), &mut mode)?;
        if selected.status != StatusWord::Ok {
            return Ok(None);
        }
        Self::read(transport, location, mode, selected, extended, filter).map(Some)
    }

    /// Reads the contents of the application that was just selected.
    fn read(
        transport: &mut dyn Transport,
        location: ApplicationLocation,
        mode: SelectMode,
        selected: Response,
        extended: bool,
        filter: &mut CardFilter<'_>,
    ) -> Result<Self, CardError> {
        let ApplicationContents { codes, select_mode, current_directory } =
            read_contents(transport, &location, mode, extended, filter)?;
        Ok(Self { codes, select_mode, current_directory, control_information: selected.data, location })
    }

    #[cfg(feature = "third-party-cards")]
    pub(crate) fn third_party(name: &[u8], pin: u8, puk: u8) -> Self {
        Self {
            location: ApplicationLocation::DfName(name.to_vec()),
            codes: CodePair::with_references(pin, puk),
            select_mode: SelectMode::default(),
            current_directory: None,
            control_information: Vec::new(),
        }
    }

    /// Selects the directory that a code belongs to. Reading other files, or another program, may have
    /// changed the current directory. The response data is the directory's control information.
    pub(crate) fn select_directory_of(
        &self,
        transport: &mut dyn Transport,
        code: &CodeAttributes,
    ) -> Result<Response, TransportError> {
        let mut mode = self.select_mode;
        let Some(path) = &code.path else {
            return select(transport, self.location.name(), &mut mode);
        };
        if let Some(absolute) = path.absolute() {
            return select(transport, FileName::PathFromMf(absolute), &mut mode);
        }
        let application = select(transport, self.location.name(), &mut mode)?;
        match application.status {
            StatusWord::Ok => select(transport, path.relative_name(), &mut mode),
            _ => Ok(application),
        }
    }

    /// Returns whether a code's directory is still the current one, directly after the application was read.
    pub(crate) fn is_current_directory_of(&self, code: &CodeAttributes) -> bool {
        self.current_directory.is_some()
            && code.path.as_ref().and_then(Path::absolute) == self.current_directory.as_deref()
    }

    /// Returns the control information that SELECT returned when the application was found.
    pub(crate) fn control_information(&self) -> &[u8] {
        &self.control_information
    }
}

/// Returns the path below the master file in the application template of EF.DIR (ISO 7816-15, section 8.3)
/// for PKCS#15.
fn path_in_ef_dir(
    transport: &mut dyn Transport,
    mode: &mut SelectMode,
) -> Result<Option<Vec<u8>>, TransportError> {
    let ef_dir = match read(transport, FileName::PathFromMf(EF_DIR), mode) {
        Ok(ef_dir) => ef_dir,
        Err(ReadError::Failed(_)) => None,
        Err(ReadError::Transport(error)) => return Err(error),
    };
    Ok(ef_dir.and_then(|ef_dir| {
        let path = objects(&ef_dir)
            .filter(|object| object.tag == 0x61)
            .find(|template| find(template.value, 0x4F).is_some_and(|aid| aid.ends_with(PKCS15_NAME)))
            .and_then(|template| find(template.value, 0x51))?;
        let below_master_file = path.strip_prefix(MASTER_FILE).unwrap_or(path);
        (2..=16).contains(&below_master_file.len()).then(|| below_master_file.to_vec())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::ScriptedTransport;
    use alloc::string::String;
    use alloc::{format, vec};

    const SELECT_AID: &str = "00A404000CA000000063504B43532D313500";
    const SELECT_NAME: &str = "00A4040007504B43532D313500";
    const DIR: &str = "611A4F0CA000000063504B43532D31355004414B495351043F0050156282";
    const ODF: &str = "A80A300804063F00501544016282";
    const AODF_PATH: &str = "00A4080004501544 0100";
    const AODF: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200910401FF300604043F005015\
                        303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200920401FF300604043F0050156282";

    fn find_on(lines: &[(&str, &str)]) -> Option<Application> {
        Application::find(&mut ScriptedTransport::new(lines), false, &mut |_| Ok(())).unwrap()
    }

    #[test]
    fn reads_references_from_the_card() {
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
    fn assumes_references_if_the_directory_is_protected() {
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
    fn selects_a_directory_with_a_relative_path_by_its_identifier() {
        let codes = find_on(&[
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", "A8063004040244016282"),
            ("00A40000024401 00", "9000"),
            ("00B0000000", AODF),
        ]);
        assert!(codes.is_some());
    }

    /// Regression: references were assumed although the card describes its codes.
    #[test]
    fn does_not_assume_references_if_the_card_describes_no_puk() {
        let only_pin = &AODF[..56 * 2];
        for aodf in [only_pin, ""] {
            let lines = [
                (SELECT_AID, "9000"),
                ("00A40000025031 00", "9000"),
                ("00B0000000", ODF),
                (AODF_PATH, "9000"),
                ("00B0000000", &format!("{aodf}6282")),
            ];
            let found = Application::find(&mut ScriptedTransport::new(&lines), false, &mut |_| Ok(()));
            assert_eq!(found.err(), Some(CardError::NoPuk), "{aodf}");
        }
    }

    #[test]
    fn finds_the_application_through_ef_dir() {
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
    fn returns_none_without_the_application() {
        let found = find_on(&[
            (SELECT_AID, "6A82"),
            (SELECT_NAME, "6A82"),
            ("00A40800022F0000", "6A82"),
            ("00A40800043F002F0000", "6A82"),
        ]);
        assert!(found.is_none());
    }

    #[test]
    fn uses_the_codes_of_one_directory_if_another_is_protected() {
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
    fn does_not_assume_references_if_the_card_fails() {
        let lines = [(SELECT_AID, "9000"), ("00A40000025031 00", "6F00"), ("00A40200025031 00", "6F00")];
        let found = Application::find(&mut ScriptedTransport::new(&lines), false, &mut |_| Ok(()));
        assert_eq!(found.err(), Some(CardError::Failed(StatusWord::Other(0x6F00))));
    }

    /// Regression: the path was resolved from the directory of the last file.
    #[test]
    fn resolves_relative_paths_from_the_application() {
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
    fn selects_the_pin_that_guards_the_signing_key() {
        let signing: &[u8] = include_bytes!("../../../../tests/virtual-card/data/imza.der");
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
            ("00B0030000", &parts[3]), // the rest is the signature
            ("00A40800045015 440300", "9000"),
            // A login key, guarded by 01, and the signing key, guarded by 03.
            (
                "00B0000000",
                "300E 3007 03020780 040101 3003 040144 300E 3007 03020780 040103 3003 040145 6282",
            ),
        ]);
        let codes = find_on(&lines).unwrap().codes;
        assert_eq!((codes.pin.reference, codes.puk.reference, codes.from_card), (0x93, 0x94, true));
    }

    #[test]
    fn selects_none_of_several_pins_without_a_signing_key() {
        let pins = two_pins();
        let lines = [
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", ODF),
            (AODF_PATH, "9000"),
            ("00B0000000", &pins[..]),
        ];
        let found = Application::find(&mut ScriptedTransport::new(&lines), false, &mut |_| Ok(()));
        assert_eq!(found.err(), Some(CardError::SeveralPins));
    }

    #[test]
    fn selects_the_directory_of_a_code_with_a_relative_path() {
        const DIRECTORY: &str = "00A40000023D00 00";
        // Paths of the codes below the application's directory.
        let aodf = AODF.replace("300604043F005015", "300404023D00").replace("A121301F", "A11F301D");
        let aodf = aodf
            .replace("3036300C", "3034300C")
            .replace("33300909", "31300909")
            .replace("30333009", "30313009");
        let application = find_on(&[
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", ODF),
            (AODF_PATH, "9000"),
            ("00B0000000", &aodf),
        ])
        .unwrap();
        let select = |lines: &[(&str, &str)]| {
            let mut transport = ScriptedTransport::new(lines);
            application.select_directory_of(&mut transport, &application.codes.pin).unwrap().status
        };
        assert_eq!(select(&[(SELECT_AID, "9000"), (DIRECTORY, "9000")]), StatusWord::Ok);
        assert_eq!(select(&[(SELECT_AID, "6A82")]), StatusWord::FileNotFound);
    }

    #[test]
    fn references_are_assumed_if_the_card_describes_a_code_in_an_unknown_way() {
        let unsupported = AODF[..56 * 2].replace("0A0101020104", "0A0104020104"); // an ISO 9564 block
        let codes = find_on(&[
            (SELECT_AID, "9000"),
            ("00A40000025031 00", "9000"),
            ("00B0000000", ODF),
            (AODF_PATH, "9000"),
            ("00B0000000", &format!("{unsupported}{AODF}")),
        ])
        .unwrap()
        .codes;
        assert_eq!((codes.pin.reference, codes.from_card), (0x91, false));
    }
}
