//! The card's files as data (ISO 7816-15): directories, contents, and what SELECT says of them.

/// A dedicated file: a directory, or an application where it has a name.
#[derive(Debug, PartialEq, Eq)]
pub struct Directory {
    pub(crate) id: u16,
    /// The application identifier; empty where there is none.
    pub(crate) name: &'static [u8],
    pub(crate) directories: &'static [Directory],
    pub(crate) files: &'static [File],
}

/// A transparent elementary file.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    pub(crate) id: u16,
    pub(crate) content: &'static [u8],
    /// Whether READ BINARY is allowed; SELECT always is.
    pub(crate) readable: bool,
}

/// The file identifier of the master file (ISO 7816-4, section 7.1.1).
pub(crate) const MASTER_FILE: u16 = 0x3F00;

/// The application identifier of PKCS#15 (ISO 7816-15, section 5).
const PKCS15: &[u8] = b"\xA0\x00\x00\x00\x63PKCS-15";

/// EF.DIR: one application template with identifier, label and path 3F00 5015.
const EF_DIR: File = File {
    id: 0x2F00,
    content: b"\x61\x1A\x4F\x0C\xA0\x00\x00\x00\x63PKCS-15\x50\x04AKIS\x51\x04\x3F\x00\x50\x15",
    readable: true,
};

/// EF(ODF): the authentication objects are in 3F00 5015 4401; there is no other object directory.
const ODF: File =
    File { id: 0x5031, content: b"\xA8\x0A\x30\x08\x04\x06\x3F\x00\x50\x15\x44\x01", readable: true };

/// EF(TokenInfo): version 0, manufacturer, label, flags "authentication required" and "initialised".
const TOKEN_INFO: File = File {
    id: 0x5032,
    content: b"\x30\x1E\x02\x01\x00\x0C\x07TUBITAK\x80\x0CAKIS virtual\x03\x02\x04\x10",
    readable: true,
};

/// EF(AODF): two PIN objects, each with label, flags and guarding id; its own id; and PIN flags,
/// kind (ASCII digits), least, stored and greatest length, reference, pad character and path.
const AODF: File = File {
    id: 0x4401,
    content: b"\x30\x36\
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
        \x80\x02\x00\x82\x04\x01\xFF\x30\x06\x04\x04\x3F\x00\x50\x15",
    readable: true,
};

/// The files of an e-signature card.
pub(crate) static SIGNATURE_CARD: Directory = with_application(&[Directory {
    id: 0x5015,
    name: PKCS15,
    directories: &[],
    files: &[ODF, TOKEN_INFO, AODF],
}]);

/// The same, with PIN objects that nobody may read.
pub(crate) static AODF_PROTECTED: Directory = with_application(&[Directory {
    id: 0x5015,
    name: PKCS15,
    directories: &[],
    files: &[ODF, TOKEN_INFO, File { readable: false, ..AODF }],
}]);

/// A card with nothing that this project looks for.
pub(crate) static BARE_CARD: Directory =
    Directory { id: MASTER_FILE, name: b"", directories: &[], files: &[] };

const fn with_application(applications: &'static [Directory]) -> Directory {
    Directory { id: MASTER_FILE, name: b"", directories: applications, files: &[EF_DIR] }
}

impl Directory {
    /// The file control parameters: descriptor "dedicated file", identifier, name.
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
    /// The file control parameters: size, descriptor "transparent file", identifier.
    pub(crate) fn control_parameters(&self) -> Vec<u8> {
        let [high, low] = self.id.to_be_bytes();
        // The largest content has some hundred bytes.
        let [size_high, size_low] = u16::try_from(self.content.len()).unwrap_or(u16::MAX).to_be_bytes();
        vec![0x80, 2, size_high, size_low, 0x82, 1, 0x01, 0x83, 2, high, low]
    }
}

/// A template around file control parameters: tag 6F (FCI) or 62 (FCP).
pub(crate) fn template(tag: u8, objects: &[u8]) -> Vec<u8> {
    let mut template = vec![tag];
    push_with_length(&mut template, objects);
    template
}

/// One length byte is enough: parameters and names stay far below 128 bytes.
fn push_with_length(to: &mut Vec<u8>, value: &[u8]) {
    to.push(u8::try_from(value.len()).unwrap_or(u8::MAX));
    to.extend_from_slice(value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pins::DIGITS;

    /// The values of BER-TLV objects with one-byte tags and lengths, which must fill the input.
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

    #[test]
    fn every_content_is_made_of_whole_objects() {
        for file in [EF_DIR, ODF, TOKEN_INFO, AODF] {
            assert!(values(file.content).into_iter().flat_map(values).count() > 0, "{:04X}", file.id);
        }
    }

    #[test]
    fn pin_objects_announce_the_lengths_that_the_card_enforces() {
        for object in values(AODF.content) {
            let attributes = values(values(values(object)[2])[0]);
            let lengths: Vec<usize> = attributes[2..5].iter().map(|value| usize::from(value[0])).collect();
            assert_eq!(lengths, [*DIGITS.start(), *DIGITS.end(), *DIGITS.end()]);
        }
    }

    #[test]
    fn ef_dir_names_the_application_and_its_path() {
        let template = values(values(EF_DIR.content)[0]);
        let application = &SIGNATURE_CARD.directories[0];
        assert_eq!(template[0], application.name);
        assert_eq!(template[2][2..], application.id.to_be_bytes());
    }

    #[test]
    fn the_odf_leads_to_the_pin_objects() {
        assert!(ODF.content.ends_with(&AODF.id.to_be_bytes()));
    }

    #[test]
    fn control_parameters_tell_size_kind_identifier_and_name() {
        assert_eq!(ODF.control_parameters(), b"\x80\x02\x00\x0C\x82\x01\x01\x83\x02\x50\x31");
        let application = &SIGNATURE_CARD.directories[0];
        assert_eq!(
            template(0x6F, &application.control_parameters()),
            b"\x6F\x15\x82\x01\x38\x83\x02\x50\x15\x84\x0C\xA0\x00\x00\x00\x63PKCS-15"
        );
        assert_eq!(BARE_CARD.control_parameters(), b"\x82\x01\x38\x83\x02\x3F\x00");
    }
}
