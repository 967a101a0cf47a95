//! How a reader has to encode a code.

/// The format of a code that a reader can build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PadFormat {
    /// The minimum number of digits.
    pub min: u8,
    /// The maximum number of digits.
    pub max: u8,
    /// How digits are encoded.
    pub encoding: PadEncoding,
    /// The length of a padded code, at most 15 bytes, and its pad character.
    pub block: Option<(u8, u8)>,
}

/// The encoding of digits (bits 1 and 0 of `bmFormatString`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PadEncoding {
    /// Binary-coded decimal, 01.
    Bcd,
    /// ASCII, 10.
    Ascii,
}
