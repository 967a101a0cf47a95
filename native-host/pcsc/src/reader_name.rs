//! The names of readers: bytes for PC/SC, and texts to show and to choose one by.

use eimza_display_text::DisplayText;
use std::ffi::{CStr, CString};

/// The most letters of a name before the mark that distinguishes it.
const MAX_BEFORE_MARK: usize = 100;

/// Returns the names to show. Names that are shown alike, because they differ only in what cannot be shown,
/// get a mark that depends on nothing but their bytes.
pub(crate) fn shown_names(names: &[CString]) -> Vec<DisplayText> {
    let texts: Vec<_> = names.iter().map(|name| text(name)).collect();
    let is_alone = |text: &DisplayText| texts.iter().filter(|other| *other == text).count() == 1;
    let shown = |(name, text): (&CString, &DisplayText)| {
        if is_alone(text) { text.clone() } else { marked(name) }
    };
    names.iter().zip(&texts).map(shown).collect()
}

/// Returns the index of the reader that was shown under this name, or that has it; `None` if there is no such
/// reader, or more than one.
pub(crate) fn find(names: &[CString], requested: &str) -> Option<usize> {
    let requested = DisplayText::new(requested);
    let only = |name_of: fn(&CStr) -> DisplayText| {
        let mut matching = names.iter().enumerate().filter(|(_, name)| name_of(name) == requested);
        let first = matching.next();
        first.filter(|_| matching.next().is_none()).map(|(index, _)| index)
    };
    only(marked).or_else(|| only(text))
}

fn text(name: &CStr) -> DisplayText {
    DisplayText::from_utf8_lossy(name.to_bytes())
}

fn marked(name: &CStr) -> DisplayText {
    // FNV-1a, 32 bits.
    let hash = name
        .to_bytes()
        .iter()
        .fold(0x811C_9DC5_u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let start: String = text(name).as_str().chars().take(MAX_BEFORE_MARK).collect();
    DisplayText::new(&format!("{start} #{hash:08x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&[u8]]) -> Vec<CString> {
        all.iter().map(|&name| CString::new(name).unwrap()).collect()
    }

    #[test]
    fn usual_names_are_shown_as_they_are() {
        let names = names(&[b"ACS ACR39U ICC Reader 00 00", b"ACS ACR39U ICC Reader 01 00"]);
        let shown = shown_names(&names);
        assert_eq!(shown[0].as_str(), "ACS ACR39U ICC Reader 00 00");
        assert_eq!(find(&names, shown[1].as_str()), Some(1));
        assert_eq!(find(&names, "ACS ACR39U ICC Reader 02 00"), None);
    }

    #[test]
    fn a_reader_is_found_by_its_own_name_too() {
        let names = names(&[b"Okuyucu  (1)\t00"]);
        assert_eq!(shown_names(&names)[0].as_str(), "Okuyucu (1) 00");
        assert_eq!(find(&names, "Okuyucu  (1)\t00"), Some(0));
    }

    #[test]
    fn names_that_look_alike_are_told_apart_whatever_their_order() {
        let long = [b"a".repeat(127), [&b"a".repeat(126)[..], b"b"].concat()];
        for pair in
            [[&b"Okuyucu \xFF"[..], b"Okuyucu \xFE"], [b"Okuyucu", b"Oku\x1Byucu "], [&long[0], &long[1]]]
        {
            let both = names(&pair);
            let shown = shown_names(&both);
            assert_ne!(shown[0], shown[1]);
            for (index, name) in shown.iter().enumerate() {
                assert_eq!(find(&both, name.as_str()), Some(index));
            }
            // Neither is meant by the text of both, nor by the mark of the other.
            assert_eq!(find(&both, text(&both[0]).as_str()), None);
            assert_eq!(find(&both[1..], shown[0].as_str()), None);
            assert_eq!(find(&both[1..], shown[1].as_str()), Some(0));
        }
    }
}
