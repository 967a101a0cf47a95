//! Certificates for unit tests.

use crate::iso7816::tlv::{find, objects};
use crate::scripted_transport::unhex;
use alloc::vec::Vec;

/// A certificate for signing.
pub(crate) const SIGNING: &[u8] = include_bytes!("../../../tests/virtual-card/data/imza.der");
/// A certificate for authentication only.
pub(crate) const LOGIN: &[u8] = include_bytes!("../../../tests/virtual-card/data/kimlik.der");

/// Key usage: digitalSignature and nonRepudiation.
pub(crate) const FOR_SIGNING: &str = "300E 0603551D0F 0101FF 0404 030206C0";
/// Key usage: digitalSignature only.
pub(crate) const FOR_LOGIN: &str = "300E 0603551D0F 0101FF 0404 03020780";
/// Key usage: keyCertSign and cRLSign.
pub(crate) const FOR_CERTIFICATES: &str = "300E 0603551D0F 0101FF 0404 03020106";
/// Basic constraints: cA.
pub(crate) const AUTHORITY: &str = "300F 0603551D13 0101FF 0405 3003 0101FF";
/// Basic constraints: not cA.
pub(crate) const NO_AUTHORITY: &str = "3009 0603551D13 0402 3000";

/// Returns the body of [`SIGNING`] with these extensions, given in hex, instead of its own.
pub(crate) fn with_extensions(extensions: &[&str]) -> Vec<u8> {
    let body = find(find(SIGNING, 0x30).unwrap(), 0x30).unwrap();
    let extensions: Vec<u8> = extensions.iter().flat_map(|extension| unhex(extension)).collect();
    let parts = objects(body).flat_map(|part| match part.tag {
        0xA3 => encode(0xA3, &encode(0x30, &extensions)),
        tag => encode(u8::try_from(tag).unwrap(), part.value),
    });
    encode(0x30, &encode(0x30, &parts.collect::<Vec<_>>()))
}

/// Replaces a part of a certificate by another one of the same length.
pub(crate) fn replaced(certificate: &[u8], part: &str, by: &str) -> Vec<u8> {
    assert_eq!(part.len(), by.len());
    let place = certificate.windows(part.len()).rposition(|window| window == part.as_bytes()).unwrap();
    [&certificate[..place], by.as_bytes(), &certificate[place + part.len()..]].concat()
}

/// Encodes an object in DER.
fn encode(tag: u8, value: &[u8]) -> Vec<u8> {
    let [high, low] = u16::try_from(value.len()).unwrap().to_be_bytes();
    let header = match (high, low) {
        (0, 0..=0x7F) => [&[tag][..], &[low]].concat(),
        (0, _) => [tag, 0x81, low].to_vec(),
        _ => [tag, 0x82, high, low].to_vec(),
    };
    [&header[..], value].concat()
}
