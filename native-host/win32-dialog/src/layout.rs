//! The positions of a dialog's controls, in dialog units: a quarter of the font's average width and an eighth
//! of its height, which Windows converts to pixels for the screen's resolution.

use crate::form::{Form, with_accelerators};
use std::iter;

/// Identifiers of the buttons. Windows itself sends these two for Enter and Escape (`IDOK`, `IDCANCEL`).
pub(crate) const OK: u16 = 1;
pub(crate) const CANCEL: u16 = 2;
/// The identifier of the first field for a code; the others follow.
pub(crate) const FIRST_FIELD: u16 = 100;
/// The identifier of all static texts, which are never looked up.
const TEXT: u16 = 0xFFFF;

// Microsoft, "Layout" of the Windows desktop guidelines: margins of 7, controls of 14, 7 between groups.
const WIDTH: i16 = 260;
const MARGIN: i16 = 7;
const LINE: i16 = 8;
const CONTROL: i16 = 14;
const ROW: i16 = 18;
const LABEL: i16 = 84;
const FIELD: i16 = 100;
const MIN_BUTTON_WIDTH: i16 = 50;

/// Letters that fit into a line of text with any font: an average one is four units wide.
const LETTERS_PER_LINE: usize = 54;

/// The kind of a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text without accelerators.
    Text,
    /// The label of the field that follows it, with an accelerator.
    Label,
    /// A field that masks what is typed.
    Code,
    /// The button that Enter presses.
    DefaultButton,
    /// Another button.
    Button,
}

/// One control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Control {
    pub kind: Kind,
    pub id: u16,
    /// Left, top, width, height.
    pub bounds: [i16; 4],
    pub text: String,
}

/// The size of a dialog and its controls in tab order.
pub(crate) struct Layout {
    pub size: [i16; 2],
    pub controls: Vec<Control>,
}

/// Computes the layout of a form.
pub(crate) fn lay_out(form: &Form) -> Layout {
    let inner = WIDTH - 2 * MARGIN;
    let mut controls = Vec::new();
    let mut top = MARGIN;
    for text in iter::once(&form.text).chain(&form.error) {
        let height = LINE * lines(text);
        let bounds = [MARGIN, top, inner, height];
        controls.push(Control { kind: Kind::Text, id: TEXT, bounds, text: text.clone() });
        top += height + MARGIN;
    }
    let marked = with_accelerators(form.fields.iter().chain([&form.ok, &form.cancel]).map(String::as_str));
    let (labels, buttons) = marked.split_at(form.fields.len());
    for (label, id) in labels.iter().zip(FIRST_FIELD..) {
        // Aligns the baseline of the label with that of its field.
        let bounds = [MARGIN, top + (CONTROL - LINE) / 2, LABEL, LINE];
        controls.push(Control { kind: Kind::Label, id: TEXT, bounds, text: label.clone() });
        let bounds = [MARGIN + LABEL, top, FIELD, CONTROL];
        controls.push(Control { kind: Kind::Code, id, bounds, text: String::new() });
        top += ROW;
    }
    top += MARGIN;
    let mut right = WIDTH - MARGIN;
    let mut placed = Vec::new();
    // A confirmation must be deliberate: the user may have pressed Enter for another program.
    let default = if form.fields.is_empty() { CANCEL } else { OK };
    let buttons = [(&buttons[1], CANCEL), (&buttons[0], OK)];
    for (text, id) in buttons.into_iter().filter(|(text, _)| !text.is_empty()) {
        let kind = if id == default { Kind::DefaultButton } else { Kind::Button };
        let width = MIN_BUTTON_WIDTH.max(units(text.chars().count()) * 4 + 2 * MARGIN);
        let bounds = [right - width, top, width, CONTROL];
        placed.push(Control { kind, id, bounds, text: text.clone() });
        right -= width + MARGIN;
    }
    controls.extend(placed.into_iter().rev());
    Layout { size: [WIDTH, top + CONTROL + MARGIN], controls }
}

/// Returns the number of lines of a text, wrapped at words.
fn lines(text: &str) -> i16 {
    let lines_of = |paragraph: &str| {
        let mut lines = 1;
        let mut used = 0;
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > LETTERS_PER_LINE {
                lines += 1;
                used = 0;
            }
            used += length + usize::from(used > 0);
            lines += used / (LETTERS_PER_LINE + 1); // a word that is longer than a line is broken
        }
        lines
    };
    units(text.split('\n').map(lines_of).sum())
}

/// Converts to dialog units. Texts are far shorter than the limit.
fn units(number: usize) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX / 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str, error: Option<&str>, fields: &[&str]) -> Layout {
        lay_out(&Form {
            title: "e-İmza".to_owned(),
            text: text.to_owned(),
            error: error.map(str::to_owned),
            fields: fields.iter().map(|&field| field.to_owned()).collect(),
            ok: "Tamam".to_owned(),
            cancel: "Başka bir tane yazacağım".to_owned(),
        })
    }

    #[test]
    fn controls_do_not_overlap_and_fit_into_the_dialog() {
        let long = "Kartınızın PUK kodunu yazın. ".repeat(20);
        for layout in [
            form("Bir\n\nİki", None, &["PUK", "Yeni PIN", "Yeni PIN (tekrar)"]),
            form(&long, Some(&long), &["PUK"]),
            form(&long, None, &[]),
        ] {
            let [width, height] = layout.size;
            for (index, control) in layout.controls.iter().enumerate() {
                let [left, top, wide, high] = control.bounds;
                assert!(left >= 0 && top >= 0 && left + wide <= width && top + high <= height, "{control:?}");
                for other in &layout.controls[..index] {
                    let [x, y, w, h] = other.bounds;
                    let apart = left >= x + w || x >= left + wide || top >= y + h || y >= top + high;
                    assert!(apart, "{control:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn tab_order_is_fields_then_buttons() {
        let layout = form("Metin", None, &["PUK", "Yeni PIN"]);
        let stops = layout.controls.iter().filter(|control| control.id != TEXT).map(|control| control.id);
        assert_eq!(stops.collect::<Vec<_>>(), [FIRST_FIELD, FIRST_FIELD + 1, OK, CANCEL]);
        let last = &layout.controls[layout.controls.len() - 2..];
        assert!(last[0].bounds[0] < last[1].bounds[0], "buttons are ordered from left to right");
    }

    #[test]
    fn enter_confirms_codes_and_cancels_confirmations() {
        for (fields, default) in [(&["PUK"][..], OK), (&[], CANCEL)] {
            let layout = form("Metin", None, fields);
            let defaults = layout.controls.iter().filter(|control| control.kind == Kind::DefaultButton);
            assert_eq!(defaults.map(|control| control.id).collect::<Vec<_>>(), [default]);
        }
    }

    #[test]
    fn a_form_without_confirmation_has_one_button() {
        let form = Form {
            title: String::new(),
            text: "Metin".to_owned(),
            error: None,
            fields: Vec::new(),
            ok: String::new(),
            cancel: "Kapat".to_owned(),
        };
        let buttons: Vec<_> =
            lay_out(&form).controls.into_iter().filter(|control| control.id != TEXT).collect();
        assert_eq!(buttons.iter().map(|button| button.id).collect::<Vec<_>>(), [CANCEL]);
    }

    #[test]
    fn counts_the_lines_of_wrapped_text() {
        assert_eq!(lines("bir"), 1);
        assert_eq!(lines("bir\n\niki"), 3);
        assert_eq!(lines(&"a".repeat(LETTERS_PER_LINE)), 1);
        assert_eq!(lines(&"a".repeat(LETTERS_PER_LINE + 1)), 2);
        assert_eq!(lines(&"on harfli ".repeat(11)), 3);
    }
}
