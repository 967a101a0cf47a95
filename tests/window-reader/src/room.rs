//! Whether controls have room for their texts.

use crate::controls::{Control, Kind};
use windows::Win32::Foundation::RECT;
use windows::Win32::Graphics::Gdi::{
    CreateFontW, DRAW_TEXT_FORMAT, DT_CALCRECT, DT_NOPREFIX, DT_WORDBREAK, DeleteObject, DrawTextW,
    FONT_CHARSET, FONT_CLIP_PRECISION, FONT_OUTPUT_PRECISION, FONT_QUALITY, FW_NORMAL, GetDC, ReleaseDC,
    SelectObject,
};
use windows::Win32::UI::HiDpi::GetDpiForSystem;
use windows::core::w;

/// The size of the font of the product's windows, and the points of an inch.
const POINTS: i32 = 9;
const POINTS_PER_INCH: i32 = 72;

/// Returns the texts that are larger than their controls.
pub fn cut_off(controls: &[Control]) -> Vec<&str> {
    // Of a window of another program, Wine tells the resolution that the desktop was started with.
    // SAFETY: takes nothing.
    let dots_per_inch = i32::try_from(unsafe { GetDpiForSystem() }).unwrap_or(0);
    let texts = controls.iter().filter(|control| !control.text.is_empty());
    let is_cut_off = |control: &&Control| {
        let [width, height] = size(control, dots_per_inch);
        width > control.size[0] || height > control.size[1]
    };
    texts.filter(is_cut_off).map(|control| control.text.as_str()).collect()
}

/// Returns the width and height of a control's text.
fn size(control: &Control, dots_per_inch: i32) -> [i32; 2] {
    let mut text: Vec<u16> = control.text.encode_utf16().collect();
    // A text of several lines is no label.
    let is_text = control.kind == Kind::Text && control.text.contains('\n');
    let format = if is_text { DT_WORDBREAK | DT_NOPREFIX } else { DRAW_TEXT_FORMAT(0) };
    let mut area = RECT { right: control.size[0], ..RECT::default() };
    // SAFETY: the device context and the font are released, after nothing uses them.
    unsafe {
        let height = -POINTS * dots_per_inch / POINTS_PER_INCH;
        let font = CreateFontW(
            height,
            0,
            0,
            0,
            i32::try_from(FW_NORMAL.0).unwrap_or(0),
            0,
            0,
            0,
            FONT_CHARSET::default(),
            FONT_OUTPUT_PRECISION::default(),
            FONT_CLIP_PRECISION::default(),
            FONT_QUALITY::default(),
            0,
            w!("Segoe UI"),
        );
        let screen = GetDC(None);
        let before = SelectObject(screen, font.into());
        DrawTextW(screen, &mut text, &raw mut area, format | DT_CALCRECT);
        SelectObject(screen, before);
        ReleaseDC(None, screen);
        let _ = DeleteObject(font.into());
    }
    [area.right, area.bottom]
}
