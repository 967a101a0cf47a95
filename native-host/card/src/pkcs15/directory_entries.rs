//! Parses the directory files of an application (ISO 7816-15, section 8): object, certificate and private key
//! directories.

use super::path::Path;
use crate::iso7816::tlv::{find, objects};
use alloc::vec::Vec;

/// The kind of a directory that the object directory file, EF(ODF), lists (ISO 7816-15, section 8.3), by its
/// tag.
#[derive(Debug, Clone, Copy)]
#[repr(u16)]
pub(super) enum DirectoryKind {
    /// `[0]`: private keys.
    PrivateKeys = 0xA0,
    /// `[4]`: certificates.
    Certificates = 0xA4,
    /// `[8]`: authentication objects.
    AuthenticationObjects = 0xA8,
}

/// The maximum number of directories of a kind to read. Reading one takes up to a second.
const MAX_DIRECTORIES: usize = 4;

/// Returns the paths of the first directories of one kind in an ODF.
pub(super) fn directory_paths(odf: &[u8], kind: DirectoryKind) -> impl Iterator<Item = Path> {
    all_directory_paths(odf, kind).take(MAX_DIRECTORIES)
}

/// Returns whether [`directory_paths`] omits directories because there are too many.
pub(super) fn has_more_directories(odf: &[u8], kind: DirectoryKind) -> bool {
    all_directory_paths(odf, kind).count() > MAX_DIRECTORIES
}

/// Parses the entries of one kind: `[8] { SEQUENCE { OCTET STRING path } }`.
fn all_directory_paths(odf: &[u8], kind: DirectoryKind) -> impl Iterator<Item = Path> {
    objects(odf)
        .filter(move |object| object.tag == kind as u16)
        .filter_map(|object| Path::in_object(object.value))
}

/// A certificate in a certificate directory file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CertificateEntry {
    /// The identifier that it shares with its private key.
    pub id: Vec<u8>,
    /// The file that holds it.
    pub path: Path,
}

/// Parses a certificate directory file, EF(CDF) (ISO 7816-15, section 8.7): CommonObjectAttributes,
/// CommonCertificateAttributes, [1] { X509CertificateAttributes { path } }. Skips certificates that are
/// flagged as an authority's.
pub(super) fn certificate_entries(cdf: &[u8]) -> impl Iterator<Item = CertificateEntry> {
    objects(cdf).filter(|object| object.tag == 0x30).filter_map(|object| {
        let class_attributes = objects(object.value).nth(1)?;
        let is_authority = find(class_attributes.value, 0x01).is_some_and(|value| value != [0]);
        let special = find(object.value, 0xA1).filter(|_| !is_authority)?;
        let id = find(class_attributes.value, 0x04).unwrap_or_default().to_vec();
        Some(CertificateEntry { id, path: Path::in_object(find(special, 0x30)?)? })
    })
}

/// Parses a private key directory file, EF(PrKDF) (ISO 7816-15, section 8.4): returns the identifiers of the
/// codes that guard the keys with one of these identifiers.
pub(super) fn guards_of_keys<'a>(prkdf: &'a [u8], key_ids: &[Vec<u8>]) -> impl Iterator<Item = &'a [u8]> {
    // An RSA key, or [0] an elliptic curve key.
    objects(prkdf).filter(|object| matches!(object.tag, 0x30 | 0xA0)).filter_map(|object| {
        let mut parts = objects(object.value);
        let (common, class_attributes) = (parts.next()?, parts.next()?);
        let guard_id = find(common.value, 0x04)?;
        key_ids.iter().any(|key| find(class_attributes.value, 0x04) == Some(key)).then_some(guard_id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::unhex;
    use alloc::format;

    #[test]
    fn finds_certificates_and_skips_those_of_authorities() {
        let entry = |authority: &str, file: &str| {
            let class_attributes = format!("30{:02X}040145{authority}", 3 + authority.len() / 2);
            let body = format!("30050C03494D5A{class_attributes}A10C300A300804063F005015{file}");
            format!("30{:02X}{body}", body.len() / 2)
        };
        let cdf = entry("", "4301") + &entry("0101FF", "4302") + "0000";
        let found: Vec<_> = certificate_entries(&unhex(&cdf)).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id, [0x45]);
        assert_eq!(found[0].path.absolute(), Some(&[0x50, 0x15, 0x43, 0x01][..]));
    }

    #[test]
    fn limits_the_number_of_directories() {
        let odf = unhex(&"A80A300804063F0050154401".repeat(20));
        assert_eq!(directory_paths(&odf, DirectoryKind::AuthenticationObjects).count(), MAX_DIRECTORIES);
        assert!(has_more_directories(&odf, DirectoryKind::AuthenticationObjects));
        let all = unhex(&"A80A300804063F0050154401".repeat(MAX_DIRECTORIES));
        assert!(!has_more_directories(&all, DirectoryKind::AuthenticationObjects));
    }
}
