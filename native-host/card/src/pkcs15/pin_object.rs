//! PIN objects of the authentication object directory file, EF(AODF) (ISO 7816-15, section 8.9).

use super::code_format::{CodeFormat, Encoding};
use super::path::Path;
use crate::iso7816::tlv::{find, is_complete, objects, unsigned};
use alloc::vec::Vec;

/// A PIN or PUK as the card describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PinObject {
    /// The object's own identifier (CommonAuthenticationObjectAttributes.authId).
    pub id: Vec<u8>,
    /// The identifier of the code that unblocks it (CommonObjectAttributes.authId).
    pub guard_id: Option<Vec<u8>>,
    /// The reference, P2 of VERIFY and RESET RETRY COUNTER.
    pub reference: u8,
    /// Whether it unblocks other codes (pinFlags bit 6, unblockingPassword).
    pub is_unblocking: bool,
    /// Whether it belongs to the security officer instead of the user (pinFlags bit 7, soPassword).
    pub is_so_pin: bool,
    /// Whether it can be changed (pinFlags bit 2, change-disabled, not set).
    pub is_changeable: bool,
    /// Whether it can be unblocked (pinFlags bit 3, unblock-disabled, not set).
    pub is_unblockable: bool,
    /// The directory that it belongs to; `None` means the application's own.
    pub path: Option<Path>,
    /// The format of the code.
    pub format: CodeFormat,
}

/// The maximum length of a code, in characters and in bytes: no card stores longer codes, and two still fit
/// into a short command.
const MAX_CODE_LENGTH: usize = 64;

/// Returns the usable PIN objects of an AODF. Skips other authentication objects, and objects that lack what
/// a command needs.
pub(crate) fn parse(aodf: &[u8]) -> Vec<PinObject> {
    pin_objects(aodf).flatten().collect()
}

/// Returns whether [`parse`] finds every PIN object of an AODF.
pub(crate) fn is_fully_parsed(aodf: &[u8]) -> bool {
    is_complete(aodf) && pin_objects(aodf).all(|object| object.is_some())
}

fn pin_objects(aodf: &[u8]) -> impl Iterator<Item = Option<PinObject>> {
    objects(aodf).filter(|object| object.tag == 0x30).map(|object| parse_pin_object(object.value))
}

/// Parses CommonObjectAttributes, CommonAuthenticationObjectAttributes and [1] { PasswordAttributes }.
fn parse_pin_object(object: &[u8]) -> Option<PinObject> {
    let mut parts = objects(object);
    let (common, own, special) = (parts.next()?, parts.next()?, parts.find(|part| part.tag == 0xA1)?);
    let attributes = find(special.value, 0x30)?;
    let flags = objects(attributes).next()?.value;
    Some(PinObject {
        format: parse_format(attributes)?,
        id: find(own.value, 0x04)?.to_vec(),
        guard_id: find(common.value, 0x04).map(<[u8]>::to_vec),
        // The reference defaults to 0; cards encode 81 as 0081 or, incorrectly, as a single negative byte.
        reference: find(attributes, 0x80).map_or(Some(0), |value| u8::try_from(unsigned(value)?).ok())?,
        is_unblocking: has_bit(flags, 6),
        is_so_pin: has_bit(flags, 7),
        is_changeable: !has_bit(flags, 2),
        is_unblockable: !has_bit(flags, 3),
        path: Path::in_object(attributes),
    })
}

/// Parses the format of a code; `None` if it is unsupported or no code can conform to it.
fn parse_format(attributes: &[u8]) -> Option<CodeFormat> {
    let mut fields = objects(attributes);
    let (flags, kind) = (fields.next()?, fields.next()?);
    let [min, stored] = [fields.next()?, fields.next()?].map(|field| unsigned(field.value));
    // An empty code would be a query or a wrong entry (ISO 7816-4, section 7.5.6).
    let (min, stored) = (usize::try_from(min?).ok()?.max(1), usize::try_from(stored?).ok()?);
    let max = fields.find(|field| field.tag == 0x02).and_then(|field| unsigned(field.value));
    let max = max.and_then(|max| usize::try_from(max).ok());
    let encoding = match kind.value {
        [0] => Encoding::Bcd,
        [1] => Encoding::Digits,
        [2] => Encoding::Utf8,
        _ => return None, // half-nibble BCD and ISO 9564 blocks: no AKİS card is known to use them
    };
    let is_padded = has_bit(flags.value, 5);
    // The stored length matters only with padding; some cards write 0 without it.
    let stored = Some(stored).filter(|&stored| stored > 0 || is_padded);
    let digits_per_byte = if encoding == Encoding::Bcd { 2 } else { 1 };
    let max = max
        .or(stored.map(|stored| stored.saturating_mul(digits_per_byte)))
        .unwrap_or(CodeFormat::ASSUMED.max);
    let is_possible = |length: usize| (1..=MAX_CODE_LENGTH).contains(&length);
    if !is_possible(max) || max < min || !stored.is_none_or(is_possible) {
        return None;
    }
    let pad_character = find(attributes, 0x04).and_then(<[u8]>::first).copied().unwrap_or(0xFF);
    Some(CodeFormat { min, max, encoding, stored, padding: is_padded.then_some(pad_character) })
}

/// Returns one of the first eight bits of a DER BIT STRING, counted from 0.
fn has_bit(bit_string: &[u8], number: u8) -> bool {
    bit_string.get(1).is_some_and(|byte| byte & (0x80 >> number) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;
    use crate::pkcs15::CodeFormatError;
    use crate::scripted_transport::unhex;
    use alloc::format;

    const PIN: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200810401FF300604043F005015";
    const PUK: &str = "303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200820401FF300604043F005015";

    fn code(text: &str) -> Secret {
        text.bytes().collect()
    }

    #[test]
    fn parses_a_pin_and_the_puk_that_unblocks_it() {
        let found = parse(&unhex(&format!("{PIN}{PUK}0000")));
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].reference, found[0].is_unblocking), (0x81, false));
        assert_eq!(found[0].guard_id.as_deref(), Some(&[2][..]));
        assert_eq!((found[1].reference, found[1].is_unblocking), (0x82, true));
        assert_eq!(found[1].id, [2]);
        assert_eq!(found[1].path.as_ref().and_then(Path::absolute), Some(&[0x50, 0x15][..]));
        assert_eq!((found[0].format.min, found[0].format.max), (4, 16));
    }

    #[test]
    fn reports_objects_that_it_skips() {
        assert!(is_fully_parsed(&unhex(&format!("{PIN}{PUK}0000"))));
        let unsupported = PIN.replace("0A0101020104", "0A0104020104"); // an ISO 9564 block
        assert!(!is_fully_parsed(&unhex(&format!("{unsupported}{PUK}"))));
        assert!(!is_fully_parsed(&unhex(&format!("{PIN}{}", &PUK[..60]))));
    }

    #[test]
    fn flags_disable_changing_and_unblocking() {
        for (flags, expected) in
            [("03020348", (true, true)), ("03020368", (false, true)), ("03020358", (true, false))]
        {
            let object = parse(&unhex(&PIN.replace("03020348", flags))).remove(0);
            assert_eq!((object.is_changeable, object.is_unblockable), expected, "{flags}");
        }
    }

    #[test]
    fn parses_only_complete_objects_of_a_truncated_file() {
        let file = unhex(&format!("{PIN}{PUK}"));
        for length in 0..file.len() {
            let expected = usize::from(length >= unhex(PIN).len());
            assert_eq!(parse(&file[..length]).len(), expected, "{length}");
        }
    }

    #[test]
    fn skips_objects_with_impossible_lengths() {
        for (stored, max) in [("08", "00"), ("08", "03"), ("41", "08"), ("08", "7F")] {
            let object = PIN.replace("020104020108020110", &format!("020104 0201{stored} 0201{max}"));
            assert_eq!(parse(&unhex(&object)).len(), 0, "{stored} {max}");
        }
    }

    #[test]
    fn a_minimum_length_of_zero_does_not_allow_an_empty_code() {
        let format = parse(&unhex(&PIN.replace("020104020108", "020100020108"))).remove(0).format;
        assert_eq!(format.check(&code("")), Err(CodeFormatError::TooShort));
        assert_eq!(format.check(&code("1")), Ok(()));
    }

    #[test]
    fn padded_codes_must_fit_into_the_stored_length() {
        let format = parse(&unhex(&PIN.replace("03020348", "0302034C"))).remove(0).format;
        assert_eq!(format.check(&code("12345678")), Ok(()));
        assert_eq!(format.check(&code("123456789")), Err(CodeFormatError::TooLong));
    }

    #[test]
    fn the_stored_length_is_optional_without_padding() {
        let format = parse(&unhex(&PIN.replace("020104020108020110", "020104020100020110"))).remove(0).format;
        assert_eq!((format.min, format.max), (4, 16));
    }

    #[test]
    fn a_code_may_have_a_fixed_length() {
        let format = parse(&unhex(&PIN.replace("020104020108020110", "020106020108020106"))).remove(0).format;
        assert_eq!(format.check(&code("12345")), Err(CodeFormatError::TooShort));
        assert_eq!(format.check(&code("123456")), Ok(()));
        assert_eq!(format.check(&code("1234567")), Err(CodeFormatError::TooLong));
    }

    #[test]
    fn codes_are_encoded_as_their_type_says() {
        for (kind, entered, encoded) in [
            ("00", "12345", Some(&[0x12, 0x34, 0x5F][..])), // BCD
            ("01", "12345", Some(b"12345")),                // ASCII digits
            ("02", "şifre", Some("şifre".as_bytes())),      // UTF-8
            ("03", "", None),                               // half-nibble BCD
            ("04", "", None),                               // ISO 9564
        ] {
            let objects = parse(&unhex(&PIN.replace("0A0101020104", &format!("0A01{kind}020104"))));
            let format = objects.first().map(|object| &object.format);
            let of_entered = format.map(|format| {
                assert_eq!(format.check(&code(entered)), Ok(()), "{kind}");
                format.encode(&code(entered)).bytes().to_vec()
            });
            assert_eq!(of_entered.as_deref(), encoded, "{kind}");
        }
    }

    #[test]
    fn only_codes_of_type_utf8_may_contain_letters() {
        for kind in ["00", "01"] {
            let object = PIN.replace("0A0101020104", &format!("0A01{kind}020104"));
            let format = parse(&unhex(&object)).remove(0).format;
            assert_eq!(format.check(&code("şifre")), Err(CodeFormatError::NotDigits), "{kind}");
        }
    }

    /// The stored length is in bytes, and BCD stores two digits in one.
    #[test]
    fn without_a_maximum_the_stored_length_limits_the_code() {
        for (kind, longest) in [("00", "1234567890123456"), ("01", "12345678"), ("02", "12345678")] {
            // PIN without its maximum length.
            let object = PIN
                .replace("3036300C", "3033300C")
                .replace("A121301F", "A11E301C")
                .replace("0A0101020104020108020110", &format!("0A01{kind}020104020108"));
            let format = parse(&unhex(&object)).remove(0).format;
            assert_eq!(format.check(&code(longest)), Ok(()), "{kind}");
            assert_eq!(format.check(&code(&format!("{longest}1"))), Err(CodeFormatError::TooLong), "{kind}");
        }
    }
}
