//! The card's file system: a PKCS#15 application (ISO 7816-15) as OpenSC accepts it.

/// The application's name: the PKCS#15 identifier.
pub(crate) const APPLICATION: &[u8] = b"\xA0\x00\x00\x00\x63PKCS-15";

pub(crate) const MASTER: u16 = 0x3F00;
/// The application's directory.
pub(crate) const DIRECTORY: u16 = 0x5015;
const EF_DIR: u16 = 0x2F00;
const EF_ODF: u16 = 0x5031;
const EF_TOKEN_INFO: u16 = 0x5032;
/// The PIN objects.
pub(crate) const EF_AODF: u16 = 0x4401;

/// Elementary files: parent directory, identifier, content in hex.
const FILES: &[(u16, u16, &str)] = &[
    (MASTER, EF_DIR, "611A4F0CA000000063504B43532D31355004414B495351043F005015"),
    (DIRECTORY, EF_ODF, "A80A300804063F0050154401"),
    (DIRECTORY, EF_TOKEN_INFO, "301E0201000C075455424954414B800C414B4953207669727475616C03020410"),
    // "PIN": reference 81, 4 to 16 digits, guarded by the object with id 02; then that one:
    // "PUK", reference 82, 4 to 16 digits.
    (
        DIRECTORY,
        EF_AODF,
        "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200810401FF300604043F005015\
         303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200820401FF300604043F005015",
    ),
];

/// The content of a file in a directory.
pub(crate) fn content(directory: u16, id: u16) -> Option<Vec<u8>> {
    let file = FILES.iter().find(|(parent, own, _)| (*parent, *own) == (directory, id))?;
    Some(unhex(file.2))
}

/// File control information of a file (ISO 7816-4, section 5.3.3).
pub(crate) fn control_of_file(id: u16, size: usize) -> Vec<u8> {
    let [size_high, size_low] = u16::try_from(size).unwrap_or(u16::MAX).to_be_bytes();
    let [high, low] = id.to_be_bytes();
    vec![0x6F, 0x0B, 0x80, 0x02, size_high, size_low, 0x82, 0x01, 0x01, 0x83, 0x02, high, low]
}

/// File control information of a directory.
pub(crate) fn control_of_directory(id: u16) -> Vec<u8> {
    let [high, low] = id.to_be_bytes();
    let mut inner = vec![0x82, 0x01, 0x38, 0x83, 0x02, high, low];
    if id == DIRECTORY {
        inner.extend([0x84, 0x0C]);
        inner.extend(APPLICATION);
    }
    let length = u8::try_from(inner.len()).unwrap_or(u8::MAX);
    [&[0x6F, length], &inner[..]].concat()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}
