//! The structures that tell a reader which code to ask for, and which command to put it into (PC/SC part 10,
//! section 2.5; their fields are those of PC_to_RDR_Secure, USB CCID 1.1, section 6.1.11). Numbers are stored least
//! significant byte first.

use super::{PadEncoding, PadFormat};
use alloc::vec::Vec;

/// Seconds until a reader gives up waiting, before and after the first key; enough to find the PUK letter.
const TIMEOUT: u8 = 60;
/// `bEntryValidationCondition`: the entry ends with the validation key.
const VALIDATION_KEY: u8 = 0x02;
/// `bNumberMessage`: the reader's default message.
const DEFAULT_MESSAGE: u8 = 0xFF;
/// `wLangId`, English (United States): the only language that OpenSC and GnuPG use, too; readers may refuse
/// others.
const LANGUAGE: u16 = 0x0409;
/// `bTeoPrologue`, for T=1 readers that build the block themselves: unused.
const PROLOGUE: [u8; 3] = [0; 3];

/// Which codes a reader asks for when it changes one (`bConfirmPIN`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entries {
    /// The new code, twice.
    New = 0x01,
    /// The old code, and the new one twice.
    OldAndNew = 0x03,
}

/// Returns the `PIN_VERIFY_STRUCTURE` for a command with one code, given without its data field.
pub(crate) fn verify_structure(header: [u8; 4], format: PadFormat) -> Vec<u8> {
    let mut structure = alloc::vec![TIMEOUT, TIMEOUT];
    structure.extend(code_format(format));
    structure.extend([format.max, format.min]); // wPINMaxExtraDigit, XXYY: the minimum in its upper byte
    structure.extend([VALIDATION_KEY, DEFAULT_MESSAGE]);
    structure.extend(LANGUAGE.to_le_bytes());
    structure.push(0x00); // bMsgIndex
    structure.extend(PROLOGUE);
    append_command(&mut structure, header, format, 1);
    structure
}

/// Returns the `PIN_MODIFY_STRUCTURE` for a command with a new code, behind the old one with
/// [`Entries::OldAndNew`].
pub(crate) fn modify_structure(header: [u8; 4], format: PadFormat, entries: Entries) -> Vec<u8> {
    let (codes, messages) = match entries {
        Entries::New => (1, [0x02, 0x01, 0x02, 0x00]),
        Entries::OldAndNew => (2, [0x03, 0x00, 0x01, 0x02]),
    };
    // Codes without padding follow one another, whatever the length of the first one.
    let new_offset = if codes == 2 { format.block.map_or(0, |(length, _)| length) } else { 0 };
    let [number_of_messages, indices @ ..] = messages;
    let mut structure = alloc::vec![TIMEOUT, TIMEOUT];
    structure.extend(code_format(format));
    structure.extend([0x00, new_offset]); // bInsertionOffsetOld, bInsertionOffsetNew
    structure.extend([format.max, format.min]);
    structure.extend([entries as u8, VALIDATION_KEY, number_of_messages]);
    structure.extend(LANGUAGE.to_le_bytes());
    structure.extend(indices); // bMsgIndex1 to 3
    structure.extend(PROLOGUE);
    append_command(&mut structure, header, format, codes);
    structure
}

/// Returns `bmFormatString`, `bmPINBlockString` and `bmPINLengthFormat`: the code is at the first byte of the data
/// field, left-justified, and its length is not inserted.
fn code_format(format: PadFormat) -> [u8; 3] {
    const UNITS_ARE_BYTES: u8 = 0x80;
    let encoding = match format.encoding {
        PadEncoding::Bcd => 0x01,
        PadEncoding::Ascii => 0x02,
    };
    [UNITS_ARE_BYTES | encoding, format.block.map_or(0, |(length, _)| length), 0x00]
}

/// Appends `ulDataLength` and `abData`: the command, with a data field of pad characters for this number of codes.
/// Without padding the reader sets the length of the data field, here 0.
fn append_command(structure: &mut Vec<u8>, header: [u8; 4], format: PadFormat, codes: u8) {
    let (length, pad) = format.block.map_or((0, 0), |(length, pad)| (length.saturating_mul(codes), pad));
    let size = 5 + u32::from(length);
    structure.extend(size.to_le_bytes());
    structure.extend(header);
    structure.push(length);
    structure.extend(core::iter::repeat_n(pad, length.into()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::unhex;

    const ASCII: PadFormat = PadFormat { min: 4, max: 16, encoding: PadEncoding::Ascii, block: None };
    const PADDED: PadFormat = PadFormat { block: Some((8, 0xFF)), max: 8, ..ASCII };
    const BCD: PadFormat = PadFormat { encoding: PadEncoding::Bcd, ..PADDED };

    #[test]
    fn verify_structure_has_the_fields_of_part_10() {
        for (format, expected) in [
            (
                ASCII,
                // bTimeOut, bTimeOut2, bmFormatString, bmPINBlockString, bmPINLengthFormat
                "3C 3C 82 00 00 \
                 1004 02 FF 0904 00 000000 05000000 00200082 00",
            ),
            (
                PADDED,
                "3C 3C 82 08 00 \
                 0804 02 FF 0904 00 000000 0D000000 00200082 08 FFFFFFFFFFFFFFFF",
            ),
            (
                BCD,
                "3C 3C 81 08 00 \
                 0804 02 FF 0904 00 000000 0D000000 00200082 08 FFFFFFFFFFFFFFFF",
            ),
        ] {
            let structure = verify_structure([0x00, 0x20, 0x00, 0x82], format);
            assert_eq!(structure, unhex(expected), "{format:?}");
        }
    }

    #[test]
    fn modify_structure_has_the_fields_of_part_10() {
        for (header, format, entries, expected) in [
            (
                "002C0281",
                ASCII,
                Entries::New,
                // …, bInsertionOffsetOld, bInsertionOffsetNew, wPINMaxExtraDigit, bConfirmPIN,
                // bEntryValidationCondition, bNumberMessage, wLangId, bMsgIndex1 to 3, bTeoPrologue
                "3C 3C 82 00 00 00 00 1004 01 02 02 0904 010200 000000 05000000 002C0281 00",
            ),
            (
                "00240081",
                ASCII,
                Entries::OldAndNew,
                "3C 3C 82 00 00 00 00 1004 03 02 03 0904 000102 000000 05000000 00240081 00",
            ),
            (
                "00240081",
                PADDED,
                Entries::OldAndNew,
                "3C 3C 82 08 00 00 08 0804 03 02 03 0904 000102 000000 15000000 00240081 10 \
                 FFFFFFFFFFFFFFFF FFFFFFFFFFFFFFFF",
            ),
            (
                "002C0281",
                PADDED,
                Entries::New,
                "3C 3C 82 08 00 00 00 0804 01 02 02 0904 010200 000000 0D000000 002C0281 08 \
                 FFFFFFFFFFFFFFFF",
            ),
        ] {
            let header = unhex(header).try_into().unwrap();
            assert_eq!(modify_structure(header, format, entries), unhex(expected), "{format:?} {entries:?}");
        }
    }
}
