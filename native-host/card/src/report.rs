//! A report of a card that its holder can send to people who have no such card: what it was asked, what it
//! said, and how its files are built; no text, no number, no certificate.

use crate::hex::hex;
use crate::path::MASTER_FILE;
use crate::tlv::objects;
use crate::{Card, CodeKind, Transport, TransportError};
use std::fmt::Write;

/// Looks at a card as [`Card::open`] and [`Card::code_state_after_open`] do and writes down, in lines, every command with
/// its status word and the structure of what came with it. Values longer than two bytes are told by their
/// length; only names of applications and paths of files are written out.
#[must_use]
pub fn report(card: &mut dyn Transport, atr: &[u8]) -> String {
    let mut recorder = Recorder { card, text: format!("ATR {}\n", hex(atr)), read: Vec::new() };
    let opened = Card::open(&mut recorder, atr);
    recorder.write_read();
    let outcome = match opened {
        Ok(card) => {
            let family = &card.family().name;
            let from = if card.codes_are_from_card() { "from the card" } else { "assumed" };
            let [pin, puk] = [CodeKind::Pin, CodeKind::Puk].map(|code| {
                let state = card.code_state_after_open(&mut recorder, code);
                state.map_or_else(|error| format!("{error:?}"), |state| format!("{state:?}"))
            });
            format!("{family}; references {from}; PIN {pin}, PUK {puk}")
        }
        Err(refusal) => format!("{refusal:?}"),
    };
    format!("{}= {outcome}\n", recorder.text)
}

/// No directory nests deeper; a card that does is not written out to the end.
const DEEPEST: usize = 12;

/// Writes down what passes.
struct Recorder<'a> {
    card: &'a mut dyn Transport,
    text: String,
    /// What was read of the current file so far.
    read: Vec<u8>,
}

impl Transport for Recorder<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let answer = self.card.transmit(command);
        let reads = matches!(command.get(1), Some(0xB0));
        let continues = reads || matches!(command.get(1), Some(0xC0));
        if !continues {
            self.write_read();
        }
        // Nothing but SELECT and READ BINARY, and VERIFY without data, is sent here.
        let (data, status) = match &answer {
            Ok(answer) => {
                let (data, status) = answer.split_at(answer.len().saturating_sub(2));
                (data, hex(status))
            }
            Err(error) => (&[][..], format!("{error:?}")),
        };
        self.line(0, &format!("{} {status}", hex(command)));
        self.read.extend(data);
        if !continues {
            self.write_read();
        }
        answer
    }
}

impl Recorder<'_> {
    fn write_read(&mut self) {
        let read = std::mem::take(&mut self.read);
        if is_certificate(&read) {
            self.line(1, &format!("a certificate, {} bytes", read.len()));
        } else {
            self.structure(1, &read);
        }
    }

    fn structure(&mut self, depth: usize, bytes: &[u8]) {
        if depth > DEEPEST {
            return self.line(depth, "…");
        }
        for object in objects(bytes) {
            let is_constructed = if object.tag > 0xFF { object.tag & 0x2000 } else { object.tag & 0x20 } != 0;
            if is_constructed {
                self.line(depth, &format!("{:02X}", object.tag));
                self.structure(depth + 1, object.value);
            } else {
                self.line(depth, &format!("{:02X} {}", object.tag, shown(object.tag, object.value)));
            }
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.text, "{:indent$}{text}", "", indent = 2 * depth);
    }
}

/// A sequence that begins with a sequence that begins with [0], a version (RFC 5280, section 4.1), whether
/// it can be read or not.
fn is_certificate(file: &[u8]) -> bool {
    let first = |bytes| objects(bytes).next();
    let body = first(file).filter(|outer| outer.tag == 0x30).and_then(|outer| first(outer.value));
    body.filter(|body| body.tag == 0x30)
        .and_then(|body| first(body.value))
        .is_some_and(|version| version.tag == 0xA0)
}

/// A value, or its length where it may say who the holder is.
fn shown(tag: u16, value: &[u8]) -> String {
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
    use crate::scripted::{Script, unhex};

    #[test]
    fn the_structure_is_shown_and_what_may_be_personal_is_not() {
        let mut script = Script::new(&[
            ("00A404000CA000000063504B43532D313500", "6F11 840CA000000063504B43532D3135 8A0105 9000"),
            ("00A40000025031 00", "6F0480020014 9000"),
            ("00B0000000", "A80A300804063F0050154402 A4063004040244039000"),
            ("00A4080004501544 0200", "6A82"),
            ("00A40800063F0050154402 00", "6A82"),
            ("00A404000CA000000063504B43532D313500", "9000"),
            ("00A40000024403 00", "9000"),
            ("00B0000000", "300B 0C06414C4920564C 0201056282"),
        ]);
        let text = report(&mut script, &unhex("3B9F978131FE4580655443D2210831C073F6218081055B"));
        for line in ["ATR 3B9F97", "84 A000000063504B43532D3135", "04 3F0050154402", "0C (6 bytes)", "02 05"]
        {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("414C4920"), "{text}");
        assert!(text.ends_with("= AKİS 2.x; references assumed; PIN Unknown, PUK Unknown\n"), "{text}");
    }

    #[test]
    fn what_only_looks_like_a_certificate_is_not_written_out_either() {
        assert!(is_certificate(&unhex("300D 300B A003020102 020105 0C0141")));
        assert!(!is_certificate(&unhex("30053003040101")));
    }

    #[test]
    fn endless_nesting_is_cut_off() {
        let mut nested = vec![0x30, 0x00];
        while nested.len() < 100 {
            let length = u8::try_from(nested.len()).unwrap();
            nested.splice(0..0, [0x30, length]);
        }
        let mut recorder = Recorder { card: &mut Script::new(&[]), text: String::new(), read: nested };
        recorder.write_read();
        assert!(recorder.text.lines().count() <= DEEPEST + 2, "{}", recorder.text);
    }

    #[test]
    fn a_foreign_card_is_reported_by_its_answer_to_reset_alone() {
        let atr = unhex("3B951381018073FF01000B");
        assert_eq!(report(&mut Script::new(&[]), &atr), "ATR 3B951381018073FF01000B\n= UnsupportedCard\n");
    }

    #[test]
    fn short_texts_and_long_numbers_are_counted_only() {
        assert_eq!(shown(0x0C, b"AB"), "(2 bytes)");
        assert_eq!(shown(0x02, &[1, 2, 3]), "(3 bytes)");
        assert_eq!(shown(0x80, &[0x00, 0x81]), "0081");
        assert_eq!(shown(0x04, &[0x3F, 0x00, 0x50, 0x15]), "3F005015");
        assert_eq!(shown(0x4F, b"ALI VELI"), "(8 bytes)");
    }
}
