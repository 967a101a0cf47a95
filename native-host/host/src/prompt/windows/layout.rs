//! Where the parts of a window stand, in dialog units: a quarter of the font's average width and an eighth of its
//! height, which Windows turns into pixels for the screen's resolution.

use super::form::{Form, with_accelerators};

/// Numbers of the controls. Windows itself presses the first two for Enter and Escape.
pub(super) const OK: u16 = 1;
pub(super) const CANCEL: u16 = 2;
/// The first field for a code; the others follow.
pub(super) const FIRST_FIELD: u16 = 100;
/// Texts are never asked for.
const TEXT: u16 = 0xFFFF;

// Microsoft, "Layout" of the Windows desktop guidelines: margins of 7, controls of 14, 7 between groups.
const WIDTH: i16 = 260;
const MARGIN: i16 = 7;
const LINE: i16 = 8;
const CONTROL: i16 = 14;
const ROW: i16 = 18;
const LABEL: i16 = 84;
const FIELD: i16 = 100;
const NARROWEST_BUTTON: i16 = 50;

/// So many letters surely fit into a line of text: an average one is four units wide, and fonts differ.
const LETTERS: usize = 54;

/// What a control is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, taken as it is.
    Text,
    /// The name of the field that follows it, with a marked letter.
    Label,
    /// A field that shows nothing of what is typed.
    Code,
    /// The button that Enter presses.
    DefaultButton,
    /// Another one.
    Button,
}

/// One control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Control {
    pub kind: Kind,
    pub id: u16,
    /// Left, top, width, height.
    pub place: [i16; 4],
    pub text: String,
}

/// A window's size and its controls, in the order of the tab key.
pub(super) struct Layout {
    pub size: [i16; 2],
    pub controls: Vec<Control>,
}

/// Lays a form out.
pub(super) fn lay_out(form: &Form<'_>) -> Layout {
    let inner = WIDTH - 2 * MARGIN;
    let mut controls = Vec::new();
    let mut top = MARGIN;
    for text in [Some(form.text), form.error].into_iter().flatten() {
        let height = LINE * lines(text);
        let place = [MARGIN, top, inner, height];
        controls.push(Control { kind: Kind::Text, id: TEXT, place, text: text.to_owned() });
        top += height + MARGIN;
    }
    let marked = with_accelerators(&[form.fields, &[form.ok, form.cancel]].concat());
    let (labels, buttons) = marked.split_at(form.fields.len());
    for (label, id) in labels.iter().zip(FIRST_FIELD..) {
        // A label stands at the height of what is typed beside it.
        let place = [MARGIN, top + (CONTROL - LINE) / 2, LABEL, LINE];
        controls.push(Control { kind: Kind::Label, id: TEXT, place, text: label.clone() });
        let place = [MARGIN + LABEL, top, FIELD, CONTROL];
        controls.push(Control { kind: Kind::Code, id, place, text: String::new() });
        top += ROW;
    }
    top += MARGIN;
    let mut right = WIDTH - MARGIN;
    let mut placed = Vec::new();
    // A yes must be meant: Enter, on its way to another program, is none.
    let default = if form.fields.is_empty() { CANCEL } else { OK };
    for (text, id) in [(&buttons[1], CANCEL), (&buttons[0], OK)] {
        let kind = if id == default { Kind::DefaultButton } else { Kind::Button };
        let width = NARROWEST_BUTTON.max(units(text.chars().count()) * 4 + 2 * MARGIN);
        let place = [right - width, top, width, CONTROL];
        placed.push(Control { kind, id, place, text: text.clone() });
        right -= width + MARGIN;
    }
    controls.extend(placed.into_iter().rev());
    Layout { size: [WIDTH, top + CONTROL + MARGIN], controls }
}

/// How many lines a text takes where words that do not fit go to the next one.
fn lines(text: &str) -> i16 {
    let of_paragraph = |paragraph: &str| {
        let mut lines = 1;
        let mut used = 0;
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > LETTERS {
                lines += 1;
                used = 0;
            }
            used += length + usize::from(used > 0);
            lines += used / (LETTERS + 1); // a word that is longer than a line is broken
        }
        lines
    };
    units(text.split('\n').map(of_paragraph).sum())
}

/// A text that would need more has been cut long before.
fn units(number: usize) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX / 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form<'a>(text: &'a str, error: Option<&'a str>, fields: &'a [&'a str]) -> Layout {
        lay_out(&Form {
            title: "e-İmza", text, error, fields, ok: "Tamam", cancel: "Başkasını yazacağım"
        })
    }

    #[test]
    fn nothing_overlaps_and_everything_is_inside() {
        let long = "Kartınızın PUK kodunu yazın. ".repeat(20);
        for layout in [
            form("Bir\n\nİki", None, &["PUK", "Yeni PIN", "Yeni PIN (tekrar)"]),
            form(&long, Some(&long), &["PUK"]),
            form(&long, None, &[]),
        ] {
            let [width, height] = layout.size;
            for (at, one) in layout.controls.iter().enumerate() {
                let [left, top, wide, high] = one.place;
                assert!(left >= 0 && top >= 0 && left + wide <= width && top + high <= height, "{one:?}");
                for other in &layout.controls[..at] {
                    let [x, y, w, h] = other.place;
                    let apart = left >= x + w || x >= left + wide || top >= y + h || y >= top + high;
                    assert!(apart, "{one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn the_tab_key_goes_from_the_first_field_to_the_buttons() {
        let layout = form("Metin", None, &["PUK", "Yeni PIN"]);
        let stops = layout.controls.iter().filter(|control| control.id != TEXT).map(|control| control.id);
        assert_eq!(stops.collect::<Vec<_>>(), [FIRST_FIELD, FIRST_FIELD + 1, OK, CANCEL]);
        let last = &layout.controls[layout.controls.len() - 2..];
        assert!(last[0].place[0] < last[1].place[0], "as they stand from left to right");
    }

    #[test]
    fn enter_goes_on_where_codes_are_typed_and_gives_up_where_a_yes_is_asked_for() {
        for (fields, default) in [(&["PUK"][..], OK), (&[], CANCEL)] {
            let layout = form("Metin", None, fields);
            let defaults = layout.controls.iter().filter(|control| control.kind == Kind::DefaultButton);
            assert_eq!(defaults.map(|control| control.id).collect::<Vec<_>>(), [default]);
        }
    }

    #[test]
    fn a_text_has_a_line_for_each_that_it_needs() {
        assert_eq!(lines("bir"), 1);
        assert_eq!(lines("bir\n\niki"), 3);
        assert_eq!(lines(&"a".repeat(LETTERS)), 1);
        assert_eq!(lines(&"a".repeat(LETTERS + 1)), 2);
        assert_eq!(lines(&"on harfli ".repeat(11)), 3);
    }
}
