//! Certificates on the card (X.509, RFC 5280).

use crate::Cardholder;
use crate::hex::hex;
use crate::iso7816::tlv::{find, first_encoded, header, objects};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use eimza_display_text::DisplayText;
use x509_cert::TbsCertificate;
use x509_cert::der::Decode;
use x509_cert::der::asn1::ObjectIdentifier as Oid;
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages};
use x509_cert::name::Name;

/// commonName, surname and givenName (X.520).
const COMMON_NAME: Oid = Oid::new_unwrap("2.5.4.3");
const SURNAME: Oid = Oid::new_unwrap("2.5.4.4");
const GIVEN_NAME: Oid = Oid::new_unwrap("2.5.4.42");
/// serialNumber of the subject, in Turkish certificates the T.C. kimlik no (LIKELY).
const SERIAL_NUMBER: Oid = Oid::new_unwrap("2.5.4.5");
/// subjectDirectoryAttributes (RFC 5280, section 4.2.1.8).
const DIRECTORY_ATTRIBUTES: Oid = Oid::new_unwrap("2.5.29.9");
/// The encoded OID of dateOfBirth (RFC 3739, section 3.2.2).
const DATE_OF_BIRTH: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x09, 0x01];

/// The content of a certificate; its signature is not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The subject's name: commonName, else givenName and surname; empty if there is none.
    pub holder: DisplayText,
    /// The certificate's serial number, two hex digits per byte.
    pub serial: DisplayText,
    /// The issuer's name, from the same attributes.
    pub issuer: DisplayText,
    /// The first second of the validity period, since 1970 (UTC).
    pub not_before: u64,
    /// The last second of the validity period, since 1970 (UTC).
    pub not_after: u64,
    /// Whether the cardholder may sign legally with it, and not only log in: its key usage includes
    /// nonRepudiation, or it restricts the usage of its key in no way (RFC 5280, section 4.2.1.3).
    pub is_for_signing: bool,
    /// Its encoding (DER) from the first byte to the end of the body (tbsCertificate): all that is read of it.
    /// The authority's signature over these bytes follows.
    encoded: Vec<u8>,
}

impl Certificate {
    /// Returns its encoding from the first byte to the end of its body, without the authority's signature.
    #[must_use]
    pub fn encoded_body(&self) -> &[u8] {
        &self.encoded
    }

    /// Returns whether `der`, a certificate that was read in another way, is this one, byte for byte.
    #[must_use]
    pub fn is_encoded_as(&self, der: &[u8]) -> bool {
        let complete = header(der).is_some_and(|(_, length, value)| length == value.len());
        complete && !self.encoded.is_empty() && der.starts_with(&self.encoded)
    }
}

/// A parsed certificate.
pub(crate) struct ParsedCertificate {
    pub certificate: Certificate,
    /// The details of the cardholder in its subject.
    pub cardholder: Cardholder,
    /// Whether it belongs to a certificate authority instead of the cardholder: cA of basicConstraints
    /// (RFC 5280, section 4.2.1.9).
    pub is_authority: bool,
}

/// A SEQUENCE.
const SEQUENCE: u16 = 0x30;

/// Returns the offset at which the body (tbsCertificate) ends in a file that starts with `prefix`; the
/// signature and padding follow and are not needed. Returns `None` if the file does not start like a
/// certificate.
pub(crate) fn body_end(prefix: &[u8]) -> Option<usize> {
    let (SEQUENCE, _, body) = header(prefix)? else { return None };
    let (SEQUENCE, length, value) = header(body)? else { return None };
    Some(prefix.len() - value.len() + length)
}

/// Parses the body (tbsCertificate) and ignores what follows it; returns `None` if it is incomplete or
/// invalid.
pub(crate) fn parse(file: &[u8]) -> Option<ParsedCertificate> {
    let (SEQUENCE, _, content) = header(file)? else { return None };
    let body = first_encoded(content)?;
    let encoded = file[..file.len() - content.len() + body.len()].to_vec();
    let body = TbsCertificate::from_der(body).ok()?;
    let usage = body.get_extension::<KeyUsage>().ok()?.map(|(_, usage)| usage.0);
    let constraints = body.get_extension::<BasicConstraints>().ok()?;
    let is_authority = constraints.is_some_and(|(_, constraints)| constraints.ca);
    let text = |name: &Name, kind| {
        let value = name.by_oid::<DirectoryString>(kind).ok().flatten()?;
        Some(value.value().into_owned())
    };
    // Not every authority issues certificates with a common name.
    let name_in = |name: &Name| {
        let parts = || Some(format!("{} {}", text(name, GIVEN_NAME)?, text(name, SURNAME)?));
        text(name, COMMON_NAME).or_else(parts).unwrap_or_default()
    };
    let seconds = |time: &x509_cert::time::Time| time.to_unix_duration().as_secs();
    let subject = body.subject();
    // A prefix such as "TR…" or "PASTR-" is possible (ETSI EN 319 412-1, section 5.1.3).
    let number = text(subject, SERIAL_NUMBER).unwrap_or_default();
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    let cardholder = Cardholder {
        identity_number: Some(number).filter(|number| !number.is_empty()),
        birth_date: body
            .extensions()
            .and_then(|extensions| {
                extensions.iter().find(|extension| extension.extn_id == DIRECTORY_ATTRIBUTES)
            })
            .and_then(|attributes| date_of_birth(attributes.extn_value.as_bytes())),
    };
    let certificate = Certificate {
        holder: DisplayText::new(&name_in(subject)),
        serial: DisplayText::new(&serial(body.serial_number().as_bytes())),
        issuer: DisplayText::new(&name_in(body.issuer())),
        not_before: seconds(&body.validity().not_before),
        not_after: seconds(&body.validity().not_after),
        is_for_signing: !is_authority && usage.is_none_or(|usage| usage.contains(KeyUsages::NonRepudiation)),
        encoded,
    };
    Some(ParsedCertificate { certificate, cardholder, is_authority })
}

/// Formats a serial number like browsers and Kamu SM: without the zero byte that DER inserts before a high
/// bit.
fn serial(integer: &[u8]) -> String {
    hex(integer.strip_prefix(&[0]).filter(|rest| !rest.is_empty()).unwrap_or(integer))
}

/// Parses dateOfBirth in subjectDirectoryAttributes, a SEQUENCE OF Attribute; the value is a GeneralizedTime.
fn date_of_birth(attributes: &[u8]) -> Option<(u16, u8, u8)> {
    let set = objects(find(attributes, 0x30)?)
        .find(|attribute| find(attribute.value, 0x06) == Some(DATE_OF_BIRTH))
        .and_then(|attribute| find(attribute.value, 0x31))?;
    let text = core::str::from_utf8(find(set, 0x18)?).ok()?;
    let number = |start, end| text.get(start..end)?.parse::<u16>().ok();
    let two_digits = |start| u8::try_from(number(start, start + 2)?).ok();
    Some((number(0, 4)?, two_digits(4)?, two_digits(6)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate_samples::{
        AUTHORITY, FOR_CERTIFICATES, FOR_LOGIN, FOR_SIGNING, LOGIN, NO_AUTHORITY, SIGNING, replaced,
        with_extensions,
    };

    #[test]
    fn preserves_turkish_letters() {
        let ParsedCertificate { certificate, cardholder, .. } = parse(SIGNING).unwrap();
        assert_eq!(certificate.holder.as_str(), "ÖRNEK İMZA SAHİBİ ĞÜŞIÇ");
        assert_eq!(certificate.issuer.as_str(), "Deneme Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı");
        assert_eq!(certificate.serial.as_str(), "4B414D55");
        assert_eq!(cardholder.identity_number.as_deref(), Some("10000000146"));
        assert_eq!(cardholder.birth_date, Some((1980, 5, 23)));
    }

    /// A module returns whole certificates, while files on cards are read to the end of the body or padded.
    #[test]
    fn recognizes_its_own_encoding_byte_for_byte() {
        let body = body_end(SIGNING).unwrap();
        for read in [SIGNING, &SIGNING[..body], &[SIGNING, &[0xFF; 20]].concat()] {
            let certificate = parse(read).unwrap().certificate;
            assert!(certificate.is_encoded_as(SIGNING));
            assert_eq!(certificate.encoded_body(), &SIGNING[..body]);
            for index in 0..body {
                let mut other = SIGNING.to_vec();
                other[index] ^= 1;
                assert!(!certificate.is_encoded_as(&other), "byte {index}");
            }
            for other in [&[][..], &SIGNING[..body], &SIGNING[..SIGNING.len() - 1], LOGIN] {
                assert!(!certificate.is_encoded_as(other));
            }
            assert!(!certificate.is_encoded_as(&[SIGNING, &[0]].concat()));
        }
    }

    #[test]
    fn converts_dates_to_seconds() {
        // 01.01.2026 and 01.01.2029, 00:00 UTC.
        let certificate = parse(SIGNING).unwrap().certificate;
        assert_eq!((certificate.not_before, certificate.not_after), (1_767_225_600, 1_861_920_000));
    }

    #[test]
    fn distinguishes_signing_from_login() {
        assert!(parse(SIGNING).unwrap().certificate.is_for_signing);
        assert!(!parse(LOGIN).unwrap().certificate.is_for_signing);
    }

    /// Regression: a certificate whose key may be used for anything counted as one for login.
    #[test]
    fn a_certificate_without_key_usage_may_sign() {
        for (extensions, expected) in [
            (&[][..], true),
            (&[NO_AUTHORITY], true),
            (&[NO_AUTHORITY, FOR_SIGNING], true),
            (&[NO_AUTHORITY, FOR_LOGIN], false),
            (&[AUTHORITY], false), // an authority signs certificates, not documents
            (&[AUTHORITY, FOR_SIGNING], false),
        ] {
            let parsed = parse(&with_extensions(extensions)).unwrap();
            assert_eq!(parsed.certificate.is_for_signing, expected, "{extensions:?}");
        }
    }

    /// Regression: it was told by its key usage, which an authority may lack.
    #[test]
    fn an_authority_is_told_by_its_basic_constraints() {
        for (extensions, expected) in [
            (&[][..], false),
            (&[NO_AUTHORITY], false),
            (&[NO_AUTHORITY, FOR_CERTIFICATES], false),
            (&[AUTHORITY], true),
            (&[AUTHORITY, FOR_CERTIFICATES], true),
        ] {
            assert_eq!(parse(&with_extensions(extensions)).unwrap().is_authority, expected, "{extensions:?}");
        }
    }

    #[test]
    fn a_certificate_with_a_damaged_or_repeated_usage_is_invalid() {
        let damaged = "300B 0603551D0F 0404 030206";
        for extensions in [&[damaged][..], &[FOR_SIGNING, FOR_LOGIN], &[AUTHORITY, NO_AUTHORITY]] {
            assert!(parse(&with_extensions(extensions)).is_none(), "{extensions:?}");
        }
    }

    #[test]
    fn a_holder_without_common_name_is_called_by_given_name_and_surname() {
        // Turns the subject's commonName into a givenName, and its serialNumber into a surname.
        let given_name = replaced(SIGNING, "U\u{4}\u{3}\u{c}\u{1f}", "U\u{4}\u{2a}\u{c}\u{1f}");
        let both = replaced(&given_name, "U\u{4}\u{5}\u{13}", "U\u{4}\u{4}\u{13}");
        for (certificate, holder) in [(given_name, ""), (both, "ÖRNEK İMZA SAHİBİ ĞÜŞIÇ 10000000146")]
        {
            assert_eq!(parse(&certificate).unwrap().certificate.holder, holder.into());
        }
    }

    #[test]
    fn formats_a_serial_number_without_the_sign_byte() {
        assert_eq!(serial(&[0x00, 0xA1, 0xB2]), "A1B2");
        assert_eq!(serial(&[0x4B, 0x00]), "4B00");
        assert_eq!(serial(&[0x00]), "00");
    }

    #[test]
    fn ignores_signature_and_padding_but_needs_the_whole_body() {
        let padded = [SIGNING, &[0xFF; 300]].concat();
        assert!(parse(&padded).is_some());
        let end = body_end(SIGNING).unwrap();
        assert!(end < SIGNING.len() - 200 && parse(&SIGNING[..end]).is_some());
        for length in [0, 1, 4, 100, end - 1] {
            assert!(parse(&SIGNING[..length]).is_none(), "{length}");
        }
    }

    #[test]
    fn finds_the_end_of_the_body_from_the_first_bytes() {
        assert_eq!(body_end(&SIGNING[..8]), body_end(SIGNING));
        for file in [&[][..], &[0x30], &[0x30, 0x03, 0x02, 0x01, 0x05], &[0x04, 0x82]] {
            assert_eq!(body_end(file), None, "{file:?}");
        }
    }
}
