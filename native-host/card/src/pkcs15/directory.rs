//! Reads the directories of an application (ISO 7816-15, section 8): PIN objects, certificates, private keys.

use super::code_pair::CodePair;
use super::directory_entries::{
    DirectoryKind, certificate_entries, directory_paths, guards_of_keys, has_more_directories,
};
use super::location::ApplicationLocation;
use super::path::Path;
use super::pin_object::{self, PinObject};
use crate::iso7816::read_binary::{ReadError, read, read_prefix};
use crate::iso7816::select::{FileName, SelectMode, select};
use crate::{CardError, StatusWord, Transport, TransportError, certificate};
use alloc::vec::Vec;

/// The maximum number of certificates to read. Reading one takes up to a second.
const MAX_CERTIFICATES: usize = 8;

/// The object directory file.
const EF_ODF: &[u8] = &[0x50, 0x31];

/// What an application contains.
pub(super) struct ApplicationContents {
    /// The user's PIN and the PUK that unblocks it.
    pub codes: CodePair,
    /// The form of SELECT that the card accepts.
    pub select_mode: SelectMode,
    /// The path below the master file of the card's current directory; `None` if it is unknown.
    pub current_directory: Option<Vec<u8>>,
}

/// A certificate that an application lists for the cardholder.
pub(crate) struct ListedCertificate {
    /// The identifier that it shares with its private key.
    id: Vec<u8>,
    /// The content of its file; `None` if the file cannot be read.
    pub file: Option<Vec<u8>>,
}

/// Decides from the certificates whether a card is supported.
pub(crate) type CardFilter<'a> = dyn FnMut(&[ListedCertificate]) -> Result<(), CardError> + 'a;

/// Reads the contents of the selected application; see [`super::Application::find`].
pub(super) fn read_contents(
    transport: &mut dyn Transport,
    location: &ApplicationLocation,
    select_mode: SelectMode,
    extended: bool,
    filter: &mut CardFilter<'_>,
) -> Result<ApplicationContents, CardError> {
    let current = CurrentDirectory::Application;
    let mut reader = DirectoryReader { transport, location, select_mode, current };
    let odf = read(reader.transport, FileName::FileIdentifier(EF_ODF), &mut reader.select_mode)?;
    let codes = match odf {
        Some(odf) => {
            let pins = reader.read_pin_objects(&odf)?;
            let certificates = reader.read_certificates(&odf, extended)?;
            filter(&certificates)?;
            reader.select_codes(pins, &odf, &certificates)?
        }
        None => CodePair::assumed(),
    };
    let current_directory = match reader.current {
        CurrentDirectory::Path(path) => Some(path),
        CurrentDirectory::Application | CurrentDirectory::Unknown => None,
    };
    Ok(ApplicationContents { codes, select_mode: reader.select_mode, current_directory })
}

/// The PIN objects of an application.
struct PinObjects {
    parsed: Vec<PinObject>,
    /// Whether a directory of PIN objects is protected.
    any_protected: bool,
    /// Whether every object in the readable directories was parsed.
    all_parsed: bool,
}

/// Reads the files of an application and tracks the card's current directory.
struct DirectoryReader<'a> {
    transport: &'a mut dyn Transport,
    location: &'a ApplicationLocation,
    select_mode: SelectMode,
    current: CurrentDirectory,
}

/// The current directory of a card.
enum CurrentDirectory {
    /// The application's.
    Application,
    /// The one with this path below the master file.
    Path(Vec<u8>),
    Unknown,
}

/// A function that reads the selected file: [`read`] or [`read_prefix`].
type ReadFile<'a> =
    dyn Fn(&mut dyn Transport, FileName<'_>, &mut SelectMode) -> Result<Option<Vec<u8>>, ReadError> + 'a;

impl DirectoryReader<'_> {
    /// Reads the PIN objects in the application's AODFs.
    fn read_pin_objects(&mut self, odf: &[u8]) -> Result<PinObjects, ReadError> {
        let kind = DirectoryKind::AuthenticationObjects;
        let all_parsed = !has_more_directories(odf, kind);
        let mut pins = PinObjects { parsed: Vec::new(), any_protected: false, all_parsed };
        for path in directory_paths(odf, kind) {
            match self.read(&path, &read)? {
                Some(aodf) => {
                    pins.parsed.extend(pin_object::parse(&aodf));
                    pins.all_parsed &= pin_object::is_fully_parsed(&aodf);
                }
                None => pins.any_protected = true,
            }
        }
        Ok(pins)
    }

    /// Selects the user's PIN and PUK. Of several PINs, selects the one that guards the key of a signing
    /// certificate.
    ///
    /// References are assumed only if an AODF is not readable and no other describes a PIN. If the card
    /// describes PINs without a PUK, nothing is assumed. A selection from an incomplete list also counts as
    /// assumed, because it may not be the signing PIN.
    fn select_codes(
        &mut self,
        pins: PinObjects,
        odf: &[u8],
        certificates: &[ListedCertificate],
    ) -> Result<CodePair, CardError> {
        let PinObjects { parsed, any_protected, all_parsed } = pins;
        let selected = match CodePair::from_pin_objects(&parsed) {
            Err(CardError::NoPuk) if any_protected && parsed.is_empty() => return Ok(CodePair::assumed()),
            Err(CardError::SeveralPins) => {
                let signing_ids = self.guards_of_signing_keys(odf, certificates)?;
                if signing_ids.is_empty() {
                    return Err(CardError::SeveralPins);
                }
                CodePair::from_pin_objects(&signing_pins(&parsed, &signing_ids))
            }
            selected => selected,
        };
        let selected = selected?;
        Ok(CodePair { from_card: selected.from_card && all_parsed && !any_protected, ..selected })
    }

    /// Returns the identifiers of the codes that guard the keys of signing certificates.
    fn guards_of_signing_keys(
        &mut self,
        odf: &[u8],
        certificates: &[ListedCertificate],
    ) -> Result<Vec<Vec<u8>>, TransportError> {
        let is_for_signing = |listed: &&ListedCertificate| {
            let parsed = listed.file.as_deref().and_then(certificate::parse);
            parsed.is_some_and(|parsed| parsed.certificate.is_for_signing)
        };
        let key_ids: Vec<_> =
            certificates.iter().filter(is_for_signing).map(|listed| listed.id.clone()).collect();
        let mut guards = Vec::new();
        for path in directory_paths(odf, DirectoryKind::PrivateKeys) {
            let Some(prkdf) = self.read_optional(&path, &read)? else { continue };
            guards.extend(guards_of_keys(&prkdf, &key_ids).map(<[u8]>::to_vec));
        }
        Ok(guards)
    }

    /// Reads the certificates in the application's CDFs.
    fn read_certificates(
        &mut self,
        odf: &[u8],
        extended: bool,
    ) -> Result<Vec<ListedCertificate>, TransportError> {
        let mut certificates = Vec::new();
        for path in directory_paths(odf, DirectoryKind::Certificates) {
            let Some(cdf) = self.read_optional(&path, &read)? else { continue };
            for entry in certificate_entries(&cdf) {
                if certificates.len() == MAX_CERTIFICATES {
                    return Ok(certificates);
                }
                let needed = |prefix: &[u8]| {
                    certificate::body_end(prefix).filter(|_| entry.path.starts_at_first_byte())
                };
                let read_body = |transport: &mut dyn Transport, name: FileName<'_>, mode: &mut SelectMode| {
                    read_prefix(transport, name, mode, extended, needed)
                };
                let file = self.read_optional(&entry.path, &read_body)?;
                certificates.push(ListedCertificate { id: entry.id, file });
            }
        }
        Ok(certificates)
    }

    /// Reads a file that no code depends on: an error status of the card counts as a missing file.
    fn read_optional(&mut self, path: &Path, read: &ReadFile<'_>) -> Result<Option<Vec<u8>>, TransportError> {
        match self.read(path, read) {
            Ok(file) => Ok(file),
            Err(ReadError::Failed(_)) => Ok(None),
            Err(ReadError::Transport(error)) => Err(error),
        }
    }

    /// Reads the part of a file that `path` refers to; selects the application's directory first if the path
    /// is relative and another directory is current.
    fn read(&mut self, path: &Path, read: &ReadFile<'_>) -> Result<Option<Vec<u8>>, ReadError> {
        let (name, directory) = if let Some(absolute) = path.absolute() {
            // Selecting a file makes its directory the current one (ISO 7816-4, section 7.1.1).
            let directory = absolute[..absolute.len().saturating_sub(2)].to_vec();
            (FileName::PathFromMf(absolute), CurrentDirectory::Path(directory))
        } else {
            if !matches!(self.current, CurrentDirectory::Application) {
                let selected = select(self.transport, self.location.name(), &mut self.select_mode)?;
                if selected.status != StatusWord::Ok {
                    return Err(ReadError::Failed(selected.status));
                }
            }
            let name = path.relative_name();
            let is_in_application = matches!(name, FileName::FileIdentifier(_));
            let directory =
                if is_in_application { CurrentDirectory::Application } else { CurrentDirectory::Unknown };
            (name, directory)
        };
        // A failed SELECT may or may not have changed the current directory.
        self.current = CurrentDirectory::Unknown;
        let file = read(self.transport, name, &mut self.select_mode)?;
        if file.is_some() {
            self.current = directory;
        }
        Ok(file.and_then(|file| path.part_of(file)))
    }
}

/// Returns the PINs with these identifiers, and the codes that guard them.
fn signing_pins(objects: &[PinObject], signing_ids: &[Vec<u8>]) -> Vec<PinObject> {
    let is_signing_pin = |pin: &&PinObject| signing_ids.contains(&pin.id);
    let guard_ids: Vec<_> = objects.iter().filter(is_signing_pin).map(|pin| pin.guard_id.as_ref()).collect();
    let is_relevant = |object: &&PinObject| is_signing_pin(object) || guard_ids.contains(&Some(&object.id));
    objects.iter().filter(is_relevant).cloned().collect()
}
