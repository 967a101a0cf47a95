//! Walking through the files of an application (ISO 7816-15, section 8): PIN objects, certificates, private keys.

use crate::application::Home;
use crate::codes::Codes;
use crate::files::{Manner, Name, ReadError, read, read_large, select};
use crate::path::Path;
use crate::pin_object::{self, PinObject};
use crate::tlv::{find, objects};
use crate::{CardError, StatusWord, Transport, TransportError, certificate};

/// Kinds of directory in an ODF (ISO 7816-15, section 8.3): `[0]` private keys, `[8]` authentication
/// objects, `[4]` certificates.
const PRIVATE_KEYS: u16 = 0xA0;
const AUTHENTICATION: u16 = 0xA8;
const CERTIFICATES: u16 = 0xA4;
/// More directories of a kind are not read, nor more certificates: each takes a card up to a second.
const MOST: usize = 4;
const MOST_CERTIFICATES: usize = 8;

const EF_ODF: &[u8] = &[0x50, 0x31];

/// What an application says of itself.
pub(crate) struct Description {
    /// The user's PIN and the PUK that unblocks it.
    pub codes: Codes,
    /// How the card wants its files to be named.
    pub manner: Manner,
    /// The directory that is current now, below the master file; none where nobody knows.
    pub left_in: Option<Vec<u8>>,
}

/// Reads what the selected application says of itself; see [`crate::application::Application::find`].
pub(crate) fn describe(
    card: &mut dyn Transport,
    home: &Home,
    manner: Manner,
    extended: bool,
    judge: &mut Judge<'_>,
) -> Result<Description, CardError> {
    let mut walk = Walk { card, home, manner, at: Place::Home };
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
    Ok(Description { codes, manner, left_in })
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
pub(crate) type Judge<'a> = dyn FnMut(&[Listed]) -> Result<(), CardError> + 'a;

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
            match self.read(&path, &read)? {
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
    fn codes(&mut self, pins: Pins, odf: &[u8], certificates: &[Listed]) -> Result<Codes, CardError> {
        let Pins { found, protected, understood } = pins;
        let chosen = match Codes::choose(&found) {
            Err(CardError::NoPuk) if protected && found.is_empty() => return Ok(Codes::assumed()),
            Err(CardError::SeveralPins) => {
                let guards = self.guards_of_signing_keys(odf, certificates)?;
                let signs = |pin: &&PinObject| guards.contains(&pin.id);
                let guarded: Vec<_> = found.iter().filter(signs).map(|pin| pin.guarded_by.as_ref()).collect();
                let concerned = |object: &&PinObject| signs(object) || guarded.contains(&Some(&object.id));
                let signing: Vec<_> = found.iter().filter(concerned).cloned().collect();
                if guards.is_empty() { Err(CardError::SeveralPins) } else { Codes::choose(&signing) }
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
    ) -> Result<Vec<Vec<u8>>, TransportError> {
        let signs = |listed: &&Listed| {
            let parsed = listed.file.as_deref().and_then(certificate::parse);
            parsed.is_some_and(|parsed| parsed.certificate.is_for_signing)
        };
        let keys: Vec<_> = certificates.iter().filter(signs).map(|listed| listed.id.clone()).collect();
        let mut guards = Vec::new();
        for directory in directories(odf, PRIVATE_KEYS) {
            let Some(directory) = self.try_read(&directory, &read)? else { continue };
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

    fn certificates(&mut self, odf: &[u8], extended: bool) -> Result<Vec<Listed>, TransportError> {
        let mut found = Vec::new();
        for directory in directories(odf, CERTIFICATES) {
            let Some(directory) = self.try_read(&directory, &read)? else { continue };
            for (id, path) in certificate_files(&directory) {
                if found.len() == MOST_CERTIFICATES {
                    return Ok(found);
                }
                let wanted =
                    |beginning: &[u8]| certificate::wanted(beginning).filter(|_| path.begins_its_file());
                let body = |card: &mut dyn Transport, name: Name<'_>, manner: &mut Manner| {
                    read_large(card, name, manner, extended, wanted)
                };
                let file = self.try_read(&path, &body)?;
                found.push(Listed { id, file });
            }
        }
        Ok(found)
    }

    /// A file that nobody's code depends on: where the card fails at it, it is passed over.
    fn try_read(&mut self, path: &Path, read: &Read<'_>) -> Result<Option<Vec<u8>>, TransportError> {
        match self.read(path, read) {
            Ok(file) => Ok(file),
            Err(ReadError::Failed(_)) => Ok(None),
            Err(ReadError::Transport(error)) => Err(error),
        }
    }

    fn read(&mut self, path: &Path, read: &Read<'_>) -> Result<Option<Vec<u8>>, ReadError> {
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
type Read<'a> = dyn Fn(&mut dyn Transport, Name<'_>, &mut Manner) -> Result<Option<Vec<u8>>, ReadError> + 'a;

/// A path that begins in the current directory.
pub(crate) fn below(path: &Path) -> Name<'_> {
    let path = path.relative();
    if path.len() == 2 { Name::Id(path) } else { Name::Below(path) }
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
    fn no_more_than_a_few_directories_are_read() {
        let odf = "A80A300804063F0050154401".repeat(20);
        assert_eq!(directories(&crate::scripted::unhex(&odf), AUTHENTICATION).count(), MOST);
    }
}
