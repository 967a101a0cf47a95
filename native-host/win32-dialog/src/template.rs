//! Serializes a layout as `DLGTEMPLATEEX` with a `DLGITEMTEMPLATEEX` for each control (Microsoft Learn,
//! "Dialog Box Template Structures").

use crate::form::Form;
use crate::layout::{Control, Kind, lay_out};

/// The user interface font since Windows Vista.
const FONT: (&str, u16) = ("Segoe UI", 9);
const NORMAL: u16 = 400;
const DEFAULT_CHARSET: u16 = 1 << 8; // in the upper byte; the lower one is "not italic"

// Window styles (winuser.h).
const WS_POPUP: u32 = 0x8000_0000;
const WS_CHILD: u32 = 0x4000_0000;
const WS_VISIBLE: u32 = 0x1000_0000;
const WS_CAPTION: u32 = 0x00C0_0000;
const WS_SYSMENU: u32 = 0x0008_0000;
const WS_TABSTOP: u32 = 0x0001_0000;
const WS_EX_TOPMOST: u32 = 0x0000_0008;
const WS_EX_APPWINDOW: u32 = 0x0004_0000;
const WS_EX_CLIENTEDGE: u32 = 0x0000_0200;
// Dialog styles.
const DS_SETFONT: u32 = 0x40;
const DS_MODALFRAME: u32 = 0x80;
const DS_SETFOREGROUND: u32 = 0x200;
const DS_CENTER: u32 = 0x800;
// Control styles.
const SS_NOPREFIX: u32 = 0x80;
const ES_PASSWORD: u32 = 0x20;
const ES_AUTOHSCROLL: u32 = 0x80;
const ES_NUMBER: u32 = 0x2000;
const BS_DEFPUSHBUTTON: u32 = 1;

/// Atoms of the control classes.
const BUTTON: u16 = 0x80;
const EDIT: u16 = 0x81;
const STATIC: u16 = 0x82;

/// Returns the template of a dialog without an owner that stays on top of the browser and is shown in the
/// task bar.
pub(crate) fn template(form: &Form) -> Vec<u32> {
    let layout = lay_out(form);
    let mut words = WordBuffer::default();
    words.push(&[1, 0xFFFF]); // version and signature of DLGTEMPLATEEX
    words.long(0); // no help identifier
    words.long(WS_EX_TOPMOST | WS_EX_APPWINDOW);
    words.long(
        WS_POPUP
            | WS_CAPTION
            | WS_SYSMENU
            | WS_VISIBLE
            | DS_SETFONT
            | DS_MODALFRAME
            | DS_SETFOREGROUND
            | DS_CENTER,
    );
    words.push(&[u16::try_from(layout.controls.len()).unwrap_or(0)]);
    words.shorts(&[0, 0]);
    words.shorts(&layout.size);
    words.push(&[0, 0]); // no menu, the default class
    words.text(&form.title);
    words.push(&[FONT.1, NORMAL, DEFAULT_CHARSET]);
    words.text(FONT.0);
    for control in &layout.controls {
        words.control(control);
    }
    words.aligned()
}

/// A template under construction, in 16-bit words.
#[derive(Default)]
struct WordBuffer(Vec<u16>);

impl WordBuffer {
    fn control(&mut self, control: &Control) {
        let (class, style, edge) = match control.kind {
            Kind::Text => (STATIC, SS_NOPREFIX, 0),
            Kind::Label => (STATIC, 0, 0),
            Kind::Code => (EDIT, ES_PASSWORD | ES_NUMBER | ES_AUTOHSCROLL | WS_TABSTOP, WS_EX_CLIENTEDGE),
            Kind::DefaultButton => (BUTTON, BS_DEFPUSHBUTTON | WS_TABSTOP, 0),
            Kind::Button => (BUTTON, WS_TABSTOP, 0),
        };
        self.align();
        self.long(0);
        self.long(edge);
        self.long(WS_CHILD | WS_VISIBLE | style);
        self.shorts(&control.bounds);
        self.long(control.id.into());
        self.push(&[0xFFFF, class]);
        self.text(&control.text);
        self.push(&[0]); // no creation data
    }

    fn push(&mut self, words: &[u16]) {
        self.0.extend(words);
    }

    fn shorts(&mut self, numbers: &[i16]) {
        self.0.extend(numbers.iter().map(|number| number.cast_unsigned()));
    }

    fn long(&mut self, number: u32) {
        let [low, high] = [number & 0xFFFF, number >> 16].map(|half| u16::try_from(half).unwrap_or(0));
        self.push(&[low, high]);
    }

    fn text(&mut self, text: &str) {
        self.0.extend(text.encode_utf16().chain([0]));
    }

    /// Pads to a multiple of four bytes, where every control starts.
    fn align(&mut self) {
        if self.0.len() % 2 == 1 {
            self.push(&[0]);
        }
    }

    /// Returns the template in an allocation that is aligned to four bytes, as Windows requires.
    fn aligned(mut self) -> Vec<u32> {
        self.align();
        self.0.chunks(2).map(|pair| u32::from(pair[0]) | u32::from(pair[1]) << 16).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_counts_the_controls_and_each_is_aligned_to_four_bytes() {
        for title in ["e-İmza", "e-İmz"] {
            let form = Form {
                title: title.to_owned(),
                text: "Metin".to_owned(),
                error: None,
                fields: vec!["PUK".to_owned()],
                ok: "Tamam".to_owned(),
                cancel: "Vazgeç".to_owned(),
            };
            let longs = template(&form);
            assert_eq!(longs[0], 0xFFFF_0001);
            assert_eq!(longs[4] & 0xFFFF, 5, "text, label, field and two buttons");
            let styles = [
                SS_NOPREFIX,
                0,
                ES_PASSWORD | ES_NUMBER | ES_AUTOHSCROLL | WS_TABSTOP,
                BS_DEFPUSHBUTTON | WS_TABSTOP,
                WS_TABSTOP,
            ];
            let mut rest = longs.as_slice();
            for style in styles {
                let style = WS_CHILD | WS_VISIBLE | style;
                let index = rest.iter().position(|&long| long == style);
                rest = &rest[index.expect("a control of this style at a multiple of four bytes") + 1..];
            }
        }
    }
}
