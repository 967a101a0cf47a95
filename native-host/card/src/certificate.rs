//! A certificate on the card (X.509, RFC 5280): whose it is, and from when till when it holds.

use crate::Cardholder;
use crate::hex::hex;
use crate::tlv::{find, first_whole, header, objects};
use x509_cert::TbsCertificate;
use x509_cert::der::Decode;
use x509_cert::der::asn1::ObjectIdentifier as Oid;
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};
use x509_cert::name::Name;

/// commonName, surname, givenName (X.520).
const COMMON_NAME: Oid = Oid::new_unwrap("2.5.4.3");
const SURNAME: Oid = Oid::new_unwrap("2.5.4.4");
const GIVEN_NAME: Oid = Oid::new_unwrap("2.5.4.42");
/// subject: serialNumber, in Turkish certificates the T.C. kimlik no (LIKELY).
const SERIAL_NUMBER: Oid = Oid::new_unwrap("2.5.4.5");
/// subjectDirectoryAttributes (RFC 5280, section 4.2.1.8).
const DIRECTORY_ATTRIBUTES: Oid = Oid::new_unwrap("2.5.29.9");
/// dateOfBirth (RFC 3739, section 3.2.2), as it is encoded.
const DATE_OF_BIRTH: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x09, 0x01];

/// What a certificate says of itself; its signature is not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The holder's name (subject: commonName, else givenName and surname); empty where there is none.
    pub holder: String,
    /// The certificate's own serial number, hex digits, two a byte.
    pub serial: String,
    /// Who issued it, named likewise.
    pub issuer: String,
    /// The first second of the validity period, since 1970 (UTC).
    pub not_before: u64,
    /// The last second of the validity period, since 1970 (UTC).
    pub not_after: u64,
    /// Made for signatures that bind (key usage nonRepudiation), not for mere login.
    pub is_for_signing: bool,
}

/// A certificate and what it tells of its holder.
pub(crate) struct Parsed {
    pub certificate: Certificate,
    pub holder: Cardholder,
    /// It is a certificate authority's, and no holder's.
    pub is_authority: bool,
}

/// A SEQUENCE.
const SEQUENCE: u16 = 0x30;

/// How many bytes of a file are read of which this is the beginning: a certificate's body is its first part, and behind
/// it come the signature, which nobody checks here, and padding. None where it begins as no certificate does.
pub(crate) fn wanted(beginning: &[u8]) -> Option<usize> {
    let (SEQUENCE, _, body) = header(beginning)? else { return None };
    let (SEQUENCE, length, value) = header(body)? else { return None };
    Some(beginning.len() - value.len() + length)
}

/// Reads a certificate's body (tbsCertificate), whatever comes behind. None where there is none.
pub(crate) fn parse(file: &[u8]) -> Option<Parsed> {
    let (SEQUENCE, _, content) = header(file)? else { return None };
    let body = TbsCertificate::from_der(first_whole(content)?).ok()?;
    let usage = body.get_extension::<KeyUsage>().ok().flatten().map(|(_, usage)| usage.0);
    let may = |what: KeyUsages| usage.is_some_and(|usage| usage.contains(what));
    let text = |name: &Name, kind| {
        let value = name.by_oid::<DirectoryString>(kind).ok().flatten()?;
        Some(value.value().into_owned())
    };
    // Not every authority writes a common name.
    let name_in = |name: &Name| {
        let parts = || Some(format!("{} {}", text(name, GIVEN_NAME)?, text(name, SURNAME)?));
        text(name, COMMON_NAME).or_else(parts).unwrap_or_default()
    };
    let seconds = |time: &x509_cert::time::Time| time.to_unix_duration().as_secs();
    let subject = body.subject();
    // "TR…" or "PASTR-…" may stand before it (ETSI EN 319 412-1, section 5.1.3).
    let number = text(subject, SERIAL_NUMBER).unwrap_or_default();
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    let holder = Cardholder {
        identity_number: Some(number).filter(|number| !number.is_empty()),
        birth_date: body
            .extensions()
            .and_then(|all| all.iter().find(|one| one.extn_id == DIRECTORY_ATTRIBUTES))
            .and_then(|attributes| date_of_birth(attributes.extn_value.as_bytes())),
    };
    let certificate = Certificate {
        holder: name_in(subject),
        serial: serial(body.serial_number().as_bytes()),
        issuer: name_in(body.issuer()),
        not_before: seconds(&body.validity().not_before),
        not_after: seconds(&body.validity().not_after),
        is_for_signing: may(KeyUsages::NonRepudiation),
    };
    Some(Parsed { certificate, holder, is_authority: may(KeyUsages::KeyCertSign) })
}

/// As browsers and Kamu SM write it: without the zero byte that DER puts before a high first bit.
fn serial(integer: &[u8]) -> String {
    hex(integer.strip_prefix(&[0]).filter(|rest| !rest.is_empty()).unwrap_or(integer))
}

/// SEQUENCE OF Attribute; the date is a GeneralizedTime, noon of the day.
fn date_of_birth(attributes: &[u8]) -> Option<(u16, u8, u8)> {
    let set = objects(find(attributes, 0x30)?)
        .find(|attribute| find(attribute.value, 0x06) == Some(DATE_OF_BIRTH))
        .and_then(|attribute| find(attribute.value, 0x31))?;
    let text = std::str::from_utf8(find(set, 0x18)?).ok()?;
    let number = |from, to| text.get(from..to)?.parse::<u16>().ok();
    let small = |from, to| u8::try_from(number(from, to)?).ok();
    Some((number(0, 4)?, small(4, 6)?, small(6, 8)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNING: &[u8] = include_bytes!("../../../tests/virtual-card/data/imza.der");
    const LOGIN: &[u8] = include_bytes!("../../../tests/virtual-card/data/kimlik.der");

    #[test]
    fn turkish_names_arrive_intact() {
        let Parsed { certificate, holder, .. } = parse(SIGNING).unwrap();
        assert_eq!(certificate.holder, "ÖRNEK İMZA SAHİBİ ĞÜŞIÇ");
        assert_eq!(certificate.issuer, "Deneme Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı");
        assert_eq!(certificate.serial, "4B414D55");
        assert_eq!(holder.identity_number.as_deref(), Some("10000000146"));
        assert_eq!(holder.birth_date, Some((1980, 5, 23)));
    }

    #[test]
    fn dates_are_seconds() {
        // 01.01.2026 and 01.01.2029, 00:00 UTC.
        let certificate = parse(SIGNING).unwrap().certificate;
        assert_eq!((certificate.not_before, certificate.not_after), (1_767_225_600, 1_861_920_000));
    }

    #[test]
    fn signing_is_told_from_login() {
        assert!(parse(SIGNING).unwrap().certificate.is_for_signing);
        assert!(!parse(LOGIN).unwrap().certificate.is_for_signing);
    }

    #[test]
    fn a_serial_number_is_written_without_the_sign_byte() {
        assert_eq!(serial(&[0x00, 0xA1, 0xB2]), "A1B2");
        assert_eq!(serial(&[0x4B, 0x00]), "4B00");
        assert_eq!(serial(&[0x00]), "00");
    }

    #[test]
    fn padding_and_signature_are_passed_over_and_a_part_of_the_body_is_none() {
        let padded = [SIGNING, &[0xFF; 300]].concat();
        assert!(parse(&padded).is_some());
        let body = wanted(SIGNING).unwrap();
        assert!(body < SIGNING.len() - 200 && parse(&SIGNING[..body]).is_some());
        for length in [0, 1, 4, 100, body - 1] {
            assert!(parse(&SIGNING[..length]).is_none(), "{length}");
        }
    }

    #[test]
    fn how_much_is_wanted_is_known_from_the_beginning_of_a_certificate_alone() {
        assert_eq!(wanted(&SIGNING[..8]), wanted(SIGNING));
        for file in [&[][..], &[0x30], &[0x30, 0x03, 0x02, 0x01, 0x05], &[0x04, 0x82]] {
            assert_eq!(wanted(file), None, "{file:?}");
        }
    }
}
