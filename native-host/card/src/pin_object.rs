//! PIN objects of the authentication object directory (ISO 7816-15, section 8.9).

use crate::Secret;
use crate::path::Path;
use crate::tlv::{find, is_whole, objects, unsigned};

/// A PIN or PUK as the card describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PinObject {
    /// Its own identifier.
    pub id: Vec<u8>,
    /// The identifier of the code that unblocks it.
    pub guarded_by: Option<Vec<u8>>,
    /// P2 of VERIFY and RESET RETRY COUNTER.
    pub reference: u8,
    /// It unblocks other codes (pinFlags bit 6).
    pub unblocks: bool,
    /// The security officer's and not the user's (pinFlags bit 7).
    pub officers: bool,
    /// It can be changed by whoever knows it (pinFlags bit 2 not set).
    pub changeable: bool,
    /// Its guard can unblock it (pinFlags bit 3 not set).
    pub unblockable: bool,
    /// The directory that it belongs to; the application's own where none is named.
    pub path: Option<Path>,
    /// What may be entered and how it is sent.
    pub format: CodeFormat,
}

/// The length and alphabet that a card demands of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeFormat {
    /// Fewest characters.
    pub min: usize,
    /// Most characters.
    pub max: usize,
    encoding: Encoding,
    /// Bytes of the code as it is stored, where the card limits them.
    stored: Option<usize>,
    /// The pad character, for cards that want every code in its stored length.
    padding: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// Two digits a byte.
    Bcd,
    /// ASCII digits.
    Digits,
    /// Any UTF-8 text.
    Utf8,
}

/// How an entry breaks a [`CodeFormat`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFormatError {
    /// Fewer characters than the card takes.
    TooShort,
    /// More characters than the card takes.
    TooLong,
    /// Something else than the digits 0–9.
    NotDigits,
}

/// No card stores a longer code: two of them still fit into one short command.
const LONGEST: usize = 64;

impl CodeFormat {
    /// Where the card's own description cannot be read: 4 to 16 digits, sent as they are. 16 is
    /// also the most that OpenSC takes.
    pub(crate) const ASSUMED: Self =
        Self { min: 4, max: 16, encoding: Encoding::Digits, stored: None, padding: None };

    /// Whether the card would take this code at all.
    ///
    /// # Errors
    /// The first rule that the code breaks.
    pub fn check(&self, code: &Secret) -> Result<(), CodeFormatError> {
        let bytes = code.bytes();
        if self.encoding != Encoding::Utf8 && !bytes.iter().all(u8::is_ascii_digit) {
            return Err(CodeFormatError::NotDigits);
        }
        // Characters, not bytes: continuation bytes of UTF-8 do not count.
        match bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() {
            length if length < self.min => Err(CodeFormatError::TooShort),
            length if length > self.max => Err(CodeFormatError::TooLong),
            _ if self.stored.is_some_and(|stored| self.encode(code).bytes().len() > stored) => {
                Err(CodeFormatError::TooLong)
            }
            _ => Ok(()),
        }
    }

    /// The code as the card wants it, after [`Self::check`].
    pub(crate) fn encode(&self, code: &Secret) -> Secret {
        let half = self.padding.unwrap_or(0x0F);
        let mut sent: Secret = match self.encoding {
            Encoding::Digits | Encoding::Utf8 => code.bytes().iter().copied().collect(),
            Encoding::Bcd => code
                .bytes()
                .chunks(2)
                .map(|pair| pair[0] << 4 | (pair.get(1).unwrap_or(&half) & 0x0F))
                .collect(),
        };
        if let (Some(filler), Some(length)) = (self.padding, self.stored) {
            while sent.bytes().len() < length && sent.push(filler) {}
        }
        sent
    }
}

/// The PIN objects of an AODF that can be used; other authentication objects are passed over, and so is an
/// object that lacks what a command needs.
pub(crate) fn parse(aodf: &[u8]) -> Vec<PinObject> {
    pins(aodf).flatten().collect()
}

/// Whether an AODF tells of no PIN but those that [`parse`] found.
pub(crate) fn is_understood(aodf: &[u8]) -> bool {
    is_whole(aodf) && pins(aodf).all(|pin| pin.is_some())
}

fn pins(aodf: &[u8]) -> impl Iterator<Item = Option<PinObject>> {
    objects(aodf).filter(|object| object.tag == 0x30).map(|object| parse_one(object.value))
}

/// CommonObjectAttributes, CommonAuthenticationObjectAttributes, [1] { PasswordAttributes }.
fn parse_one(object: &[u8]) -> Option<PinObject> {
    let mut parts = objects(object);
    let (common, own, special) = (parts.next()?, parts.next()?, parts.find(|part| part.tag == 0xA1)?);
    let attributes = find(special.value, 0x30)?;
    let mut fields = objects(attributes);
    let (flags, kind) = (fields.next()?, fields.next()?);
    let [min, stored] = [fields.next()?, fields.next()?].map(|field| unsigned(field.value));
    // An empty code is none: sent, it would be a question or a wrong entry (ISO 7816-4, section 7.5.6).
    let (min, stored) = (usize::try_from(min?).ok()?.max(1), usize::try_from(stored?).ok()?);
    let most = find_after(attributes, 4, 0x02).and_then(unsigned).and_then(|most| usize::try_from(most).ok());
    let encoding = match kind.value {
        [0] => Encoding::Bcd,
        [1] => Encoding::Digits,
        [2] => Encoding::Utf8,
        _ => return None, // half-nibble BCD and ISO 9564 blocks: no AKİS card is known to use them
    };
    let padded = has_bit(flags.value, 5);
    // Without padding nothing needs a stored length; some cards write 0 then.
    let stored = Some(stored).filter(|&stored| stored > 0 || padded);
    let digits_a_byte = if encoding == Encoding::Bcd { 2 } else { 1 };
    let max =
        most.or(stored.map(|stored| stored.saturating_mul(digits_a_byte))).unwrap_or(CodeFormat::ASSUMED.max);
    let is_sound = |length: usize| (1..=LONGEST).contains(&length);
    if !is_sound(max) || max < min || !stored.is_none_or(is_sound) {
        return None; // no code can keep to such lengths
    }
    let filler = find(attributes, 0x04).and_then(<[u8]>::first).copied().unwrap_or(0xFF);
    Some(PinObject {
        id: find(own.value, 0x04)?.to_vec(),
        guarded_by: find(common.value, 0x04).map(<[u8]>::to_vec),
        // The reference defaults to 0; cards write 81 as 0081 or, wrongly, as a single negative byte.
        reference: find(attributes, 0x80).map_or(Some(0), |value| u8::try_from(unsigned(value)?).ok())?,
        unblocks: has_bit(flags.value, 6),
        officers: has_bit(flags.value, 7),
        changeable: !has_bit(flags.value, 2),
        unblockable: !has_bit(flags.value, 3),
        path: Path::in_object(attributes),
        format: CodeFormat { min, max, encoding, stored, padding: padded.then_some(filler) },
    })
}

/// The first field with this tag from position `skip` on.
fn find_after(fields: &[u8], skip: usize, tag: u16) -> Option<&[u8]> {
    objects(fields).skip(skip).find(|field| field.tag == tag).map(|field| field.value)
}

/// Bit `number` of a DER BIT STRING, the first bit being 0.
fn has_bit(bit_string: &[u8], number: usize) -> bool {
    bit_string.get(1 + number / 8).is_some_and(|byte| byte & (0x80 >> (number % 8)) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::unhex;

    const PIN: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200810401FF300604043F005015";
    const PUK: &str = "303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200820401FF300604043F005015";

    fn code(text: &str) -> Secret {
        text.bytes().collect()
    }

    fn rule() -> CodeFormat {
        parse(&unhex(PIN)).remove(0).format
    }

    #[test]
    fn a_pin_and_the_puk_that_guards_it_are_read() {
        let found = parse(&unhex(&format!("{PIN}{PUK}0000")));
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].reference, found[0].unblocks), (0x81, false));
        assert_eq!(found[0].guarded_by.as_deref(), Some(&[2][..]));
        assert_eq!((found[1].reference, found[1].unblocks), (0x82, true));
        assert_eq!(found[1].id, [2]);
        assert_eq!(found[1].path.as_ref().and_then(Path::absolute), Some(&[0x50, 0x15][..]));
        assert_eq!((found[0].format.min, found[0].format.max), (4, 16));
    }

    #[test]
    fn what_is_passed_over_is_known_to_be() {
        assert!(is_understood(&unhex(&format!("{PIN}{PUK}0000"))));
        let odd = PIN.replace("0A0101020104", "0A0104020104"); // an ISO 9564 block
        assert!(!is_understood(&unhex(&format!("{odd}{PUK}"))));
        assert!(!is_understood(&unhex(&format!("{PIN}{}", &PUK[..60]))));
    }

    #[test]
    fn flags_forbid_changing_and_unblocking() {
        for (flags, expected) in
            [("03020348", (true, true)), ("03020368", (false, true)), ("03020358", (true, false))]
        {
            let object = parse(&unhex(&PIN.replace("03020348", flags))).remove(0);
            assert_eq!((object.changeable, object.unblockable), expected, "{flags}");
        }
    }

    #[test]
    fn a_file_cut_off_anywhere_yields_whole_objects_only() {
        let whole = unhex(&format!("{PIN}{PUK}"));
        for length in 0..whole.len() {
            let expected = usize::from(length >= unhex(PIN).len());
            assert_eq!(parse(&whole[..length]).len(), expected, "{length}");
        }
    }

    #[test]
    fn lengths_that_no_code_can_keep_to_make_no_pin_object() {
        for (stored, most) in [("08", "00"), ("08", "03"), ("41", "08"), ("08", "7F")] {
            let object = PIN.replace("020104020108020110", &format!("020104 0201{stored} 0201{most}"));
            assert_eq!(parse(&unhex(&object)).len(), 0, "{stored} {most}");
        }
    }

    #[test]
    fn the_card_sets_length_and_digits() {
        assert_eq!(rule().check(&code("1234")), Ok(()));
        assert_eq!(rule().check(&code("123")), Err(CodeFormatError::TooShort));
        assert_eq!(rule().check(&code("12345678901234567")), Err(CodeFormatError::TooLong));
        assert_eq!(rule().check(&code("12a4")), Err(CodeFormatError::NotDigits));
        assert_eq!(rule().check(&code("")), Err(CodeFormatError::TooShort));
        assert_eq!(rule().check(&code("١٢٣٤")), Err(CodeFormatError::NotDigits));
    }

    #[test]
    fn an_empty_code_is_never_well_formed() {
        let rule = parse(&unhex(&PIN.replace("020104020108", "020100020108"))).remove(0).format;
        assert_eq!(rule.check(&code("")), Err(CodeFormatError::TooShort));
        assert_eq!(rule.check(&code("1")), Ok(()));
    }

    #[test]
    fn a_code_that_does_not_fit_where_it_is_stored_is_too_long() {
        let text = |stored| CodeFormat { encoding: Encoding::Utf8, stored: Some(stored), ..rule() };
        assert_eq!(text(8).check(&code("şşşşşşşş")), Err(CodeFormatError::TooLong));
        assert_eq!(text(16).check(&code("şşşşşşşş")), Ok(()));
        let padded = parse(&unhex(&PIN.replace("03020348", "0302034C"))).remove(0).format;
        assert_eq!(padded.check(&code("12345678")), Ok(()));
        assert_eq!(padded.check(&code("123456789")), Err(CodeFormatError::TooLong));
    }

    #[test]
    fn without_padding_a_card_need_not_tell_the_stored_length() {
        let rule = parse(&unhex(&PIN.replace("020104020108020110", "020104020100020110"))).remove(0).format;
        assert_eq!((rule.min, rule.max), (4, 16));
    }

    #[test]
    fn text_codes_are_counted_in_characters() {
        let rule = CodeFormat { min: 4, max: 4, encoding: Encoding::Utf8, stored: None, padding: None };
        assert_eq!(rule.check(&code("şifr")), Ok(()));
        assert_eq!(rule.check(&code("şif")), Err(CodeFormatError::TooShort));
    }

    #[test]
    fn codes_are_sent_as_the_card_wants_them() {
        let plain = rule();
        assert_eq!(plain.encode(&code("12345")).bytes(), b"12345");
        let padded = CodeFormat { padding: Some(0xFF), stored: Some(8), ..rule() };
        assert_eq!(padded.encode(&code("12345")).bytes(), b"12345\xFF\xFF\xFF");
        let bcd = CodeFormat { encoding: Encoding::Bcd, ..rule() };
        assert_eq!(bcd.encode(&code("12345")).bytes(), [0x12, 0x34, 0x5F]);
        let zeros = CodeFormat { padding: Some(0x00), stored: Some(4), ..bcd };
        assert_eq!(zeros.encode(&code("12345")).bytes(), [0x12, 0x34, 0x50, 0x00]);
    }
}
