//! The files of the card as data (ISO 7816-15): directories, contents and control information.

use crate::validity::Validity;
use std::borrow::Cow;

/// A dedicated file (DF): a directory, or an application if it has a name.
#[derive(Debug, PartialEq, Eq)]
pub struct Directory {
    pub(crate) id: u16,
    /// The application identifier, if any.
    pub(crate) name: &'static [u8],
    pub(crate) directories: &'static [Directory],
    pub(crate) files: &'static [File],
}

/// A transparent elementary file.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    pub(crate) id: u16,
    pub(crate) content: Content,
    /// Whether READ BINARY is allowed. SELECT always is.
    pub(crate) readable: bool,
}

/// The content of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Constant bytes.
    Fixed(&'static [u8]),
    /// A certificate whose validity period is inserted when it is read.
    Certificate(&'static [u8]),
}

impl Content {
    pub(crate) fn bytes(self, validity: &Validity) -> Cow<'static, [u8]> {
        match self {
            Self::Fixed(bytes) => Cow::Borrowed(bytes),
            Self::Certificate(template) => Cow::Owned(validity.apply_to(template)),
        }
    }
}

/// The file identifier of the master file (ISO 7816-4, section 7.1.1).
pub(crate) const MASTER_FILE: u16 = 0x3F00;

/// The file identifier of the application's directory.
pub(crate) const APPLICATION: u16 = 0x5015;

/// The file identifier of a directory outside the application.
pub(crate) const CODES: u16 = 0x3D00;

/// The application identifier of PKCS#15 (ISO 7816-15, section 5).
const PKCS15: &[u8] = b"\xA0\x00\x00\x00\x63PKCS-15";

/// EF.DIR: one application template with identifier, label and path 3F00 5015.
const EF_DIR: File = File {
    id: 0x2F00,
    content: Content::Fixed(
        b"\x61\x1A\x4F\x0C\xA0\x00\x00\x00\x63PKCS-15\x50\x04AKIS\x51\x04\x3F\x00\x50\x15",
    ),
    readable: true,
};

/// EF(ODF): the authentication objects are in 3F00 5015 4401, the certificates in 3F00 5015 4402.
const ODF: File = File {
    id: 0x5031,
    content: Content::Fixed(
        b"\xA8\x0A\x30\x08\x04\x06\x3F\x00\x50\x15\x44\x01\
          \xA4\x0A\x30\x08\x04\x06\x3F\x00\x50\x15\x44\x02",
    ),
    readable: true,
};

/// An EF(ODF) without certificates.
const ODF_OF_CODES: File =
    File { content: Content::Fixed(b"\xA8\x0A\x30\x08\x04\x06\x3F\x00\x50\x15\x44\x01"), ..ODF };

/// EF(CDF): one certificate, with label, own id and the path 3F00 5015 4301.
const CDF: File = File {
    id: 0x4402,
    content: Content::Fixed(
        b"\x30\x1C\x30\x07\x0C\x05\xC4\xB0mza\x30\x03\x04\x01\x45\
          \xA1\x0C\x30\x0A\x30\x08\x04\x06\x3F\x00\x50\x15\x43\x01",
    ),
    readable: true,
};

/// The cardholder's signing certificate.
const SIGNING: File =
    File { id: 0x4301, content: Content::Certificate(include_bytes!("../data/imza.der")), readable: true };

/// The certificate of an identity card, for authentication only.
const LOGIN: File = File { content: Content::Certificate(include_bytes!("../data/kimlik.der")), ..SIGNING };

/// EF(TokenInfo): version 0, manufacturer, label, flags "authentication required" and "initialised".
const TOKEN_INFO: File = File {
    id: 0x5032,
    content: Content::Fixed(b"\x30\x1E\x02\x01\x00\x0C\x07TUBITAK\x80\x0CAKIS virtual\x03\x02\x04\x10"),
    readable: true,
};

/// EF(AODF): two PIN objects, each with label, flags and guard id; its own id; and PIN flags, type (ASCII
/// digits), minimum, stored and maximum length, reference, pad character and path.
const AODF: File = File { id: 0x4401, content: Content::Fixed(&PIN_OBJECTS), readable: true };

const PIN_OBJECTS: [u8; 109] = *b"\x30\x36\
    \x30\x0C\x0C\x03PIN\x03\x02\x06\xC0\x04\x01\x02\
    \x30\x03\x04\x01\x01\
    \xA1\x21\x30\x1F\x03\x02\x03\x48\x0A\x01\x01\
    \x02\x01\x04\x02\x01\x08\x02\x01\x08\
    \x80\x02\x00\x81\x04\x01\xFF\x30\x06\x04\x04\x3F\x00\x50\x15\
    \x30\x33\
    \x30\x09\x0C\x03PUK\x03\x02\x06\xC0\
    \x30\x03\x04\x01\x02\
    \xA1\x21\x30\x1F\x03\x02\x01\x4A\x0A\x01\x01\
    \x02\x01\x04\x02\x01\x08\x02\x01\x08\
    \x80\x02\x00\x82\x04\x01\xFF\x30\x06\x04\x04\x3F\x00\x50\x15";

/// The same with a PUK that cannot be changed: bit 2 of its flags.
const PIN_OBJECTS_FIXED_PUK: [u8; 109] = {
    const FLAGS: usize = 81;
    let mut objects = PIN_OBJECTS;
    assert!(objects[FLAGS] == 0x4A);
    objects[FLAGS] |= 0x20;
    objects
};

/// The same with the security officer's PIN instead of a PUK: bit 7 of its flags, and not bit 6.
const PIN_OBJECTS_OFFICER: [u8; 109] = {
    const FLAGS: usize = 81;
    let mut objects = PIN_OBJECTS;
    assert!(objects[FLAGS] == 0x4A);
    (objects[FLAGS - 1], objects[FLAGS]) = (0x00, 0x49);
    objects
};

/// The same with codes in the directory 3F00 3D00.
const PIN_OBJECTS_ELSEWHERE: [u8; 109] = {
    const PATHS: [usize; 2] = [54, 107];
    let mut objects = PIN_OBJECTS;
    let mut at = 0;
    while at < PATHS.len() {
        assert!(objects[PATHS[at]] == 0x50 && objects[PATHS[at] + 1] == 0x15);
        (objects[PATHS[at]], objects[PATHS[at] + 1]) = (0x3D, 0x00);
        at += 1;
    }
    objects
};

/// The files of an e-signature card.
pub(crate) static SIGNATURE_CARD: Directory =
    with_application(&[pkcs15(&[ODF, TOKEN_INFO, AODF, CDF, SIGNING])]);

/// The same without a certificate.
pub(crate) static WITHOUT_CERTIFICATE: Directory =
    with_application(&[pkcs15(&[ODF_OF_CODES, TOKEN_INFO, AODF])]);

/// The same with protected PIN objects.
pub(crate) static AODF_PROTECTED: Directory =
    with_application(&[pkcs15(&[ODF, TOKEN_INFO, File { readable: false, ..AODF }, CDF, SIGNING])]);

/// The same with a PUK that cannot be changed.
pub(crate) static FIXED_PUK: Directory = with_application(&[pkcs15(&[
    ODF,
    TOKEN_INFO,
    File { content: Content::Fixed(&PIN_OBJECTS_FIXED_PUK), ..AODF },
    CDF,
    SIGNING,
])]);

/// The same with the security officer's PIN instead of a PUK.
pub(crate) static OFFICER: Directory = with_application(&[pkcs15(&[
    ODF,
    TOKEN_INFO,
    File { content: Content::Fixed(&PIN_OBJECTS_OFFICER), ..AODF },
    CDF,
    SIGNING,
])]);

/// The same with a holder's name that draws lines and controls the terminal.
pub(crate) static HOSTILE: Directory = with_application(&[pkcs15(&[
    ODF,
    TOKEN_INFO,
    AODF,
    CDF,
    File { content: Content::Certificate(include_bytes!("../data/hostile.der")), ..SIGNING },
])]);

/// The same with codes in a separate directory, [`CODES`].
pub(crate) static CODES_ELSEWHERE: Directory = Directory {
    directories: &[
        pkcs15(&[
            ODF,
            TOKEN_INFO,
            File { content: Content::Fixed(&PIN_OBJECTS_ELSEWHERE), ..AODF },
            CDF,
            SIGNING,
        ]),
        Directory { id: CODES, name: b"", directories: &[], files: &[] },
    ],
    ..with_application(&[])
};

/// An identity card with a PKCS#15 application that lists its authentication certificate.
pub(crate) static IDENTITY_CARD: Directory =
    with_application(&[pkcs15(&[ODF, TOKEN_INFO, AODF, CDF, LOGIN])]);

/// A card without an application.
pub(crate) static BARE_CARD: Directory =
    Directory { id: MASTER_FILE, name: b"", directories: &[], files: &[] };

const fn pkcs15(files: &'static [File]) -> Directory {
    Directory { id: APPLICATION, name: PKCS15, directories: &[], files }
}

const fn with_application(applications: &'static [Directory]) -> Directory {
    Directory { id: MASTER_FILE, name: b"", directories: applications, files: &[EF_DIR] }
}

impl Directory {
    /// Returns the file control parameters: descriptor "dedicated file", identifier, name.
    pub(crate) fn control_parameters(&self) -> Vec<u8> {
        let [high, low] = self.id.to_be_bytes();
        let mut objects = vec![0x82, 1, 0x38, 0x83, 2, high, low];
        if !self.name.is_empty() {
            objects.push(0x84);
            push_with_length(&mut objects, self.name);
        }
        objects
    }
}

impl File {
    /// Returns the file control parameters: size, descriptor "transparent file", identifier.
    pub(crate) fn control_parameters(&self) -> Vec<u8> {
        let [high, low] = self.id.to_be_bytes();
        let (Content::Fixed(bytes) | Content::Certificate(bytes)) = self.content;
        // The largest content has a few hundred bytes.
        let [size_high, size_low] = u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes();
        vec![0x80, 2, size_high, size_low, 0x82, 1, 0x01, 0x83, 2, high, low]
    }
}

/// Wraps file control parameters in a template: tag 6F (FCI) or 62 (FCP).
pub(crate) fn template(tag: u8, objects: &[u8]) -> Vec<u8> {
    let mut template = vec![tag];
    push_with_length(&mut template, objects);
    template
}

/// Appends a value with one length byte: parameters and names are far shorter than 128 bytes.
fn push_with_length(to: &mut Vec<u8>, value: &[u8]) {
    to.push(u8::try_from(value.len()).unwrap_or(u8::MAX));
    to.extend_from_slice(value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference_data::DIGITS;

    /// Returns the values of BER-TLV objects with one-byte tags and lengths. Panics if bytes are left over.
    fn values(mut bytes: &[u8]) -> Vec<&[u8]> {
        let mut values = Vec::new();
        while let [_, length, rest @ ..] = bytes {
            let (value, tail) = rest.split_at_checked(usize::from(*length)).expect("the length fits");
            values.push(value);
            bytes = tail;
        }
        assert!(bytes.is_empty(), "{bytes:02X?} is left over");
        values
    }

    fn fixed(file: &File) -> &'static [u8] {
        let Content::Fixed(bytes) = file.content else { panic!("a certificate") };
        bytes
    }

    #[test]
    fn every_content_consists_of_complete_objects() {
        for file in [EF_DIR, ODF, ODF_OF_CODES, TOKEN_INFO, AODF, CDF] {
            assert!(values(fixed(&file)).into_iter().flat_map(values).count() > 0, "{:04X}", file.id);
        }
    }

    #[test]
    fn pin_objects_declare_the_lengths_that_the_card_enforces() {
        for object in values(fixed(&AODF)) {
            let attributes = values(values(values(object)[2])[0]);
            let lengths: Vec<usize> = attributes[2..5].iter().map(|value| usize::from(value[0])).collect();
            assert_eq!(lengths, [*DIGITS.start(), *DIGITS.end(), *DIGITS.end()]);
        }
    }

    #[test]
    fn ef_dir_lists_the_application_and_its_path() {
        let template = values(values(fixed(&EF_DIR))[0]);
        let application = &SIGNATURE_CARD.directories[0];
        assert_eq!(template[0], application.name);
        assert_eq!(template[2][2..], application.id.to_be_bytes());
    }

    #[test]
    fn the_odf_lists_pin_objects_and_certificates() {
        let [codes, certificates] = values(fixed(&ODF))[..] else { panic!("two directories") };
        assert!(codes.ends_with(&AODF.id.to_be_bytes()));
        assert!(certificates.ends_with(&CDF.id.to_be_bytes()));
        assert!(fixed(&CDF).ends_with(&SIGNING.id.to_be_bytes()));
    }

    #[test]
    fn control_parameters_contain_size_descriptor_identifier_and_name() {
        assert_eq!(ODF.control_parameters(), b"\x80\x02\x00\x18\x82\x01\x01\x83\x02\x50\x31");
        let application = &SIGNATURE_CARD.directories[0];
        assert_eq!(
            template(0x6F, &application.control_parameters()),
            b"\x6F\x15\x82\x01\x38\x83\x02\x50\x15\x84\x0C\xA0\x00\x00\x00\x63PKCS-15"
        );
        assert_eq!(BARE_CARD.control_parameters(), b"\x82\x01\x38\x83\x02\x3F\x00");
    }
}
