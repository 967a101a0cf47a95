//! Reports how a card responds, for developers who do not have such a card. The report contains commands,
//! status words and the structure of files, but no text, number or certificate.

use crate::hex::hex;
use crate::iso7816::select::MASTER_FILE;
use crate::iso7816::tlv::objects;
use crate::report_names::{card_error_name, code_state_name, transport_error_name};
use crate::{Card, CodeKind, Transport, TransportError};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

/// Reads a card like [`Card::open`] and [`Card::code_state_after_open`] and returns a line for every command
/// with its status word, followed by the structure of the response data. Values longer than two bytes are
/// replaced by their length, except application names and file paths.
#[must_use]
pub fn report(card: &mut dyn Transport, atr: &[u8]) -> String {
    let mut recorder = Recorder { card, text: format!("ATR {}\n", hex(atr)), data: Vec::new() };
    let opened = Card::open(&mut recorder, atr);
    recorder.write_data();
    let outcome = match opened {
        Ok(card) => {
            let family = &card.family().name;
            let origin = if card.codes_are_from_card() { "from the card" } else { "assumed" };
            let [pin, puk] = [CodeKind::Pin, CodeKind::Puk].map(|code| {
                let state = card.code_state_after_open(&mut recorder, code);
                state.map_or_else(|error| transport_error_name(error).into(), code_state_name)
            });
            format!("{family}; references {origin}; PIN {pin}, PUK {puk}")
        }
        Err(error) => card_error_name(error).into_owned(),
    };
    format!("{}= {outcome}\n", recorder.text)
}

/// The maximum nesting depth of reported objects; directories are less deeply nested.
const MAX_DEPTH: usize = 12;

/// The bit of a tag's first byte that marks a constructed object (ISO 7816-4, section 5.2.2.1).
const CONSTRUCTED: u8 = 0x20;

/// Records commands and responses.
struct Recorder<'a> {
    card: &'a mut dyn Transport,
    text: String,
    /// The response data that is not yet reported: the parts of the current file that were read so far.
    data: Vec<u8>,
}

impl Transport for Recorder<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let response = self.card.transmit(command);
        // READ BINARY and GET RESPONSE return further parts of the same data.
        let is_continuation = matches!(command.get(1), Some(0xB0 | 0xC0));
        if !is_continuation {
            self.write_data();
        }
        // Commands contain no codes: only SELECT, READ BINARY and VERIFY without data are sent.
        let (data, status) = match &response {
            Ok(response) => {
                let (data, status) = response.split_at(response.len().saturating_sub(2));
                (data, hex(status))
            }
            Err(error) => (&[][..], transport_error_name(*error).to_owned()),
        };
        self.write_line(0, &format!("{} {status}", hex(command)));
        self.data.extend(data);
        if !is_continuation {
            self.write_data();
        }
        response
    }
}

impl Recorder<'_> {
    /// Writes the structure of the data that is not yet reported.
    fn write_data(&mut self) {
        let data = core::mem::take(&mut self.data);
        if is_certificate(&data) {
            self.write_line(1, &format!("a certificate, {} bytes", data.len()));
        } else {
            self.write_objects(1, &data);
        }
    }

    fn write_objects(&mut self, depth: usize, bytes: &[u8]) {
        if depth > MAX_DEPTH {
            return self.write_line(depth, "…");
        }
        for object in objects(bytes) {
            let [high, low] = object.tag.to_be_bytes();
            let first_byte = if high == 0 { low } else { high };
            if first_byte & CONSTRUCTED != 0 {
                self.write_line(depth, &format!("{:02X}", object.tag));
                self.write_objects(depth + 1, object.value);
            } else {
                self.write_line(depth, &format!("{:02X} {}", object.tag, redacted(object.tag, object.value)));
            }
        }
    }

    fn write_line(&mut self, depth: usize, text: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{:indent$}{text}", "", indent = 2 * depth);
    }
}

/// Returns whether a file starts like a certificate, valid or not: a SEQUENCE in a SEQUENCE, and [0], the
/// version (RFC 5280, section 4.1).
fn is_certificate(file: &[u8]) -> bool {
    let first = |bytes| objects(bytes).next();
    let body = first(file).filter(|outer| outer.tag == 0x30).and_then(|outer| first(outer.value));
    body.filter(|body| body.tag == 0x30)
        .and_then(|body| first(body.value))
        .is_some_and(|version| version.tag == 0xA0)
}

/// Formats a value, or only its length if it may identify the cardholder.
fn redacted(tag: u16, value: &[u8]) -> String {
    const TEXTS: [u16; 9] = [0x0C, 0x12, 0x13, 0x14, 0x16, 0x1A, 0x1C, 0x1E, 0x50];
    const NAMES: [u16; 2] = [0x84, 0x4F];
    let is_path = value.len() <= 8 && value.len().is_multiple_of(2) && value.starts_with(MASTER_FILE);
    let is_name = NAMES.contains(&tag) && value.ends_with(b"PKCS-15");
    if is_path || is_name || value.len() <= 2 && !TEXTS.contains(&tag) {
        hex(value)
    } else {
        format!("({} bytes)", value.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::{ScriptedTransport, unhex};
    use alloc::vec;

    #[test]
    fn reports_structure_without_personal_data() {
        let mut card = ScriptedTransport::new(&[
            ("00A404000CA000000063504B43532D313500", "6F11 840CA000000063504B43532D3135 8A0105 9000"),
            ("00A40000025031 00", "6F0480020014 9000"),
            ("00B0000000", "A80A300804063F0050154402 A4063004040244039000"),
            ("00A4080004501544 0200", "6A82"),
            ("00A40800063F0050154402 00", "6A82"),
            ("00A404000CA000000063504B43532D313500", "9000"),
            ("00A40000024403 00", "9000"),
            ("00B0000000", "300B 0C06414C4920564C 0201056282"),
        ]);
        let text = report(&mut card, &unhex("3B9F978131FE4580655443D2210831C073F6218081055B"));
        for line in ["ATR 3B9F97", "84 A000000063504B43532D3135", "04 3F0050154402", "0C (6 bytes)", "02 05"]
        {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("414C4920"), "{text}");
        assert!(text.ends_with("= AKİS 2.x; references assumed; PIN Unknown, PUK Unknown\n"), "{text}");
    }

    #[test]
    fn hides_invalid_certificates_too() {
        assert!(is_certificate(&unhex("300D 300B A003020102 020105 0C0141")));
        assert!(!is_certificate(&unhex("30053003040101")));
    }

    #[test]
    fn limits_the_nesting_depth() {
        let mut nested = vec![0x30, 0x00];
        while nested.len() < 100 {
            let length = u8::try_from(nested.len()).unwrap();
            nested.splice(0..0, [0x30, length]);
        }
        let mut recorder =
            Recorder { card: &mut ScriptedTransport::new(&[]), text: String::new(), data: nested };
        recorder.write_data();
        assert_eq!(recorder.text.lines().count(), MAX_DEPTH + 1, "{}", recorder.text);
        assert!(recorder.text.trim_end().ends_with('…'), "{}", recorder.text);
    }

    #[test]
    fn reports_only_the_atr_of_an_unsupported_card() {
        let atr = unhex("3B951381018073FF01000B");
        assert_eq!(report(&mut ScriptedTransport::new(&[]), &atr), "ATR 3B951381018073FF01000B\n= NotAkis\n");
    }

    #[test]
    fn hides_short_texts_and_long_numbers() {
        assert_eq!(redacted(0x0C, b"AB"), "(2 bytes)");
        assert_eq!(redacted(0x02, &[1, 2, 3]), "(3 bytes)");
        assert_eq!(redacted(0x80, &[0x00, 0x81]), "0081");
        assert_eq!(redacted(0x04, &[0x3F, 0x00, 0x50, 0x15]), "3F005015");
        assert_eq!(redacted(0x4F, b"ALI VELI"), "(8 bytes)");
    }

    #[test]
    fn reports_a_file_in_one_piece_before_the_next_command() {
        const SELECT: &str = "00A40000025031 00";
        let lines = [
            (SELECT, "6F0480020006 9000"),
            ("00B0000000", "3004 04 9000"),
            ("00B0000300", "02 4401 9000"),
            (SELECT, "6A82"),
        ];
        let mut card = ScriptedTransport::new(&lines);
        let mut recorder = Recorder { card: &mut card, text: String::new(), data: Vec::new() };
        for (command, _) in lines {
            recorder.transmit(&unhex(command)).unwrap();
        }
        let expected = "\
00A4000002503100 9000
  6F
    80 0006
00B0000000 9000
00B0000300 9000
  30
    04 4401
00A4000002503100 6A82
";
        assert_eq!(recorder.text, expected);
    }

    #[test]
    fn tells_constructed_from_primitive_objects_with_tags_of_two_bytes() {
        let data = unhex("5F2003414243 7F4903020105");
        let mut recorder = Recorder { card: &mut ScriptedTransport::new(&[]), text: String::new(), data };
        recorder.write_data();
        assert_eq!(recorder.text, "  5F20 (3 bytes)\n  7F49\n    02 05\n");
    }
}
